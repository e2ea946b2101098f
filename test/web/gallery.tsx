/** Every part of the look on two pages, to be looked at and checked; the product does not serve it. */
import { Hono } from 'hono';
import type { FC } from 'hono/jsx';
import type { Locale } from '../../src/kernel/refusal.ts';
import {
  ApiForm,
  Badge,
  Card,
  CheckField,
  Empty,
  Field,
  FileField,
  Group,
  LongField,
  Notice,
  Row,
  SelectField,
  Stats,
  Table,
} from '../../src/web/components.tsx';
import { ConsolePage, localeOf, PublicPage, page, WorkerPage } from '../../src/web/page.tsx';

const org = '01900000-0000-7000-8000-000000000001';

export const gallery = new Hono();
gallery.get('/worker', (c) => page(c, <Worker locale={localeOf(c.req.raw)} />));
gallery.get('/worker/card', (c) => page(c, <CardPage locale={localeOf(c.req.raw)} />));
gallery.get('/worker/form', (c) => page(c, <FormPage locale={localeOf(c.req.raw)} />));
gallery.get('/door', (c) => page(c, <Door locale={localeOf(c.req.raw)} />));
gallery.get('/console', (c) => page(c, <Console locale={localeOf(c.req.raw)} />));
gallery.get('/console/form', (c) => page(c, <ConsoleForm locale={localeOf(c.req.raw)} />));

const Worker: FC<{ locale: Locale }> = ({ locale }) => (
  <WorkerPage locale={locale} title="工作" org={org} tab="home">
    <Notice tone="warn" title="还差一步">
      您的身份信息正在审核，审核通过后即可打卡。
    </Notice>
    <div class="clock">
      <button type="button" class="clock-button" data-state="out">
        上班打卡
        <small>09:02</small>
      </button>
      <p class="clock-note">城东物流园 · 距离 42 米</p>
    </div>
    <div class="clock">
      <button type="button" class="clock-button" data-state="in">
        下班打卡
        <small>03:41:12</small>
      </button>
      <p class="clock-note">09:02 上班 · 保障生效中</p>
    </div>
    <div class="clock">
      <button type="button" class="clock-button" disabled>
        暂不能打卡
      </button>
    </div>
    <Group title="开工前">
      <ol class="steps">
        <li data-state="done">实名认证</li>
        <li data-state="now">
          <a href="#contract">阅读并签署合同</a>
        </li>
        <li data-state="later">领取工牌</li>
      </ol>
    </Group>
    <Group title="今天" note="工时按打卡时间计算，精确到秒。">
      <Row label="上班" value="09:02" sub="城东物流园" />
      <Row label="我的工时" value="38:15" href="#hours" />
      <Row label="我的合同" value={<Badge tone="info">待签署</Badge>} href="#contracts" />
      <Row label="银行账户" value="招商银行 6225 **** **** 1234" />
    </Group>
    <Stats
      items={[
        { label: '本周工时', value: '38:15' },
        { label: '税后收入', value: '¥1,912.50', tone: 'good' },
      ]}
    />
    <Group title="收入明细">
      <details class="pay-line">
        <summary>
          <span>劳务报酬 · 分拣员</span> <strong class="numeric">¥2,040.00</strong>
        </summary>
        <div class="why">
          <ol class="why-steps">
            <li>137,700 秒 × ¥53.33 / 小时</li>
            <li>= ¥2,040.00</li>
          </ol>
        </div>
      </details>
      <details class="pay-line">
        <summary>
          <span>预扣个人所得税</span> <strong class="numeric">−¥127.50</strong>
        </summary>
        <p>…</p>
      </details>
    </Group>
    <Empty title="还没有合同" href="#home" action="返回工作台">
      企业发出合同后会显示在这里。
    </Empty>
  </WorkerPage>
);

const CardPage: FC<{ locale: Locale }> = ({ locale }) => (
  <WorkerPage locale={locale} title="工牌" org={org} tab="card" back="/worker">
    <article class="work-card">
      <div class="work-card-head">
        <strong>杭州快手物流有限公司</strong>
        91330100MA27XL0K5R
      </div>
      <div class="work-card-body">
        <p class="work-card-name">阿依古丽·买买提</p>
        <p class="work-card-role">夜班分拣员</p>
        <dl class="work-card-facts">
          <div>
            <dt>有效期</dt>
            <dd>2026-11-01 – 2027-01-31</dd>
          </div>
          <div>
            <dt>状态</dt>
            <dd>
              <Badge tone="good">有效</Badge>
            </dd>
          </div>
        </dl>
      </div>
      <div class="work-card-qr">
        <div class="qr">
          <svg viewBox="0 0 8 8" role="img" aria-label="二维码">
            <path d="M0 0h3v3H0zM5 0h3v3H5zM0 5h3v3H0zM4 4h1v1H4zM6 5h2v1H6zM5 7h1v1H5z" />
          </svg>
        </div>
        扫码核验
      </div>
    </article>
    <Group>
      <Row label="保障" value={<Badge tone="good">生效中</Badge>} sub="工作日意外保障 · 用人单位承诺" />
    </Group>
  </WorkerPage>
);

const FormPage: FC<{ locale: Locale }> = ({ locale }) => (
  <WorkerPage locale={locale} title="身份信息" back="/worker">
    <ApiForm action="/api/orgs/x/things/{id}" submit="提交">
      <Field name="legalName" label="姓名" required value="李明" />
      <Field name="number" label="身份证号码" hint="18 位，末位可为 X。" required />
      <SelectField
        name="kind"
        label="证件类型"
        options={[
          ['resident', '居民身份证'],
          ['passport', '护照'],
        ]}
      />
      <FileField name="front" label="拍摄人像面" org={org} accept="image/*" capture required />
      <FileField name="proof" label="上传其他证明" org={org} accept="image/*,application/pdf" />
      <LongField name="note" label="备注" />
      <CheckField name="consent" label="我同意处理我的身份信息" />
    </ApiForm>
    <ApiForm action="/api/orgs/x/decline/{id}" submit="拒绝签署" tone="warn" confirm="确定拒绝吗？">
      <Field name="answer" label="" kind="hidden" value="declined" />
    </ApiForm>
    <button type="button" class="button button-primary is-busy" disabled>
      正在提交
    </button>
    <button type="button" class="button button-primary" disabled>
      不可用
    </button>
    <p class="form-problem" role="alert">
      <span>请检查标出的项目。</span>
      <span>身份证号码校验位不正确。</span>
    </p>
  </WorkerPage>
);

const Door: FC<{ locale: Locale }> = ({ locale }) => (
  <PublicPage locale={locale} title="登录">
    <div class="door">
      <h2>工作卡</h2>
      <p>入职、签约、打卡、领薪，一张卡走到底。</p>
    </div>
    <button type="button" class="button button-primary">
      使用通行密钥登录
    </button>
    <ApiForm action="/api/sign-in-codes/{id}" submit="获取验证码" tone="plain">
      <Field name="address" label="手机号或邮箱" autocomplete="username" required />
    </ApiForm>
    <p class="big-code">482 913</p>
  </PublicPage>
);

const people = [
  { name: '李明', role: '分拣员', state: 'good', says: '工作中', seconds: '38:15', pay: '¥2,040.00' },
  {
    name: 'Aigul Nurlanovna Bekova',
    role: '夜班装卸',
    state: 'warn',
    says: '位置不确定',
    seconds: '41:02',
    pay: '¥2,188.44',
  },
  { name: 'محمد العربي', role: '叉车司机', state: 'bad', says: '围栏外', seconds: '7:58', pay: '¥424.89' },
  { name: '王小红', role: '质检员', state: 'quiet', says: '未上班', seconds: '0:00', pay: '¥0.00' },
] as const;

const frame = { org, employerName: '杭州快手物流有限公司', verified: false, roles: ['owner'] };

const Console: FC<{ locale: Locale }> = ({ locale }) => (
  <ConsolePage
    locale={locale}
    title="考勤"
    lead="谁在工作、在哪里，以及需要您处理的事。"
    frame={frame}
    section="attendance"
    actions={
      <>
        <a class="button button-plain" href="#export">
          导出
        </a>
        <a class="button button-primary" href="#invite">
          邀请人员
        </a>
      </>
    }
  >
    <Stats
      items={[
        { label: '正在工作', value: '8', tone: 'good', href: '#in' },
        { label: '需要处理', value: '3', tone: 'bad', href: '#todo' },
        { label: '等待确认', value: '2', tone: 'warn' },
        { label: '本期工时', value: '412:30' },
      ]}
    />
    <nav class="pills" aria-label="周期">
      <a href="#week" aria-current="page">
        每周
      </a>
      <a href="#month">每月</a>
    </nav>
    <form class="filter" method="get">
      <SelectField
        name="site"
        label="工作地点"
        options={[
          ['', '全部'],
          ['a', '城东物流园'],
        ]}
      />
      <button type="submit" class="button button-plain">
        筛选
      </button>
    </form>
    <Table
      caption="人员"
      columns={[
        { head: '姓名', cell: (one) => <a href="#person">{one.name}</a> },
        { head: '岗位', cell: (one) => one.role },
        { head: '状态', cell: (one) => <Badge tone={one.state}>{one.says}</Badge> },
        {
          head: '最近打卡',
          cell: () => (
            <time datetime="2026-11-20T01:02:00Z" data-local>
              2026-11-20T01:02Z
            </time>
          ),
        },
        { head: '工时', cell: (one) => one.seconds, numeric: true },
        { head: '应付', cell: (one) => one.pay, numeric: true },
      ]}
      rows={people}
      total={['合计', '', '', '', '87:15', '¥4,653.33']}
    />
    <div class="columns">
      <Card title="检查" actions={<Badge tone="bad">2</Badge>}>
        <ul class="checks">
          <li>
            <Badge tone="bad">阻止</Badge> 王小红没有银行账户 <a href="#fix">去处理</a>
          </li>
          <li>
            <Badge tone="warn">注意</Badge> 一次打卡在围栏外
          </li>
        </ul>
      </Card>
      <Card title="每日工时">
        <svg class="chart" viewBox="0 0 320 120" role="img" aria-label="每日工时">
          {[60, 90, 42, 80, 100, 24, 0].map((height, index) => (
            <rect x={index * 45 + 6} y={104 - height} width="30" height={height} rx="3" fill="currentColor" />
          ))}
          {['一', '二', '三', '四', '五', '六', '日'].map((day, index) => (
            <text x={index * 45 + 21} y="118" font-size="11" text-anchor="middle">
              {day}
            </text>
          ))}
        </svg>
      </Card>
    </div>
    <Notice tone="good">已由陈晨批准，2026-11-20 09:30。</Notice>
    <Notice tone="info" title="提示">
      发薪文件已生成。
    </Notice>
    <Notice tone="bad">
      摘要不一致：<a href="#see">查看差异</a>
    </Notice>
    <Group title="支付文件">
      <Row label="CSV" value="12 行" href="#csv" />
      <Row label="XLSX" value={<Badge>未生成</Badge>} />
    </Group>
    <Card>
      <Empty title="还没有发薪" href="#new" action="新建发薪">
        工时单批准后，即可为一个周期发薪。
      </Empty>
    </Card>
  </ConsolePage>
);

const ConsoleForm: FC<{ locale: Locale }> = ({ locale }) => (
  <ConsolePage locale={locale} title="新建工作地点" frame={{ ...frame, verified: true }} section="sites">
    <Card title="地点与围栏">
      <ApiForm action="/api/orgs/x/sites/{id}" submit="保存">
        <Field name="name" label="名称" required />
        <Field name="address" label="地址" hint="工人会在打卡页看到。" />
        <SelectField
          name="fence.datum"
          label="坐标系"
          options={[
            ['gcj02', 'GCJ-02'],
            ['wgs84', 'WGS-84'],
          ]}
        />
        <Field name="fence.radiusMetres" label="半径（米）" kind="number" value={200} required />
        <Field name="rate" label="时薪" kind="money" currencyDigits={2} placeholder="25.50" />
        <Field name="at" label="开始" kind="instant" zone="Asia/Shanghai" />
        <Field name="on" label="生效日期" kind="date" />
        <CheckField name="approval" label="需要批准" checked />
        <LongField name="reason" label="原因" />
      </ApiForm>
    </Card>
    <button type="button" class="button button-plain" data-copy="https://work.example/join">
      复制链接
    </button>
  </ConsolePage>
);
