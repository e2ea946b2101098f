/** The shells of every page: document, worker's phone page, console, and the front door; and how a page is answered. */

import type { Context } from 'hono';
import { html } from 'hono/html';
import { type Child, createContext, type FC, type PropsWithChildren, useContext } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { localeOf } from '../http/locale.ts';
import type { Locale } from '../kernel/refusal.ts';
import { defineWords } from './i18n.ts';

export const shellWords = defineWords('shell', {
  product: ['Workcard', '工作卡'],
  otherLanguage: ['中文', 'English'],
  back: ['Back', '返回'],
  menu: ['Menu', '菜单'],
  skip: ['Skip to the content', '跳到正文'],
  unverified: ['Unverified employer', '未核验企业'],
  unverifiedMeans: [
    'The operator has not accepted this employer’s licence yet.',
    '平台尚未核验该企业的营业执照。',
  ],
  overview: ['Overview', '概览'],
  attendance: ['Attendance', '考勤'],
  shifts: ['Shifts', '排班'],
  people: ['People', '人员'],
  reviews: ['Identity reviews', '实名审核'],
  sites: ['Sites', '工作地点'],
  contracts: ['Contracts', '合同'],
  timesheets: ['Timesheets', '工时单'],
  payRuns: ['Pay runs', '发薪'],
  guarantees: ['Guarantees', '保障'],
  journal: ['Journal', '存证日志'],
  settings: ['Settings', '设置'],
  account: ['My account', '我的账户'],
  home: ['Work', '工作'],
  hours: ['Hours', '工时'],
  pay: ['Pay', '收入'],
  card: ['Card', '工牌'],
  mine: ['Me', '我的'],
  notices: ['Notices', '消息'],
  unread: ['{{count}} new', '{{count}} 条未读'],
});

/** Answers a page with a doctype (without one browsers fall into quirks mode). */
export function page(
  c: Context,
  content: Child,
  status: ContentfulStatusCode = 200,
): Response | Promise<Response> {
  c.header('cache-control', 'private, no-store');
  const unread = Number((c.var as { readonly unread?: number }).unread ?? 0);
  const shown = <Unread.Provider value={unread}>{content}</Unread.Provider>;
  return c.html(html`<!DOCTYPE html>${shown}`, status);
}

/** How many notices the reader has not read: the cell says so once a page, the shells show it. */
const Unread = createContext(0);

const UnreadBadge: FC<{ locale: Locale }> = ({ locale }) => {
  const count = useContext(Unread);
  if (count === 0) return null;
  const text = shellWords(locale)('unread', { count });
  return (
    <span class="unread" title={text}>
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span class="visually-hidden">{text}</span>
    </span>
  );
};

interface Shell {
  readonly locale: Locale;
  readonly title: string;
  /** Client modules of this page, names in src/web/client without the ending; `form` is always there. */
  readonly scripts?: readonly string[];
  /** Style sheets beside the shell's own, e.g. `leaflet`. */
  readonly styles?: readonly string[];
}

const Document: FC<PropsWithChildren<Shell & { look: 'worker' | 'console' }>> = ({
  locale,
  title,
  scripts = [],
  styles = [],
  look,
  children,
}) => (
  <html lang={locale}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
      <meta name="color-scheme" content="light dark" />
      <meta name="theme-color" media="(prefers-color-scheme: light)" content="#f2f4f1" />
      <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#111412" />
      {/* Numbers are hours and money here; iOS would turn some into telephone links. */}
      <meta name="format-detection" content="telephone=no" />
      <title>{`${title} · ${shellWords(locale)('product')}`}</title>
      <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
      <link rel="apple-touch-icon" href="/assets/icon-180.png" />
      <link rel="manifest" href={`/assets/app-${locale}.webmanifest`} />
      <link rel="stylesheet" href={`/assets/${look}.css`} />
      {styles.map((style) => (
        <link rel="stylesheet" href={`/assets/${style}.css`} />
      ))}
      {['form', ...scripts].map((script) => (
        <script type="module" src={`/assets/${script}.js`} />
      ))}
    </head>
    <body class={`look-${look}`}>{children}</body>
  </html>
);

const LanguageSwitch: FC<{ locale: Locale }> = ({ locale }) => (
  <a
    class="language"
    href="?"
    data-locale={locale === 'en' ? 'zh-CN' : 'en'}
    lang={locale === 'en' ? 'zh-CN' : 'en'}
  >
    {shellWords(locale)('otherLanguage')}
  </a>
);

/** A worker's page: feels like a page of WeChat's. `tab` shows the bar at the bottom. */
export const WorkerPage: FC<
  PropsWithChildren<
    Shell & { org?: string; back?: string; tab?: 'home' | 'hours' | 'pay' | 'card' | 'contracts' }
  >
> = ({ org, back, tab, children, ...shell }) => {
  const say = shellWords(shell.locale);
  const tabs = [
    ['home', `/orgs/${org}/me`, say('home')],
    ['hours', `/orgs/${org}/me/hours`, say('hours')],
    ['pay', `/orgs/${org}/me/pay`, say('pay')],
    ['card', `/orgs/${org}/me/card`, say('card')],
    ['contracts', `/orgs/${org}/me/contracts`, say('contracts')],
  ] as const;
  return (
    <Document {...shell} look="worker">
      <header class="worker-head">
        {back ? (
          <a class="worker-back" href={back}>
            <span class="visually-hidden">{say('back')}</span>
          </a>
        ) : (
          <span />
        )}
        <h1>{shell.title}</h1>
        <span class="worker-head-end">
          {org ? (
            <a class="worker-notices icon icon-notices" href={`/orgs/${org}/me/notices`}>
              <span class="visually-hidden">{say('notices')}</span>
              <UnreadBadge locale={shell.locale} />
            </a>
          ) : null}
          <LanguageSwitch locale={shell.locale} />
        </span>
      </header>
      <main class={org && tab ? 'worker-main with-tabs' : 'worker-main'}>{children}</main>
      {org && tab ? (
        <nav class="worker-tabs" aria-label={say('menu')}>
          {tabs.map(([name, href, label]) => (
            <a
              href={href}
              class={`tab icon icon-${name}`}
              {...(name === tab ? { 'aria-current': 'page' } : {})}
            >
              {label}
            </a>
          ))}
        </nav>
      ) : null}
    </Document>
  );
};

export type ConsoleSection =
  | 'overview'
  | 'notices'
  | 'attendance'
  | 'shifts'
  | 'people'
  | 'reviews'
  | 'sites'
  | 'contracts'
  | 'timesheets'
  | 'payRuns'
  | 'guarantees'
  | 'journal'
  | 'settings';
const sections: readonly (readonly [ConsoleSection, string, readonly string[]])[] = [
  ['overview', '', ['owner', 'hr', 'supervisor', 'approver']],
  ['notices', '/notices', ['owner', 'hr', 'supervisor', 'approver']],
  ['attendance', '/attendance', ['owner', 'hr', 'supervisor', 'approver']],
  ['shifts', '/shifts', ['owner', 'hr', 'supervisor']],
  ['people', '/people', ['owner', 'hr']],
  ['reviews', '/reviews', ['owner', 'hr']],
  ['sites', '/sites', ['owner', 'hr', 'supervisor']],
  ['contracts', '/contracts', ['owner', 'hr']],
  ['timesheets', '/timesheets', ['owner', 'hr', 'supervisor', 'approver']],
  ['payRuns', '/pay-runs', ['owner', 'hr']],
  ['guarantees', '/guarantees', ['owner', 'hr']],
  ['journal', '/journal', ['owner', 'hr']],
  ['settings', '/settings', ['owner']],
];

/** What every console page needs to know of the employer and the reader. */
export interface ConsoleFrame {
  readonly org: string;
  readonly employerName: string;
  readonly verified: boolean;
  readonly roles: readonly string[];
}

/** A page of the employer's console. `actions` stand at the right of the title. */
export const ConsolePage: FC<
  PropsWithChildren<Shell & { frame: ConsoleFrame; section: ConsoleSection; actions?: Child; lead?: string }>
> = ({ frame, section, actions, lead, children, ...shell }) => {
  const say = shellWords(shell.locale);
  return (
    <Document {...shell} look="console">
      <a class="skip" href="#content">
        {say('skip')}
      </a>
      <div class="console">
        <header class="console-side">
          <div class="console-top">
            <a class="console-brand" href={`/orgs/${frame.org}`}>
              {frame.employerName}
            </a>
            {frame.verified ? null : (
              <span class="badge badge-warn" title={say('unverifiedMeans')}>
                {say('unverified')}
              </span>
            )}
          </div>
          {/* On a phone a checkbox opens the menu: it works before scripts do and never flickers. */}
          <input type="checkbox" id="console-menu" class="console-toggle" aria-label={say('menu')} />
          <label for="console-menu" class="console-opener icon icon-menu" aria-hidden="true">
            {say('menu')}
          </label>
          <nav class="console-nav" aria-label={say('menu')}>
            {sections
              .filter(([, , roles]) => roles.some((role) => frame.roles.includes(role)))
              .map(([name, path]) => (
                <a
                  class={`icon icon-${name}`}
                  href={`/orgs/${frame.org}${path}`}
                  {...(name === section ? { 'aria-current': 'page' } : {})}
                >
                  {say(name)}
                  {name === 'notices' ? <UnreadBadge locale={shell.locale} /> : null}
                </a>
              ))}
            <a class="icon icon-account console-account" href="/">
              {say('account')}
            </a>
            <LanguageSwitch locale={shell.locale} />
          </nav>
        </header>
        <main class="console-main" id="content">
          <div class="console-title">
            <div>
              <h1>{shell.title}</h1>
              {lead ? <p class="lead">{lead}</p> : null}
            </div>
            <div class="console-actions">{actions}</div>
          </div>
          {children}
        </main>
      </div>
    </Document>
  );
};

/** The front door: sign-in, set-up, verification. */
export const PublicPage: FC<PropsWithChildren<Shell & { back?: string; wide?: boolean }>> = ({
  back,
  wide,
  children,
  ...shell
}) => (
  <Document {...shell} look="worker">
    <header class="worker-head">
      {back ? (
        <a class="worker-back" href={back}>
          <span class="visually-hidden">{shellWords(shell.locale)('back')}</span>
        </a>
      ) : (
        <span />
      )}
      <h1>{shell.title}</h1>
      <LanguageSwitch locale={shell.locale} />
    </header>
    <main class={wide ? 'worker-main is-wide' : 'worker-main'}>{children}</main>
  </Document>
);

export { localeOf };
