/** Alipay's gateway on loopback, in certificate mode, written from its documents with node:crypto alone. */
import 'reflect-metadata';
import {
  createHash,
  createSign,
  createVerify,
  X509Certificate as NodeCertificate,
  webcrypto,
} from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { X509CertificateGenerator } from '@peculiar/x509';

const rsa = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
};

/** A certificate as an authority of Alipay's would issue it, and its key. */
export async function issued(serialNumber: string) {
  const keys = (await webcrypto.subtle.generateKey(rsa, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber,
      name: 'C=CN, O=Ant Financial, OU=Certification Authority, CN=Ant Financial Certification Authority Class 2 R1',
      notBefore: new Date('2026-01-01'),
      notAfter: new Date('2036-01-01'),
      signingAlgorithm: rsa,
      keys: keys as never,
    },
    webcrypto as never,
  );
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return {
    certPem: certificate.toString('pem'),
    keyPem: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`,
  };
}
export type Issued = Awaited<ReturnType<typeof issued>>;

/** As Alipay's own documents tell it: MD5 of the issuer, the special before the general, and the decimal serial number. */
export function numberOfCertificate(pem: string): string {
  const { issuer, serialNumber } = new NodeCertificate(pem);
  const name = issuer.split('\n').reverse().join(',');
  return createHash('md5')
    .update(name + BigInt(`0x${serialNumber}`).toString())
    .digest('hex');
}

export interface Transfer {
  readonly out_biz_no: string;
  readonly trans_amount: string;
  readonly payee: string;
  status: string;
  error_code?: string;
}

export async function openFakeAlipay(app: Issued, own: Issued, root: Issued, now: () => number) {
  const transfers = new Map<string, Transfer>();
  const faults: string[] = [];
  const fake = { transfers, faults, refusal: '', first: 'DEALING' };

  function judged(params: Record<string, string>): object {
    const { sign = '', ...rest } = params;
    const text = Object.keys(rest)
      .sort()
      .filter((key) => rest[key])
      .map((key) => `${key}=${rest[key]}`)
      .join('&');
    const key = new NodeCertificate(app.certPem).publicKey;
    if (!createVerify('RSA-SHA256').update(text).verify(key, sign, 'base64')) faults.push('signature');
    if (rest.app_cert_sn !== numberOfCertificate(app.certPem)) faults.push('app_cert_sn');
    if (rest.alipay_root_cert_sn !== numberOfCertificate(root.certPem)) faults.push('alipay_root_cert_sn');
    const beijing = new Date(now() + 8 * 3600_000).toISOString().slice(0, 19).replace('T', ' ');
    if (rest.timestamp !== beijing) faults.push(`timestamp ${rest.timestamp}`);
    const content = JSON.parse(rest.biz_content ?? '{}') as Record<string, never>;
    const known = transfers.get(String(content.out_biz_no));
    if (rest.method === 'alipay.fund.trans.common.query')
      return known
        ? { code: '10000', msg: 'Success', ...known, order_id: '20261105110070001' }
        : { code: '40004', msg: 'Business Failed', sub_code: 'ORDER_NOT_EXIST' };
    if (fake.refusal)
      return { code: '40004', msg: 'Business Failed', sub_code: fake.refusal, sub_msg: '收款账号不存在 {}"' };
    const payee = content.payee_info as unknown as { identity: string; identity_type: string; name: string };
    if (payee.identity_type === 'ALIPAY_LOGON_ID' && !payee.name) faults.push('name');
    const transfer = known ?? {
      out_biz_no: String(content.out_biz_no),
      trans_amount: String(content.trans_amount),
      payee: payee.identity,
      status: fake.first,
    };
    transfers.set(transfer.out_biz_no, transfer);
    return { code: '10000', msg: 'Success', ...transfer, order_id: '20261105110070001' };
  }

  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += String(piece);
    const params = Object.fromEntries(new URLSearchParams(body)) as Record<string, string>;
    const part = JSON.stringify(judged(params));
    const sign = createSign('RSA-SHA256').update(part).sign(own.keyPem, 'base64');
    const key = `${params.method?.replaceAll('.', '_')}_response`;
    response.end(
      `{"${key}":${part},"alipay_cert_sn":"${numberOfCertificate(own.certPem)}","sign":"${sign}"}`,
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/gateway.do`;
  return Object.assign(fake, {
    url,
    notice(transfer: Transfer, key = own.keyPem): string {
      const params: Record<string, string> = {
        app_id: '2021000000000001',
        charset: 'UTF-8',
        msg_method: 'alipay.fund.trans.order.changed',
        notify_id: '1',
        sign_type: 'RSA2',
        biz_content: JSON.stringify(transfer),
      };
      const { sign_type: _, ...signed } = params;
      const text = Object.keys(signed)
        .sort()
        .map((name) => `${name}=${signed[name]}`)
        .join('&');
      const sign = createSign('RSA-SHA256').update(text).sign(key, 'base64');
      return new URLSearchParams({ ...params, sign }).toString();
    },
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  });
}
