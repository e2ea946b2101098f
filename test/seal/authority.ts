/** A timestamp authority in this process: answers RFC 3161 questions with tokens of its own key, or as badly as told. */
import { createPrivateKey, sign } from 'node:crypto';
import { GeneralizedTime } from 'asn1js';
import { bytesOfHex, digestBytes } from '../../src/kernel/web-digest.ts';
import type { TimestampAuthority } from '../../src/provider/providers.ts';
import { dersOf } from '../../src/seal/authority.ts';
import { oid, putTogether } from '../../src/seal/cms.ts';
import { der, insideOf, oidOf, rawOf, readDer, tag } from '../../src/seal/der.ts';
import { certificateOf } from '../../src/seal/x509.ts';
import { makeChain } from './chain.ts';

export type Manner = 'well' | 'garbage' | 'silent' | 'another-nonce' | 'another-digest' | 'refusing';

export interface FakeAuthority extends TimestampAuthority {
  manner: Manner;
  asked: number;
}

export async function openFakeAuthority(url: string, at: () => Date, manner: Manner = 'well') {
  const bundle = await makeChain({ name: 'Clock of Others', forTimestamps: true, kind: 'EC' });
  const chain = dersOf(bundle.certificates).map((bytes) => {
    const read = certificateOf(bytes);
    if (!read) throw new Error('no certificate');
    return read;
  });
  const key = createPrivateKey(bundle.key);
  const answer = async (query: Uint8Array) => {
    const [, imprint, nonce] = insideOf(readDer(query).node).map(rawOf);
    const said = authority.manner === 'another-nonce' ? der(tag.integer, Uint8Array.of(7)) : nonce;
    const other = der(
      tag.sequence,
      rawOf(insideOf(readDer(imprint as Uint8Array).node)[0] as never),
      der(tag.octets, new Uint8Array(32)),
    );
    const info = der(
      tag.sequence,
      der(tag.integer, Uint8Array.of(1)),
      oidOf('1.2.3.4'),
      authority.manner === 'another-digest' ? other : (imprint as Uint8Array),
      der(tag.integer, Uint8Array.of(9)),
      new Uint8Array(new GeneralizedTime({ valueDate: at() }).toBER()),
      said as Uint8Array,
    );
    const [signer] = chain;
    if (!signer) throw new Error('no signer');
    const attribute = (id: string, value: Uint8Array) => der(tag.sequence, oidOf(id), der(tag.set, value));
    const named = der(
      tag.sequence,
      der(tag.sequence, der(tag.sequence, der(tag.octets, await digestBytes(signer.bytes)))),
    );
    const attributes = [
      attribute(oid.contentType, oidOf(oid.timestampInfo)),
      attribute(oid.messageDigest, der(tag.octets, await digestBytes(info, 'SHA-384'))),
      attribute(oid.signingCertificateV2, named),
    ];
    const token = putTogether({
      contentType: oid.timestampInfo,
      content: info,
      digest: 'SHA-384',
      signatureDigest: 'SHA-384',
      chain,
      attributes: der(0xa0, ...attributes),
      signature: new Uint8Array(sign('sha384', der(tag.set, ...attributes), key)),
    });
    const granted = der(tag.sequence, der(tag.integer, Uint8Array.of(0)));
    return der(tag.sequence, granted, token);
  };
  const authority: FakeAuthority & { root: string } = {
    url,
    manner,
    asked: 0,
    root: bundle.root,
    ask: async (query) => {
      authority.asked += 1;
      if (authority.manner === 'silent') throw new Error('no answer within 5 seconds');
      if (authority.manner === 'garbage') return new TextEncoder().encode('<html>502</html>') as never;
      if (authority.manner === 'refusing') return bytesOfHex('30053003020102');
      return answer(query);
    },
  };
  return authority;
}
