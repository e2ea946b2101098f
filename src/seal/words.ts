/** The words of sealing: the console's page about it. */
import { defineWords } from '../web/i18n.ts';

export const sealWords = defineWords('seal', {
  title: ['Sealing', '封存'],
  lead: [
    'What everybody has signed is sealed by itself. Here is what waits, what is wrong, and what seals.',
    '各方签署后自动封存。此处显示待封存内容、问题与所用证书。',
  ],
  waiting: ['Wait for the seal', '待封存'],
  sealed: ['Sealed', '已封存'],
  unstamped: ['Wait for a timestamp', '待时间戳'],
  troubles: ['What is wrong', '存在的问题'],
  allWell: ['Nothing is wrong', '一切正常'],
  allWellMeans: [
    'Signed contracts are sealed within a minute. If one cannot be, it appears here with the reason.',
    '签署后一分钟内完成封存。无法封存时，原因会显示在这里。',
  ],
  what: ['What', '对象'],
  why: ['Why, and how to mend it', '原因与处理方法'],
  tries: ['Tries', '次数'],
  next: ['Next try', '下次尝试'],
  contract: ['Contract of {{name}}', '{{name}} 的合同'],
  authority: ['Timestamp authority {{url}}', '时间戳机构 {{url}}'],
  again: ['Try again now', '立即重试'],
  'certificate-expired': [
    'The seal certificate has expired, and nothing is sealed with an expired one. Import its successor, or make a new one below.',
    '签章证书已过期，不能用于封存。请在下方导入新证书或生成新证书。',
  ],
  'certificate-revoked': [
    'The seal certificate was revoked, and nothing is sealed with it. Import another, or make a new one below.',
    '签章证书已被吊销，不能用于封存。请在下方导入或生成新证书。',
  ],
  'certificate-not-yet': [
    'The seal certificate is not in force yet. It seals by itself once it is, or choose another below.',
    '签章证书尚未生效，生效后会自动封存，也可在下方更换证书。',
  ],
  'offer-missing': [
    'The signed file is missing or damaged on this server. Bring it back from a backup (file {{detail}}).',
    '服务器上的已签文件缺失或损坏，请从备份恢复（文件 {{detail}}）。',
  ],
  'not-authentic': [
    'The sealed file is missing or damaged on this server. Bring it back from a backup (file {{detail}}).',
    '服务器上的已封存文件缺失或损坏，请从备份恢复（文件 {{detail}}）。',
  ],
  'authority-silent': [
    'It did not answer ({{detail}}). Contracts are sealed all the same; the next authority is asked, and this one again later.',
    '没有应答（{{detail}}）。合同照常封存，将改问下一机构，稍后再试此机构。',
  ],
  'authority-garbage': [
    'Its answer proves nothing ({{detail}}). Contracts are sealed all the same; if this goes on, the operator removes it from TIMESTAMP_URLS.',
    '其应答无法证明时间（{{detail}}）。合同照常封存；若持续发生，请平台从 TIMESTAMP_URLS 中移除。',
  ],
  unexpected: [
    'An unexpected fault: {{detail}}. It is tried again by itself; if it stays, tell the operator.',
    '意外故障：{{detail}}。系统会自动重试；如持续出现，请联系平台。',
  ],
  certificates: ['Seal certificates', '签章证书'],
  certificatesMean: [
    'The first one seals. One of your own needs nothing from you; an imported one makes readers such as Acrobat show your name.',
    '排在最前的用于签章。自有证书无需操作；导入的证书可让 Acrobat 等阅读器显示贵司名称。',
  ],
  none: ['None yet: your own is made with the first seal.', '暂无证书：首次封存时自动生成自有证书。'],
  subject: ['For', '主体'],
  issuer: ['Issued by', '签发机构'],
  until: ['Valid until', '有效期至'],
  state: ['State', '状态'],
  own: ['by this service’s own authority', '本服务自有机构'],
  'in-force': ['In force', '有效'],
  expired: ['Expired', '已过期'],
  revoked: ['Revoked', '已吊销'],
  'not-yet': ['Not in force yet', '尚未生效'],
  earlier: ['Not used any more', '已停用'],
  fingerprint: ['SHA-256', 'SHA-256'],
  import: ['Import a certificate', '导入证书'],
  importMeans: [
    'From an authority on the AATL or the EU trusted list, as PEM. A .p12 or .pfx file becomes PEM with: openssl pkcs12 -in seal.p12 -nodes -out seal.pem',
    '来自 AATL 或欧盟可信列表机构的 PEM 证书。.p12 或 .pfx 文件可用以下命令转换：openssl pkcs12 -in seal.p12 -nodes -out seal.pem',
  ],
  pem: ['Certificate and its issuers, up to the root', '证书及其上级证书（直至根证书）'],
  pemHint: [
    '-----BEGIN CERTIFICATE----- …, the seal’s own first',
    '-----BEGIN CERTIFICATE----- …，签章证书在最前',
  ],
  key: ['Private key, PKCS#8', '私钥（PKCS#8）'],
  keyHint: [
    '-----BEGIN PRIVATE KEY----- …; it is encrypted before it is stored',
    '-----BEGIN PRIVATE KEY----- …，加密后保存',
  ],
  make: ['Make a new one of our own', '生成新的自有证书'],
  revoke: ['Revoke', '吊销'],
  revokeReason: ['Why?', '原因'],
  revokeConfirm: [
    'Nothing will be sealed with this certificate any more, and it is published as revoked. What it sealed stays sealed. Revoke it?',
    '此证书将不再用于封存，并被公布为已吊销。已封存的文件不受影响。确定吊销吗？',
  ],
  anchored: ['Journal seen from outside', '日志外部见证'],
  anchoredAt: [
    'An independent authority saw the journal up to entry {{seq}} on {{at}}: nothing before it can be rewritten.',
    '独立机构于 {{at}} 见证了截至第 {{seq}} 条的日志，此前内容不可改写。',
  ],
  notAnchored: ['No authority has seen the journal yet.', '尚无机构见证日志。'],
  noAuthority: [
    'No timestamp authority is configured: times are this service’s own. The operator names some in TIMESTAMP_URLS.',
    '未配置时间戳机构，时间以本服务时钟为准。平台可在 TIMESTAMP_URLS 中配置。',
  ],
  // the stranger's page
  verify: ['Check a contract', '核验合同'],
  verifyLead: [
    'Choose a sealed contract. It is checked on this device, by this page: the file is not uploaded.',
    '选择已封存的合同 PDF。所有检查都在本设备上进行，文件不会上传。',
  ],
  choose: ['Choose a PDF, or drop it here', '选择 PDF 或拖放到此处'],
  checking: ['Checking…', '正在核验……'],
  good: ['Authentic', '真实有效'],
  bad: ['Not authentic', '未通过核验'],
  unreadable: [
    'This file could not be read. Choose the PDF as you received it.',
    '无法读取此文件，请选择收到的 PDF 原件。',
  ],
  checks: ['What was checked', '核验项目'],
  notProven: ['What this does not prove', '未能证明的事项'],
  withoutUs: ['How to verify without us', '如何不依赖我们自行核验'],
  withoutUsMeans: [
    'With openssl and a text editor alone, step by step.',
    '仅用 openssl 和文本编辑器，逐步完成。',
  ],
  ourAuthority: ['This service’s own authority, SHA-256', '本服务自有机构证书 SHA-256'],
});
