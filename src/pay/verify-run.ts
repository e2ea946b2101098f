/** Calculates a kept run again, anywhere its employer's database is, and says what differs: the sums are nobody's word. */
import { and, asc, eq } from 'drizzle-orm';
import { payRunLines, payRunWorkers } from '../../db/cell.ts';
import { isKeyWord, type KeyProof } from '../contract/signing-record.ts';
import { digestOf } from '../kernel/digest.ts';
import type { SignerKey } from '../provider/providers.ts';
import type { Db } from '../store/commit.ts';
import { calculateWorker, inputsOf } from './calculate.ts';
import { type Calculation, runView, scopeOf } from './pay-run.ts';
import { allFacts, factsOf, rulesOf } from './run-facts.ts';
import { addToFold, beginFold, digestOfFold, type KeptLine } from './run-fold.ts';
import { rulesDigestOf } from './withholding-rules.ts';

export interface RunVerdict {
  readonly ok: boolean;
  readonly workers: number;
  readonly digest: string;
  /** In sentences, the first ones of them. */
  readonly differences: readonly string[];
}

const differencesShown = 20;

/** Refuses `not-found` for a run that is not there or was never calculated. */
export async function verifyRun(db: Db, runId: string): Promise<RunVerdict> {
  const { calculation, approval } = runView(db, runId);
  if (!calculation)
    return { ok: false, workers: 0, digest: '', differences: [`run ${runId} was never calculated`] };
  const differences: string[] = [];
  const scope = scopeOf(db, calculation);
  const rules = rulesOf(db, scope.when);
  if (rules.rulesVersion !== calculation.rulesVersion)
    differences.push(`calculated by the rules ${calculation.rulesVersion}, checked by ${rules.rulesVersion}`);
  let fold = beginFold(scope.run, rules, scope.leftOut);
  let workers = 0;
  for (const facts of allFacts(db, scope)) {
    const pay = calculateWorker(scope.run, rules, facts);
    const added = addToFold(fold, pay);
    fold = added.fold;
    workers += 1;
    differences.push(...differencesOf(db, calculation, facts.workerId, pay.inputs, added.lines));
  }
  const digest = digestOfFold(fold);
  if (digest !== calculation.digest)
    differences.push(`the digest is ${digest}, and ${calculation.digest} is kept`);
  if (approval) differences.push(...(await approvalDifferences(approval, digest)));
  return {
    ok: differences.length === 0,
    workers,
    digest,
    differences: differences.slice(0, differencesShown),
  };
}

function differencesOf(
  db: Db,
  { id }: Calculation,
  workerId: string,
  inputs: string,
  lines: readonly KeptLine[],
): string[] {
  const row = db
    .select({ inputs: payRunWorkers.inputs })
    .from(payRunWorkers)
    .where(and(eq(payRunWorkers.calculationId, id), eq(payRunWorkers.workerId, workerId)))
    .get();
  if (!row) return [`worker ${workerId} is not in the calculation`];
  const found = row.inputs === inputs ? [] : [`worker ${workerId}: the inputs are not those that were read`];
  const kept = db
    .select()
    .from(payRunLines)
    .where(and(eq(payRunLines.calculationId, id), eq(payRunLines.workerId, workerId)))
    .orderBy(asc(payRunLines.line))
    .all();
  if (kept.length !== lines.length)
    found.push(`worker ${workerId}: ${lines.length} lines, and ${kept.length} are kept`);
  for (const [index, line] of lines.entries()) {
    const { calculationId: _, ...other } = kept[index] ?? { calculationId: '' };
    if ('line' in other && digestOf(other) !== digestOf(line))
      found.push(
        `line ${line.line} (${line.code}) of worker ${workerId}: ${line.amountMinor}, and ${other.amountMinor} is kept`,
      );
  }
  return found;
}

async function approvalDifferences(
  approval: NonNullable<ReturnType<typeof runView>['approval']>,
  digest: string,
): Promise<string[]> {
  const found: string[] = [];
  const said = JSON.parse(approval.record) as { calculationDigest?: string };
  if (approval.digest !== digest || said.calculationDigest !== digest)
    found.push(`${approval.digest} was approved, and ${String(said.calculationDigest)} signed`);
  const { key, proof, origin, rpId } = JSON.parse(approval.proof) as {
    key: SignerKey;
    proof: KeyProof;
    origin: string;
    rpId: string;
  };
  const holds = await isKeyWord({ publicUrl: origin, rpId }, approval.record, proof, key).catch(() => false);
  if (!holds) found.push('the approver’s signature does not hold over the record');
  return found;
}

/** What a run was made from: whoever has the database makes the same list, and the same run of it. */
export function manifestOf(db: Db, runId: string) {
  const { run, calculation, approval } = runView(db, runId);
  if (!calculation) return undefined;
  const { employer, rulesVersion } = rulesOf(db, scopeOf(db, calculation).when);
  return {
    run,
    employer,
    rules: [{ version: rulesVersion, digest: rulesDigestOf(employer.country) }],
    calculation: { id: calculation.id, digest: calculation.digest, rulesVersion: calculation.rulesVersion },
    workers: db
      .select({ workerId: payRunWorkers.workerId, inputs: payRunWorkers.inputs })
      .from(payRunWorkers)
      .where(eq(payRunWorkers.calculationId, calculation.id))
      .orderBy(asc(payRunWorkers.workerId))
      .all(),
    approval: approval ? (JSON.parse(approval.record) as object) : null,
  };
}

/** Every input of one worker by name and digest; the SHA-256 of the list is what the manifest holds. */
export function workerInputs(db: Db, runId: string, workerId: string): string[] {
  const { calculation } = runView(db, runId);
  if (!calculation) return [];
  return factsOf(db, scopeOf(db, calculation), [workerId]).flatMap((facts) => inputsOf(facts));
}
