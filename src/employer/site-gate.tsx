/** What can be done at a site itself: links to the gate's pages, from the site's own. */
import type { FC } from 'hono/jsx';
import type { Locale } from '../kernel/refusal.ts';
import { Group, Row } from '../web/components.tsx';
import { defineWords } from '../web/i18n.ts';

const words = defineWords('site-gate', {
  title: ['At the site', '现场'],
  note: [
    'Each of these shows that somebody is here where a phone’s position cannot.',
    '手机定位无法判断时，以下方式均可证明在场。',
  ],
  code: ['Show the site code', '显示现场码'],
  codeMeans: ['On a screen at the gate; workers type or scan it', '放在门口的屏幕上，供人员输入或扫描'],
  scan: ['Scan work cards', '扫描工牌'],
  scanMeans: ['With your phone, face to face', '用手机当面扫描'],
  crew: ['Clock a crew', '班组打卡'],
  crewMeans: ['Everybody before you in one go', '为在场人员一次打卡'],
  tablets: ['Site tablets', '现场平板'],
  tabletsMeans: ['Where workers clock by showing their card', '人员出示工牌即可打卡'],
});

export const SiteGate: FC<{ org: string; siteId: string; locale: Locale }> = ({ org, siteId, locale }) => {
  const say = words(locale);
  const at = `/orgs/${org}/sites/${siteId}`;
  return (
    <Group title={say('title')} note={say('note')}>
      <Row label={say('code')} sub={say('codeMeans')} href={`${at}/code`} />
      <Row label={say('scan')} sub={say('scanMeans')} href={`${at}/scan`} />
      <Row label={say('crew')} sub={say('crewMeans')} href={`${at}/crew`} />
      <Row label={say('tablets')} sub={say('tabletsMeans')} href={`${at}/tablets`} />
    </Group>
  );
};

/** From a page of the site to the site. */
export const BackToSite: FC<{ org: string; site: { readonly id: string; readonly name: string } }> = ({
  org,
  site,
}) => (
  <a class="button button-plain" href={`/orgs/${org}/sites/${site.id}`}>
    ‹ {site.name}
  </a>
);
