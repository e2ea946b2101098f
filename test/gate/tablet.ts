/** A site's tablet: its own key and chain, as the kiosk page keeps them in its browser. */
import type { webcrypto } from 'node:crypto';
import { type PunchRecord, recordText } from '../../src/clock/punch-record.ts';
import { questionText } from '../../src/gate/kiosk.ts';
import { sha256 } from '../../src/kernel/digest.ts';
import { newId } from '../../src/kernel/id.ts';
import type { GateScene } from './scene.ts';

const kind = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

export class Tablet {
  readonly id: string = newId();
  private keys: webcrypto.CryptoKeyPair | undefined;
  private seq = 0;
  private previous: string | null = null;
  private serverTime: { token: string; seenAt: string } | undefined;

  constructor(readonly scene: GateScene) {}

  async call(method: string, path: string, body?: object) {
    const answer = await this.scene.cell.visitor(method, path, body);
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }

  async setUp(code: string, id = this.id) {
    this.keys ??= (await crypto.subtle.generateKey(kind, false, [
      'sign',
      'verify',
    ])) as webcrypto.CryptoKeyPair;
    const { kty, crv, x, y } = (await crypto.subtle.exportKey(
      'jwk',
      this.keys.publicKey,
    )) as webcrypto.JsonWebKey;
    return this.call('PUT', `/kiosks/${id}`, { code, publicKey: { kty, crv, x, y } });
  }

  async know(): Promise<Record<string, unknown>> {
    const { body } = await this.call('GET', `/kiosks/${this.id}`);
    this.serverTime = { token: String(body.serverTime), seenAt: this.scene.cell.clock() };
    return body;
  }

  async people(serverTime = this.serverTime?.token ?? '') {
    const signature = await this.sign(questionText(this.scene.cell.org, this.id, serverTime));
    return this.call('PUT', `/kiosks/${this.id}/questions/people`, { serverTime, signature });
  }

  /** Signed now, by a clock that is right. */
  async tap(
    { engagementId, siteId }: { engagementId: string; siteId: string },
    card: string,
    change: { kind?: 'in' | 'out'; photo?: string } = {},
  ) {
    const id = newId();
    const deviceAt = this.scene.cell.clock();
    const said = { engagementId, siteId, kind: change.kind ?? 'in', deviceAt };
    const device = {
      deviceId: this.id,
      seq: ++this.seq,
      previous: this.previous,
      serverTime: this.serverTime?.token ?? null,
      serverSeenAt: this.serverTime?.seenAt ?? null,
      life: null,
      monotonicMs: null,
      sinceServerMs: null,
    };
    const record: PunchRecord = {
      v: 'workcard-punch-1',
      org: this.scene.cell.org,
      id,
      ...said,
      ...device,
      positionDigest: null,
      noPosition: 'unavailable',
      proof: 'kiosk',
    };
    const text = recordText(record);
    this.previous = sha256(text);
    const signed = { ...device, salt: null, signature: await this.sign(text) };
    const photo = change.photo ? { photo: change.photo } : {};
    return {
      id,
      body: { ...said, noPosition: 'unavailable', proof: 'kiosk', card, device: signed, ...photo },
    };
  }

  send({ id, body }: { id: string; body: object }) {
    const sent = { at: this.scene.cell.clock(), life: null, monotonicMs: null };
    return this.call('PUT', `/kiosk-punches/${id}`, { ...body, sent });
  }

  private async sign(text: string): Promise<string> {
    if (!this.keys) throw new Error('this tablet has no key yet');
    const bytes = new TextEncoder().encode(text);
    return Buffer.from(await crypto.subtle.sign(kind, this.keys.privateKey, bytes)).toString('base64url');
  }
}

/** A tablet at the scene's site, set up and ready. */
export async function openTablet(scene: GateScene): Promise<Tablet> {
  const tablet = new Tablet(scene);
  const invited = await scene.put(scene.owner, `/kiosk-invitations/${newId()}`, {
    siteId: scene.siteId,
    name: '北门',
  });
  await tablet.setUp(String(invited.body.code));
  await tablet.know();
  return tablet;
}
