/** Every expected "no" of the product: slug, HTTP status, and the sentence the reader gets in each language. */

type Entry = readonly [
  status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 423 | 429 | 503 | 507,
  en: string,
  zh: string,
];

/** `{{name}}` is filled from the values given to `refuse`. One line a refusal; alphabetical within its room. */
const entries = {
  // http
  'body-invalid': [422, 'Some fields need another look.', '有些内容需要修改。'],
  'body-malformed': [400, 'The request body is not valid JSON.', '请求内容不是有效的 JSON。'],
  'body-too-large': [413, 'The request body is over {{limit}} bytes.', '请求内容超过 {{limit}} 字节。'],
  'body-type-unsupported': [415, 'Send the body as {{expected}}.', '请以 {{expected}} 格式发送。'],
  'disk-full': [
    507,
    'The server could not store this. Nothing was changed; try again later.',
    '服务器暂时无法保存，数据未改变，请稍后再试。',
  ],
  'id-reused': [409, 'This id was already used for something else.', '此编号已用于其他内容。'],
  'not-found': [404, 'There is nothing here that you can see.', '没有可供您查看的内容。'],
  'origin-refused': [403, 'This request came from another site.', '请求来自其他网站，已拒绝。'],
  'role-required': [403, 'This needs the role {{role}}.', '此操作需要“{{role}}”角色。'],
  'sign-in-required': [401, 'Please sign in first.', '请先登录。'],
  'too-many-attempts': [
    429,
    'Too many attempts. Wait {{seconds}} seconds.',
    '尝试次数过多，请等待 {{seconds}} 秒。',
  ],
  'watchers-full': [
    503,
    'Too many pages are being kept up to date at once. This one asks again by itself.',
    '同时自动更新的页面过多，本页将定时刷新。',
  ],
  // people
  'address-invalid': [422, 'This is no phone number or e-mail address.', '手机号或邮箱格式不正确。'],
  'challenge-spent': [409, 'This answer was already used. Please try again.', '该验证已被使用，请重试。'],
  'code-not-sent': [
    503,
    'The code could not be sent. Try again in a moment.',
    '验证码发送失败，请稍后重试。',
  ],
  'code-expired': [410, 'This code is no longer valid. Ask for a new one.', '验证码已失效，请重新获取。'],
  'code-wrong': [422, 'That is not the code we sent.', '验证码不正确。'],
  'channel-unavailable': [
    422,
    'Codes cannot be sent by {{channel}} here.',
    '此处无法通过 {{channel}} 发送验证码。',
  ],
  'device-refused': [403, 'This phone’s key was not accepted.', '未能通过此手机的密钥验证。'],
  'link-expired': [410, 'This link is no longer valid. Ask for a new one.', '链接已失效，请重新获取。'],
  'passkey-refused': [403, 'The passkey was not accepted.', '未能通过通行密钥验证。'],
  'registration-closed': [
    403,
    'Registration is closed. Ask the operator for a link.',
    '注册未开放，请向平台索取注册链接。',
  ],
  // employer
  'expiry-past': [422, 'This time is already over. Choose a later one.', '此时间已过，请选择更晚的时间。'],
  'already-decided': [409, 'This was already decided.', '此事项已有处理结果。'],
  'fence-crosses-itself': [
    422,
    'The outline of shape {{shape}} crosses or touches itself. Put its corners in order, each once.',
    '图形 {{shape}} 的边线相交或重叠。请按顺序排列各顶点，且不要重复。',
  ],
  'fence-too-large': [
    422,
    'Shape {{shape}} is more than 50 km across. Draw the place where people work.',
    '图形 {{shape}} 跨度超过 50 公里，请只圈出工作地点。',
  ],
  'fence-too-small': [
    422,
    'Shape {{shape}} encloses less than 100 square metres. No phone is that exact.',
    '图形 {{shape}} 的面积不足 100 平方米，手机定位达不到这样的精度。',
  ],
  'file-digest-differs': [
    422,
    'The file did not arrive whole. Please send it again.',
    '文件传输不完整，请重新上传。',
  ],
  'last-owner': [409, 'An employer needs at least one owner.', '企业至少需要一位所有者。'],
  'registration-code-invalid': [
    422,
    'This is no valid unified social credit code (GB 32100).',
    '统一社会信用代码校验不通过（GB 32100）。',
  ],
  'role-scope': [
    422,
    'A supervisor needs a site, an approver a client, and no other role either.',
    '主管须指定工作地点，审批人须指定客户，其他角色不可指定。',
  ],
  // identity
  'account-in-force': [
    409,
    'This account is in force already. Give another one instead.',
    '该账户已生效，请直接登记新账户。',
  ],
  'account-invalid': [422, 'This is no account number.', '账号格式不正确。'],
  'consent-missing': [
    409,
    'This needs your consent first ({{purpose}}).',
    '请先同意相关授权（{{purpose}}）。',
  ],
  'document-expired': [422, 'This document has expired.', '证件已过期。'],
  'document-invalid': [422, 'The document’s number or date cannot be right.', '证件号码或日期有误。'],
  'photo-unreadable': [
    422,
    'A photo must be a picture: JPEG, PNG or WebP.',
    '照片须为图片（JPEG、PNG 或 WebP）。',
  ],
  'photos-missing': [
    422,
    'A resident ID needs photos of both sides, a passport one of the page with the portrait.',
    '身份证需要正反两面照片，护照需要照片页照片。',
  ],
  'identity-settled': [409, 'Your identity is already with the employer.', '您的身份信息已提交或已通过。'],
  'own-review': [403, 'Nobody reviews their own identity.', '不能审核本人的身份。'],
  'under-working-age': [
    422,
    'Work under 16 is prohibited (Labour Law Art. 15, State Council Order 364).',
    '未满十六周岁不得用工（《劳动法》第十五条、国务院令第364号）。',
  ],
  // work
  'last-site': [409, 'Work needs at least one site.', '至少需要保留一个工作地点。'],
  'site-list-unchanged': [409, 'The list of sites says this already.', '地点列表已是如此。'],
  'device-revoked': [
    403,
    'This phone was revoked before the punch. Sign in and enrol it again.',
    '此手机在打卡前已停用，请登录后重新登记。',
  ],
  'device-unknown': [
    422,
    'This phone is not enrolled here yet. Sign in to enrol it; nothing is lost.',
    '此手机尚未登记。请登录完成登记，打卡不会丢失。',
  ],
  'signature-invalid': [
    422,
    'The phone’s signature does not fit this punch.',
    '手机签名与此次打卡内容不符。',
  ],
  'approved-by-other': [409, '{{name}} approved these hours already.', '{{name}} 已批准该工时。'],
  'correction-empty': [422, 'This is when and where the punch already is.', '打卡的时间和地点没有变化。'],
  'dates-reversed': [422, 'The end lies before the start.', '结束日期早于开始日期。'],
  'period-approved': [
    409,
    'This period is approved. Reopen the timesheet first.',
    '该周期工时已批准，请先重新打开。',
  ],
  'download-too-large': [
    413,
    'A file takes {{rows}} rows at most. Choose fewer days, one site or one worker.',
    '单个文件最多 {{rows}} 行，请缩短日期范围或选择单个地点、人员。',
  ],
  'import-empty': [422, 'There is no table with heads and rows in this file.', '文件中没有带表头的数据行。'],
  'import-mapping-lacks': [
    422,
    'Say first which column holds: {{column}}.',
    '请先指定以下内容所在的列：{{column}}。',
  ],
  'import-not-text': [
    422,
    'This is no CSV file. Save the table as CSV (UTF-8 or GB 18030) and choose that file.',
    '这不是 CSV 文件。请将表格另存为 CSV（UTF-8 或 GB 18030）后再选择。',
  ],
  'import-quotes': [
    422,
    'The quotes in row {{row}} do not close. Mend the row and choose the file again.',
    '第 {{row}} 行的引号不完整，请修改后重新选择文件。',
  ],
  'import-running': [409, 'This import is still running.', '该导入仍在进行。'],
  'import-too-large': [
    413,
    'One import takes {{rows}} rows and {{megabytes}} MB at most. Cut the table into several files.',
    '单次导入最多 {{rows}} 行、{{megabytes}} MB，请拆分文件。',
  ],
  'own-approval': [403, 'Nobody decides on their own hours.', '不能处理本人的工时。'],
  'period-not-over': [
    409,
    'This period runs until {{endsOn}}. Approve it after that day.',
    '该周期至 {{endsOn}} 结束，请在此之后批准。',
  ],
  'punch-in-future': [422, 'A punch cannot lie in the future.', '打卡时间不能晚于现在。'],
  'request-escalated': [
    403,
    'The time to decide is over: this is with HR now.',
    '处理期限已过，现由人事处理。',
  ],
  'request-outdated': [
    409,
    'The punch that this is about was voided meanwhile. Refuse the request, and say so.',
    '相关打卡已被作废，请拒绝该申请并说明原因。',
  ],
  'request-waits': [
    409,
    'You asked for this already; it waits for a decision.',
    '您已提交相同的申请，请等待处理。',
  ],
  'request-withdrawn': [409, 'The worker has taken this request back.', '劳动者已撤回该申请。'],
  'timesheet-blocked': [
    409,
    'Some exceptions must be mended before these hours can be approved.',
    '存在须先处理的异常，暂不能批准工时。',
  ],
  'hours-overlap': [
    409,
    'Some of these hours are approved already, on {{day}}, in another timesheet of this worker. Void them in one of the two.',
    '该劳动者 {{day}} 的部分工时已在另一工时单中批准，请作废其中一处。',
  ],
  'units-in-future': [
    422,
    'Work is reported when it is done: this day has not come yet.',
    '尚未到该日期，完成后再申报。',
  ],
  'units-outside-engagement': [422, 'This day is not a day of the engagement.', '该日期不在用工期间内。'],
  'units-more-than-a-day': [
    409,
    'A day of work counts once. {{day}} has one already: withdraw or refuse that first.',
    '每日最多计一个工作日。{{day}} 已有申报，请先撤回或驳回。',
  ],
  'timesheet-changed': [
    409,
    'The hours have changed since you looked. Look again.',
    '工时已有变化，请重新查看。',
  ],
  'timesheet-empty': [409, 'There is no work in this period.', '该周期没有工时。'],
  // shifts
  'break-outside-shift': [422, 'A break must lie within the shift.', '休息时间须在班次之内。'],
  'rest-rule-broken': [409, 'A rest rule speaks against it: {{rule}}', '与休息规则不符：{{rule}}'],
  'roster-too-long': [
    422,
    'Make drafts for at most {{days}} days at once.',
    '一次最多生成 {{days}} 天的草稿。',
  ],
  'shift-cancelled': [409, 'This shift was cancelled.', '该班次已取消。'],
  'shift-changed': [409, 'The shift has changed since you looked. Look again.', '班次已有变化，请重新查看。'],
  'shift-ends-before-start': [422, 'The shift would end before it starts.', '班次结束时间早于开始时间。'],
  'shift-full': [409, 'All places of this shift are taken.', '该班次名额已满。'],
  'shift-overlaps': [
    409,
    '{{name}} already has a shift at that time: {{when}}.',
    '{{name}} 在该时段已有班次：{{when}}。',
  ],
  'shift-past': [409, 'This shift has begun or is over.', '该班次已开始或已结束。'],
  'shift-too-long': [
    422,
    'A shift lasts 24 hours at most; this one would last {{hours}}.',
    '班次最长 24 小时，该班次为 {{hours}} 小时。',
  ],
  'shift-warnings': [
    409,
    'Rest rules speak against {{count}} things. Read them, give a reason, and publish again.',
    '有 {{count}} 条休息规则提示，请阅读并填写原因后再发布。',
  ],
  'swap-closed': [409, 'This swap is settled or has lapsed.', '该换班已处理或已失效。'],
  'swap-not-agreed': [409, 'The other worker has not agreed yet.', '对方尚未同意换班。'],
  'worker-not-at-site': [
    409,
    '{{name}} is not engaged at this site on {{day}}.',
    '{{name}} 在 {{day}} 与该工作地点没有用工关系。',
  ],
  // gate
  'card-not-valid': [422, 'The card of {{name}} does not hold today.', '{{name}} 的工牌今日无效。'],
  'card-unknown': [
    422,
    'This is no work card of this employer, or not one for this site.',
    '不是本企业的工牌，或不适用于此地点。',
  ],
  'kiosk-code-wrong': [
    422,
    'This set-up code is wrong, used or too old. Make a new one in the console.',
    '设置码有误、已使用或已过期，请在管理后台重新生成。',
  ],
  // guarantee
  'insurer-unnamed': [
    422,
    'Only an insurer with a policy number may be named as one; otherwise it is your own promise.',
    '只有写明保险公司和保单号才可称为保险，否则为用人方自行承诺。',
  ],
  // contract
  'character-unprintable': [
    422,
    'No font here has the character {{character}} ({{code}}), so the contract cannot be drawn.',
    '字体中没有字符“{{character}}”（{{code}}），无法生成合同。',
  ],
  'contract-cancelled': [409, 'The employer took this offer back.', '用工方已撤回此合同。'],
  'contract-complete': [409, 'Everybody has signed this contract.', '该合同已全部签署完成。'],
  'contract-declined': [409, 'This offer was declined.', '该合同已被拒签。'],
  'contract-expired': [
    409,
    'The time to sign this ended at {{at}}. The employer can give more time.',
    '该合同的签署期限已于 {{at}} 届满，用工方可延长期限。',
  ],
  'contract-not-in-force': [
    409,
    'No contract with {{name}} is in force on {{day}}.',
    '{{name}} 在 {{day}} 没有生效中的合同。',
  ],
  'contract-not-to-follow': [
    422,
    'This contract cannot be changed, renewed or ended by that one: it is not in force, or of another worker.',
    '无法变更、续签或解除：该合同未生效，或属于其他人员。',
  ],
  'draft-changed': [
    409,
    'What the contract rests on has changed meanwhile. Look again and offer it anew.',
    '合同依据的信息已变化，请查看后重新发出。',
  ],
  'drawing-interrupted': [
    503,
    'Drawing the document was interrupted. Please try again.',
    '文件生成中断，请重试。',
  ],
  'engagement-ended': [409, 'This engagement has ended.', '该用工关系已结束。'],
  'fact-unprintable': [
    422,
    '{{field}} cannot stand in a contract. {{fault}}',
    '“{{field}}”不能写入合同。{{fault}}',
  ],
  'field-missing': [422, 'The contract lacks: {{fields}}.', '合同缺少内容：{{fields}}。'],
  'identity-unproven': [409, 'The worker’s identity is not accepted yet.', '劳动者身份尚未通过核验。'],
  'nonce-spent': [
    409,
    'This signature was already used or is too old. Open the contract again.',
    '签署请求已使用或过期，请重新打开合同。',
  ],
  'not-your-turn': [409, 'Somebody else signs first.', '请等待其他方先签署。'],
  'notice-too-short': [
    422,
    'Notice must be given {{days}} days before ({{source}}): the last day is {{day}} at the earliest.',
    '应提前 {{days}} 日通知（{{source}}），最后工作日最早为 {{day}}。',
  ],
  'parties-unfit': [
    422,
    'A contract needs the worker’s place once, and at least one for the employer.',
    '合同须有一处劳动者签署位，并至少有一处用工方签署位。',
  ],
  'place-signed': [409, '{{name}} has already signed in this place.', '{{name}} 已在此处签署。'],
  'place-not-yours': [
    403,
    'This contract has no place for you to sign in this role.',
    '该合同没有由您以此身份签署的位置。',
  ],
  'signed-already': [
    409,
    'You have signed this contract in another place: nobody signs twice.',
    '您已在该合同的其他位置签署，不能重复签署。',
  ],
  'signature-refused': [
    403,
    'The signature does not fit this document, signer and role.',
    '签名与该文件、签署人或角色不符。',
  ],
  'signer-too-weak': [
    403,
    'This phone’s key was bound by a code shown in a terminal. Add a passkey, or ask a supervisor to enrol the phone.',
    '此手机密钥由终端验证码绑定，不能签署合同。请添加通行密钥或由主管当面登记。',
  ],
  'certificate-unfit': [422, 'This certificate cannot seal: {{why}}.', '此证书不能用于签章：{{why}}。'],
  'limit-exceeded': [422, '{{law}} sets a limit: {{limit}}.', '不符合{{law}}：{{limit}}。'],
  'mandatory-term-missing': [
    422,
    '{{article}} asks for: {{term}}. The draft does not say it.',
    '缺少{{article}}要求的条款：{{term}}。',
  ],
  'template-unfit': [422, 'No template here fits this relationship.', '没有适用于该用工关系的合同模板。'],
  'template-faulty': [
    422,
    'The template has {{count}} faults; the first, in line {{line}}: {{fault}}',
    '模板有 {{count}} 处问题，首先是第 {{line}} 行：{{fault}}',
  ],
  'template-outdated': [
    409,
    'Somebody saved another version meanwhile. Open it, and put your change in again.',
    '他人已保存了新版本，请打开新版本后重新修改。',
  ],
  'template-retired': [409, 'This template was retired.', '该模板已停用。'],
  // billing
  'bill-rate-known': [
    409,
    'A rate from {{day}} on is agreed already. Choose another day.',
    '自 {{day}} 起的单价已约定，请选择其他日期。',
  ],
  'bill-rate-missing': [
    422,
    'No rate is agreed for “{{role}}” on some of these days. Add it first.',
    '部分日期没有“{{role}}”的结算单价，请先添加。',
  ],
  'period-too-long': [422, 'Choose at most {{days}} days.', '最多选择 {{days}} 天。'],
  'statement-changed': [
    409,
    'Hours, approvals or rates have changed since you looked. Look again, then issue it.',
    '查看之后工时、审批或单价已有变化，请重新查看后再开具。',
  ],
  'statement-empty': [
    422,
    'No approved hours lie in these days at this client’s sites.',
    '该客户的地点在所选日期内没有已批准的工时。',
  ],
  // earnings
  'adjustment-settled': [
    409,
    'An approved run has taken this up. Enter the opposite instead.',
    '已有批准的发薪处理此项，请登记相反的一项。',
  ],
  'own-adjustment': [403, 'Nobody enters money for themselves.', '不能为本人登记款项。'],
  'pay-terms-empty': [
    422,
    'These terms pay nothing: give a rate an hour, a day, a piece or a shift.',
    '未填写任何单价：请填写时薪、日薪、计件单价或班次单价。',
  ],
  'pay-terms-there': [
    409,
    'There are terms from this day on already. Choose a later day.',
    '该日期已有约定，请选择更晚的日期。',
  ],
  // pay
  'account-missing': [409, 'No bank account yet: {{names}}.', '以下人员尚未登记收款账户：{{names}}。'],
  'own-pay': [403, 'Nobody approves a pay run that pays them.', '不能批准包含本人报酬的发薪。'],
  'payment-in-future': [422, 'This day has not come yet.', '该日期尚未到来。'],
  'pay-terms-missing': [
    409,
    'No pay terms are agreed for some days of: {{names}}.',
    '以下人员部分日期没有约定薪酬：{{names}}。',
  ],
  'period-invalid': [
    422,
    'These dates are no pay period of this kind; there is one from {{startsOn}} to {{endsOn}}.',
    '日期与该发薪周期不符，应为 {{startsOn}} 至 {{endsOn}}。',
  ],
  'run-approved': [409, 'This pay run is approved and no longer changes.', '该次发薪已批准，不能再更改。'],
  'run-changed': [
    409,
    'The figures have changed since you looked. Calculate again.',
    '数据已有变化，请重新计算。',
  ],
  'address-unstructured': [
    422,
    'An address needs a town and a country, or is left out.',
    '地址须含城市和国家，或全部留空。',
  ],
  'period-unknown': [422, '{{period}} is no month or quarter.', '{{period}} 不是月份或季度。'],
  'mapping-invalid': [422, 'A placeholder cannot be read: {{what}}', '占位符无法识别：{{what}}'],
  'payer-account-invalid': [
    422,
    'This number does not hold: its check digits are wrong.',
    '号码校验不通过，请核对。',
  ],
  'pay-file-has-problems': [
    409,
    'This file cannot be written yet: {{count}} problem(s). The run’s page lists them.',
    '此文件暂不能生成：有 {{count}} 个问题，详见发薪页面。',
  ],
  'run-empty': [409, 'There is nothing to pay in this run.', '本次没有可发放的款项。'],
  'run-not-approved': [409, 'This pay run is not approved yet.', '该次发薪尚未批准。'],
  'second-approver-needed': [
    403,
    'Somebody other than who opened and calculated the run approves it.',
    '须由开立和计算之外的另一人批准。',
  ],
  // disbursement
  'answers-bomb': [
    413,
    'This file unpacks to far more than it should. Nothing of it was read.',
    '文件解压后异常庞大，未予读取。',
  ],
  'answers-formula': [
    422,
    'Cell {{cell}} holds a formula. Paste the values only, and choose the file again.',
    '单元格 {{cell}} 含公式，请仅粘贴数值后重新选择文件。',
  ],
  'answers-unreadable': [
    422,
    'This is no answer of a bank that is known here: {{why}}',
    '无法识别的银行回执：{{why}}',
  ],
  'answers-xml-entities': [
    422,
    'This XML declares a document type or entities, which no bank’s answer does. Nothing of it was read.',
    '该 XML 含文档类型或实体声明，银行回执不应包含，未予读取。',
  ],
  'payment-not-open': [409, 'This payment is over already.', '该笔付款已有结果。'],
  'payment-not-over': [
    409,
    'Only a payment that was rejected, cancelled or came back is paid again.',
    '只有被拒绝、已取消或已退回的付款才能重新发放。',
  ],
  'payment-not-paid': [409, 'Only what was paid can come back.', '只有已付款项才能登记退回。'],
  'payment-not-disputed': [409, 'There is nothing to decide about this payment.', '该笔付款无需裁定。'],
  'payment-paid-already': [
    409,
    'Another try of this pay was paid, or may have been. Settle that one first.',
    '该笔报酬的另一次付款已付或可能已付，请先处理。',
  ],
  'payment-with-provider': [
    409,
    'The provider may have this payment already. Cancel it there first.',
    '该笔付款可能已提交渠道，请先取消。',
  ],
  'payout-callback-refused': [401, 'This message is not from the provider.', '该消息并非来自支付渠道。'],
  'payout-key-invalid': [
    422,
    'This is not the key that is needed here. {{wanted}}',
    '密钥格式不符。{{wanted}}',
  ],
  'payout-not-set-up': [
    409,
    'Set up {{provider}} first, in the settings of payouts.',
    '请先在代付设置中配置{{provider}}。',
  ],
} as const satisfies Record<string, Entry>;

export type RefusalSlug = keyof typeof entries;
export const refusals: Readonly<Record<RefusalSlug, Entry>> = entries;

export type Locale = 'zh-CN' | 'en';
/** One text in both of our languages. */
export interface Spoken {
  readonly zh: string;
  readonly en: string;
}
export type RefusalValues = Readonly<Record<string, string | number | Spoken>>;
/** Where in the request the trouble lies: an RFC 6901 pointer, with what is wrong there (empty: what the refusal says). */
export interface RefusalPointer {
  readonly pointer: string;
  readonly detail: string | Spoken;
}

/** What a reader of this language gets of a text that may be spoken in both. */
export function heard(text: string | number | Spoken, locale: Locale): string {
  if (typeof text !== 'object') return String(text);
  return locale === 'zh-CN' ? text.zh : text.en;
}

/** An expected "no": thrown by `refuse`, answered as RFC 9457 problem details by `http/problem.ts`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly slug: RefusalSlug,
    readonly values: RefusalValues = {},
    readonly pointers: readonly RefusalPointer[] = [],
  ) {
    super(sentence(slug, 'en', values));
  }
  get status(): Entry[0] {
    return refusals[this.slug][0];
  }
}

export function refuse(
  slug: RefusalSlug,
  values?: RefusalValues,
  pointers?: readonly RefusalPointer[],
): never {
  throw new Refusal(slug, values, pointers);
}

/** Values that are words of the API, as people call them. */
const names: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  owner: ['owner', '所有者'],
  hr: ['HR', '人事'],
  supervisor: ['supervisor', '主管'],
  approver: ['client’s approver', '客户审批人'],
  worker: ['worker', '劳动者'],
  operator: ['operator', '平台管理员'],
  sms: ['text message', '短信'],
  email: ['e-mail', '邮件'],
  'daily-maximum': ['hours of a day', '每日工时上限'],
  'weekly-maximum': ['hours of a week', '每周工时上限'],
  'weekly-rest': ['a day of rest a week', '每周休息日'],
  'minimum-rest': ['rest between shifts', '班次间休息'],
  'part-time-daily': ['part-time: 4 hours a day on average', '非全日制：平均每日四小时'],
  'part-time-weekly': ['part-time: 24 hours a week', '非全日制：每周二十四小时'],
  'minor-daily': ['under 18: 8 hours a day', '未成年工：每日八小时'],
  'minor-night': ['under 18: not at night', '未成年工：夜间不工作'],
  'identity-document': ['identity document', '身份证件信息'],
  'location-at-punch': ['position when clocking', '打卡时的位置信息'],
  'bank-account': ['bank account', '银行账户信息'],
  'import-who': ['the worker', '劳动者'],
  'import-time': ['the time', '时间'],
  'import-kind': ['in or out', '上班或下班'],
};

export function sentence(slug: RefusalSlug, locale: Locale, values: RefusalValues): string {
  const [, en, zh] = refusals[slug];
  const named = (value: string) => names[value]?.[locale === 'zh-CN' ? 1 : 0] ?? value;
  return (locale === 'zh-CN' ? zh : en).replace(/\{\{(\w+)\}\}/g, (_, key: string) =>
    heard(values[key] ?? '', locale)
      .split(' / ')
      .map(named)
      .join(' / '),
  );
}
