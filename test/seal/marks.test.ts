/** What is drawn onto signature blocks: names as signers drew them, and a seal for verified employers only. */
import { PDFDict, PDFDocument, PDFHexString, PDFName } from '@cantoo/pdf-lib';
import { expect, test } from 'vitest';
import { showsTheSame } from '../../src/document/reading.ts';
import { newId } from '../../src/kernel/id.ts';
import { record } from '../../src/store/journal.ts';
import { makePasskey, openScene, type Scene, sealedContract } from '../contract/scene.ts';
import { strokes } from '../document/paper.ts';

async function marksOf(scene: Scene, drawing?: unknown): Promise<string[]> {
  const [worker, owner] = [makePasskey(scene, scene.worker), makePasskey(scene, scene.owner)];
  const { offered, sealed } = await sealedContract(
    scene,
    ({ digest }) => worker(digest),
    ({ digest }) => owner(digest),
    undefined,
    drawing,
  );
  expect(sealed.length).toBeGreaterThan(offered.length);
  expect(await showsTheSame(offered, sealed)).toBe(true);
  const pdf = await PDFDocument.load(sealed, { updateMetadata: false });
  return pdf
    .getPages()
    .flatMap((page) => page.node.Annots()?.asArray() ?? [])
    .map((one) => pdf.context.lookup(one, PDFDict))
    .filter((one) => one.get(PDFName.of('Subtype')) === PDFName.of('Stamp'))
    .map((one) => one.lookup(PDFName.of('NM'), PDFHexString).decodeText());
}

async function verify({ cell }: Scene): Promise<void> {
  const by = { at: cell.at(), by: 'operator' };
  const licenceId = newId();
  await cell.store.commit((tx) => {
    record(tx, 'employer-licence-given', { ...by, id: licenceId, fileId: 'licence' }, 'operator', by.at);
    record(
      tx,
      'employer-reviewed',
      { ...by, id: newId(), licenceId, decision: 'accepted', reason: 'fits' },
      'operator',
      by.at,
    );
  });
}

test('an employer whose licence nobody accepted gets no seal drawn', async () => {
  expect(await marksOf(await openScene())).toEqual([]);
}, 30_000);

test('a verified employer’s seal and a worker’s drawn name stand at their blocks', async () => {
  const scene = await openScene();
  await verify(scene);
  expect(await marksOf(scene, strokes)).toEqual(['seal employer', 'signature worker']);
}, 30_000);
