/** What a verifier says, one plain sentence a check, in both languages. Browsers run this, too. */

export type VerifyLocale = 'en' | 'zh-CN';

export const sentences = {
  // the seal
  sealHolds: [
    'The employer’s seal, of {{subject}}, was set on {{at}} and holds.',
    '用工方印章（{{subject}}）加盖于 {{at}}，签章有效。',
  ],
  sealNone: ['There is no seal in this file that can be read.', '文件中没有可读取的签章。'],
  sealBroken: [
    'The seal does not hold: the file was changed after it was sealed, or the seal itself was.',
    '签章无效：文件封存后被改动，或签章本身被改动。',
  ],
  wholeHolds: [
    'The last seal or timestamp covers every byte: nothing was added, taken away or changed after it.',
    '最后的签章或时间戳覆盖全部字节：其后没有增删或改动。',
  ],
  wholeAdded: [
    'The file goes on behind its last seal, or ends before it: something was added or taken away.',
    '文件内容与最后签章的范围不符：有内容被添加或删除。',
  ],
  wholeBroken: [
    'A signature or timestamp in this file does not hold, or can be read in two ways.',
    '文件中有一处签章或时间戳无效，或存在歧义。',
  ],
  // who vouches for the seal
  authorityNamed: [
    'The seal’s certificate was issued by {{issuer}}. Compare that authority’s SHA-256 with what the service publishes: {{digest}}.',
    '签章证书由 {{issuer}} 签发。请将其 SHA-256 与服务公布的值核对：{{digest}}。',
  ],
  authorityTrusted: [
    'The seal’s certificate was issued by {{issuer}}, whom you trust.',
    '签章证书由您信任的 {{issuer}} 签发。',
  ],
  authorityOther: [
    'The seal’s certificate was issued by another authority that calls itself {{issuer}}.',
    '签章证书由另一个自称 {{issuer}} 的机构签发。',
  ],
  authorityNot: [
    'The seal’s certificate was not issued by the authority beside it, or was not in force when the seal was set.',
    '签章证书并非由所附机构签发，或加盖时不在有效期内。',
  ],
  authorityAnother: [
    'The seal is by another certificate than the evidence names.',
    '签章所用证书与证据记载的证书不同。',
  ],
  // time
  timeHolds: [
    '{{subject}}, a timestamp authority, saw this file with its seal on {{at}}. Its certificate goes up to {{issuer}}, SHA-256 {{digest}}.',
    '时间戳机构 {{subject}} 于 {{at}} 见证了已封存的本文件，其证书上溯至 {{issuer}}，SHA-256 {{digest}}。',
  ],
  timeAlone: [
    '{{subject}}, a timestamp authority, saw this file with its seal on {{at}}. Who issued its certificate is not in the file; compare its SHA-256: {{digest}}.',
    '时间戳机构 {{subject}} 于 {{at}} 见证了已封存的本文件。文件未附其上级证书，请核对其 SHA-256：{{digest}}。',
  ],
  timeBroken: ['A timestamp does not hold over the file as it was then.', '有一个时间戳与当时的文件不符。'],
  timeBefore: ['A timestamp is older than the seal that it covers.', '时间戳早于其覆盖的签章。'],
  // evidence
  evidenceThere: [
    'The evidence is attached: contract {{contract}}, {{count}} signatures.',
    '证据附件完整：合同 {{contract}}，共 {{count}} 个签名。',
  ],
  evidenceNone: [
    'No evidence of ours is attached, or it cannot be read.',
    '文件未附本系统的证据，或证据无法读取。',
  ],
  documentHolds: [
    'The first {{bytes}} bytes are the document that everybody was shown and signed, SHA-256 {{digest}}.',
    '前 {{bytes}} 字节即各方所见并签署的文件，SHA-256 {{digest}}。',
  ],
  documentOther: ['The file does not begin with the bytes that were signed.', '文件开头不是所签署的内容。'],
  pagesSame: [
    'A reader shows the signed pages unchanged, and what was appended after them.',
    '阅读器显示的签署页面未变，附加内容在其后。',
  ],
  pagesOther: ['A reader does not show the pages that were signed.', '阅读器显示的不是所签署的页面。'],
  // signatures
  signedA: [
    '{{name}} ({{role}}) signed on {{at}} with a passkey that they unlocked, on {{origin}}: grade A.',
    '{{name}}（{{role}}）于 {{at}} 在 {{origin}} 以本人解锁的通行密钥签署：等级 A。',
  ],
  signedB: [
    '{{name}} ({{role}}) signed on {{at}} with the enrolled key of a phone: grade B.',
    '{{name}}（{{role}}）于 {{at}} 以已登记手机的密钥签署：等级 B。',
  ],
  signedC: [
    '{{name}} ({{role}}) signed on {{at}} with a one-time code, and {{witness}}, who saw it, vouches with a key: grade C.',
    '{{name}}（{{role}}）于 {{at}} 以一次性验证码签署，见证人 {{witness}} 以密钥作证：等级 C。',
  ],
  signedBatch: [
    '{{name}} ({{role}}) signed on {{at}}, grade {{grade}}, with one assertion for {{size}} contracts; this one is among them.',
    '{{name}}（{{role}}）于 {{at}} 以一次签名签署 {{size}} 份合同，本合同在其中：等级 {{grade}}。',
  ],
  signerMissing: ['Nobody signed as {{role}}.', '没有{{role}}的签名。'],
  signerOther: [
    '{{name}} ({{role}}) signed another document, another consent or in another role.',
    '{{name}}（{{role}}）签署的是另一份文件、另一份同意内容，或身份不同。',
  ],
  signerEmployer: [
    '{{name}} signed for {{employer}}, and the seal is of {{subject}}.',
    '{{name}} 代表 {{employer}} 签署，而签章属于 {{subject}}。',
  ],
  signerUnproven: [
    'The proof of {{name}} ({{role}}) does not fit what they are said to have signed.',
    '{{name}}（{{role}}）的证明与其签署内容不符。',
  ],
  orderHolds: [
    'Each was asked before they signed, for the same employer, and all signed before the seal.',
    '各方均先收到签署请求后签署，属同一用工方，且均早于封存。',
  ],
  orderBroken: ['The signatures and the seal do not follow each other.', '签名与封存的先后顺序不符。'],
  journalHolds: [
    'The {{count}} journal entries about this contract are whole, and each signature is the one that was journaled.',
    '与本合同有关的 {{count}} 条日志完整，每个签名均与日志一致。',
  ],
  journalBroken: [
    'A journal entry about this contract does not hold, or a signature is not the one that was journaled.',
    '与本合同有关的日志条目不成立，或签名与日志不一致。',
  ],
  // what is not proven
  notOwnAuthority: [
    'If {{issuer}} is the service’s own authority, nobody else vouches for it: readers such as Acrobat will say “validity unknown”. Compare its SHA-256.',
    '如 {{issuer}} 为本服务自有机构，则没有第三方为其背书，Acrobat 等会显示“有效性未知”，请核对其 SHA-256。',
  ],
  notTime: [
    'The times are by the service’s own clock: no independent authority has stamped this file.',
    '时间来自服务自身时钟：没有独立机构为本文件加盖时间戳。',
  ],
  notDevice: [
    '{{name}}’s passkey is synced by its maker: it proves their account, not one device.',
    '{{name}} 的通行密钥由厂商同步：它证明的是账户，而非某台设备。',
  ],
  notPerson: [
    'That a key belongs to {{name}} rests on the identity check that the employer made, not on the key itself.',
    '密钥属于 {{name}} 取决于用工方所做的身份核验，而非密钥本身。',
  ],
  notKey: [
    'For {{name}} there is no key of their own: {{witness}}’s word and the service’s records say that they signed.',
    '{{name}} 没有使用自己的密钥：由 {{witness}} 的见证和服务记录说明其已签署。',
  ],
  notRevoked: [
    'Whether the certificate was revoked cannot be seen in the file: the service publishes its revocation list.',
    '文件本身无法看出证书是否已被吊销：请查看服务公布的吊销列表。',
  ],
  // the verdict
  verdictHolds: [
    'This contract is authentic: it is exactly what was signed and sealed. Lowest grade of signature: {{grade}}.',
    '本合同真实有效：内容与签署并封存的一致。签名最低等级：{{grade}}。',
  ],
  verdictFails: [
    'Do not rely on this file: {{count}} of {{of}} checks failed.',
    '请勿依赖此文件：{{of}} 项检查中有 {{count}} 项未通过。',
  ],
  worker: ['worker', '劳动者'],
  employer: ['employer', '用工方'],
  approver: ['approver', '审批人'],
  witness: ['witness', '见证人'],
} as const satisfies Record<string, readonly [en: string, zh: string]>;

export type SentenceKey = keyof typeof sentences;
export interface Said {
  readonly say: SentenceKey;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** Filled from the values; a role is named in the reader's language, a time without a zone of anybody's in UTC. */
export function sentenceOf({ say, values = {} }: Said, locale: VerifyLocale): string {
  const column = locale === 'en' ? 0 : 1;
  const shown = (name: string) => {
    const value = String(values[name] ?? '');
    const role = name === 'role' ? sentences[value as SentenceKey] : undefined;
    return role ? role[column] : value;
  };
  return sentences[say][column].replace(/\{\{(\w+)\}\}/g, (_, name: string) => shown(name));
}
