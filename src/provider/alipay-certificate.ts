/** What Alipay's certificate mode (公钥证书) asks of a certificate: its number, and the key in it. */
import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { X509Certificate } from '@peculiar/x509';

/** MD5 of the issuer, most special part first, and the serial number as a decimal: how Alipay names a certificate. */
export function certificateNumber(certificate: X509Certificate): string {
  const issuer = certificate.issuerName
    .toJSON()
    .flatMap((part) =>
      Object.entries(part).flatMap(([key, values]) => values.map((value) => `${key}=${value}`)),
    )
    .reverse()
    .join(',');
  const serial = BigInt(`0x${certificate.serialNumber}`).toString(10);
  return createHash('md5').update(`${issuer}${serial}`, 'utf8').digest('hex');
}

export const certificateOf = (pem: string) => new X509Certificate(pem);

export function keyIn(certificate: X509Certificate): Uint8Array<ArrayBuffer> {
  return new Uint8Array(certificate.publicKey.rawData);
}

/** Of the roots that are signed with RSA, in the order of the file. */
export function rootNumber(pems: string): string {
  const each = pems.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  return each.flatMap(numberIfRsa).join('_');
}

/** The file of roots holds SM2 ones, too, which are not counted and need not be understood. */
function numberIfRsa(pem: string): string[] {
  try {
    const certificate = certificateOf(pem);
    const { name } = certificate.signatureAlgorithm as unknown as { name: string };
    return name.startsWith('RSA') ? [certificateNumber(certificate)] : [];
  } catch {
    return [];
  }
}
