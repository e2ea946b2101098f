/** A long contract with tables, and evidence for it: what tests, the bench and a pair of eyes look at. */
import type { ContractDocument, EvidencePage } from '../../src/document/document.ts';
import type { Strokes } from '../../src/document/mark.ts';
import type { VerifiedEmployer } from '../../src/employer/verified-employer.ts';
import { sha256 } from '../../src/kernel/digest.ts';
import type { Instant } from '../../src/kernel/time.ts';
import type { Clause } from '../../src/template/clause.ts';

const zhText = [
  '甲方安排乙方在上海市松江区文诚路 88 号的松江仓从事分拣、复核与打包工作。乙方应当按照双方约定的排班（以 Workcard 公布的班次为准）到岗，并遵守现场的安全规程；甲方应当提供必要的劳动防护用品。',
  '报酬按小时计算，每小时 28.00 元（税前），于每周结算，次周 5 个工作日内支付。“工作时间”以双方确认的工时单为准；对工时单有异议的，应当在收到后三日内提出。',
  '任何一方违反本协议约定造成对方损失的，应当依法承担赔偿责任，但不得以扣押证件、收取押金等方式要求担保（《劳动合同法》第九条）。',
];
const enText = [
  'Party A engages Party B for sorting, checking and packing at the Songjiang warehouse, 88 Wencheng Road, Songjiang District, Shanghai. Party B comes to the shifts agreed (as published in Workcard) and keeps the site’s safety rules; Party A provides the protective equipment that the work needs.',
  'Pay is by the hour, CNY 28.00 before tax, settled weekly and paid within 5 working days of the following week. “Working time” is what both have confirmed in the timesheet; an objection is raised within three days of receiving it.',
  'Whoever breaks this agreement and causes the other a loss makes it good as the law says, but nobody may hold documents or take a deposit as security (Labour Contract Law Art. 9).',
];
const titles = [
  ['工作内容与地点', 'Work and place'],
  ['报酬', 'Pay'],
  ['工作时间与休息', 'Working time and rest'],
  ['安全与保障', 'Safety and cover'],
  ['保密', 'Confidentiality'],
  ['个人信息', 'Personal information'],
  ['违约责任', 'Liability'],
  ['争议解决', 'Disputes'],
] as const;

function clause(index: number): Clause {
  const [zh, en] = titles[index % titles.length] ?? ['', ''];
  return { id: `clause-${index}`, title: { zh, en }, zh: zhText, en: enText };
}

export function rateTable(rows: number): Clause['table'] {
  const shifts = Array.from({ length: rows }, (_, index) => index + 1);
  return {
    zh: [
      ['班次', '时段', '时薪', '说明'],
      ...shifts.map((n) => [
        `早班 ${n}`,
        '08:00–16:00',
        '28.00 元',
        '含半小时带薪休息；节假日按法定标准另行计算，具体见附件。',
      ]),
    ],
    en: [
      ['Shift', 'Hours', 'Rate', 'Remarks'],
      ...shifts.map((n) => [
        `Early ${n}`,
        '08:00–16:00',
        'CNY 28.00',
        'Half an hour of paid rest; public holidays as the law says, see the annex.',
      ]),
    ],
  };
}

export function longContract(change: Partial<ContractDocument> = {}): ContractDocument {
  const clauses = titles.map((_, index) =>
    index === 1 ? { ...clause(index), table: rateTable(14) } : clause(index),
  );
  return {
    title: { zh: '劳务协议', en: 'Service agreement' },
    contractId: '01936a3e-5f00-7000-8000-000000000001',
    facts: [
      { label: { zh: '甲方', en: 'Party A' }, value: '上海晨光供应链有限公司（91310000MA1FL0000X）' },
      { label: { zh: '乙方', en: 'Party B' }, value: '𠮷田龘（3101********0012）' },
    ],
    clauses,
    parties: [
      { slot: 'employer', zh: '甲方（用工方）', en: 'Party A', name: '上海晨光供应链有限公司' },
      { slot: 'worker', zh: '乙方（劳务提供者）', en: 'Party B', name: '𠮷田龘' },
    ],
    verifyUrl: 'https://work.example.com/verify?c=01936a3e-5f00-7000-8000-000000000001',
    at: '2026-11-21T10:00:00.000Z' as Instant,
    ...change,
  };
}

/** Three pages in two languages: what the bench draws. */
export function threePages(): ContractDocument {
  return longContract({
    clauses: Array.from({ length: 8 }, (_, index) => clause(index)).slice(0, 7),
    facts: [],
    parties: longContract().parties.map((party) => ({
      ...party,
      name: party.name.replace('𠮷田龘', '王小明'),
    })),
  });
}

/** A name as a finger writes it. */
export const strokes: Strokes = {
  width: 300,
  height: 150,
  strokes: [
    Array.from({ length: 40 }, (_, i): [number, number] => [30 + i * 3, 70 + 25 * Math.sin(i / 3)]),
    Array.from({ length: 30 }, (_, i): [number, number] => [150 + i * 3, 60 + 30 * Math.cos(i / 4)]),
    Array.from({ length: 20 }, (_, i): [number, number] => [80 + i * 7, 110 - i]),
  ],
};

/** Only a test may say so without a licence. */
export const verifiedForTests = {
  name: '上海晨光供应链有限公司',
  registrationCode: '91310000MA1FL0000X',
} as VerifiedEmployer;

export function someEvidence(bytes: Uint8Array, change: Partial<EvidencePage> = {}): EvidencePage {
  const signer = {
    at: '2026-11-21 18:03:12 Asia/Shanghai',
    grade: 'A' as const,
    how: { zh: '通行密钥，须由本人解锁', en: 'A passkey, unlocked by its holder' },
    means: {
      zh: '使用本人账户通行密钥的人，当时解锁设备并签署了本文件。',
      en: 'Whoever holds this account’s passkey unlocked it at that moment and signed this very document.',
    },
    recordDigest: sha256('record'),
  };
  return {
    contractId: longContract().contractId,
    verifyUrl: longContract().verifyUrl,
    signed: { bytes: bytes.length, pages: 4, digest: sha256(bytes) },
    signers: [
      {
        ...signer,
        party: { zh: '乙方', en: 'Party B' },
        name: '𠮷田龘',
        identity: {
          zh: '𠮷田龘，证件 3101********0012，由甲方人工比对并于 2026-11-20 09:00:00 Asia/Shanghai 通过',
          en: '𠮷田龘, document 3101********0012, compared by hand by Party A and accepted at 2026-11-20 09:00:00 Asia/Shanghai',
        },
        facts: [
          {
            label: { zh: '阅读', en: 'Reading' },
            value: {
              zh: '打开 3 次，看完全部 4 页，共 2 分 40 秒',
              en: 'Opened 3 times, saw all 4 pages, 2 min 40 s',
            },
          },
        ],
      },
      {
        ...signer,
        party: { zh: '甲方', en: 'Party A' },
        name: '李建国',
        identity: {
          zh: '代表上海晨光供应链有限公司签署，由其账户登记',
          en: 'Signs for 上海晨光供应链有限公司, as registered with its account',
        },
        at: '2026-11-21 18:20:40 Asia/Shanghai',
      },
    ],
    consent: {
      zh: '本人已阅读全文，同意以电子签名签署，并知悉其与手写签名具有同等效力。',
      en: 'I have read all of it, agree to sign electronically, and know that this has the same force as a handwritten signature.',
    },
    seal: {
      zh: '上海晨光供应链有限公司在双方签署后封印本文件（PAdES），证书由本部署自有的机构签发。',
      en: '上海晨光供应链有限公司 seals this file after both have signed (PAdES), with a certificate of this deployment’s own authority.',
    },
    notProven: [
      {
        zh: '封印证书不由公共认证机构签发。',
        en: 'The seal’s certificate is not issued by a public authority.',
      },
      {
        zh: '时间为本服务的时钟，未经第三方证实。',
        en: 'Times are of this service’s clock, confirmed by no third party.',
      },
    ],
    check: [
      {
        zh: '完整证明（签署记录、密钥、登记过程、日志）见本文件附件 evidence.json。',
        en: 'The whole proof (records, keys, their enrolment, journal) is attached to this file as evidence.json.',
      },
    ],
    marks: [
      { kind: 'signature', slot: 'worker', name: '𠮷田龘', strokes },
      { kind: 'signature', slot: 'employer', name: '李建国', strokes },
      { kind: 'seal', slot: 'employer', employer: verifiedForTests },
    ],
    evidence: '{"format":"workcard/contract-evidence"}',
    at: '2026-11-21T10:21:00.000Z' as Instant,
    ...change,
  };
}
