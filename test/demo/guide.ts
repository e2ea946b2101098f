/** The README.txt beside the demo's outputs: what is there, and how to check it with and without our tools. */
import { employer } from './cast.ts';
import type { Story } from './story.ts';

export function readme({ month, scene }: Pick<Story, 'month' | 'scene'>): string {
  const first = scene.workers[0];
  const one = first ? `01-${first.part.slug}` : '01';
  return `Workcard demo: ${employer.name}, ${month.startsOn} to ${month.endsOn}
Everybody in it is invented. Everything else is real: these files were made by the product, through its HTTP API.

contracts/           sealed contracts; contracts/offered/ holds the bytes that were read and signed
cards/  receipts/    work cards and clock-in receipts: compact JWS, Ed25519
keys.json            the public keys that sign them; authority.pem issued the seal of the contracts
timesheets/          hours from punches, with their exceptions; one is disputed and not paid yet
pay/                 each pay run: lines, why each line is what it is, and the pay files (CSV, XLSX)
payslips/            what the workers themselves read
journal/             what happened, hash-chained, with the database whose rows it digests
manifest.json        every file with its SHA-256

Everything at once, from the folder of the source (it checks digests, contracts, cards, receipts and the journal):
  npm run cli -- verify DIR

A contract, by poppler-utils ("Signature is Valid", "Total document signed"; the issuer is this demo's own authority,
so no public list of certificates knows it):
  pdfsig contracts/${one}.pdf

That the sealed file begins with the bytes that were signed:
  cmp contracts/offered/${one}.pdf contracts/${one}.pdf        # says: EOF on the offered file, no difference

The proof inside a contract (records, keys, how they were enrolled):
  pdfdetach -saveall contracts/${one}.pdf

One card:
  npm run cli -- verify DIR/cards/${one}.jwt --keys DIR/keys.json

The journal by hand: hash = base64url(SHA-256(previous hash + "\\n" + canonical JSON (RFC 8785) of
{seq, at, actor, kind, subject, digest})); the first previous hash is the SHA-256 of nothing.
`;
}
