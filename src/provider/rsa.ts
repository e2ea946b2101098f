/** RSA and AES as payment providers use them, by WebCrypto, which both runtimes have. */
import { Buffer } from 'node:buffer';

/** Each runtime has its own type of the same thing. */
export type RsaKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

const signing = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
/** WeChat Pay encrypts with OAEP over SHA-1; with SHA-256 it refuses every field. */
const encrypting = { name: 'RSA-OAEP', hash: 'SHA-1' };
const bytesOf = (text: string) => new TextEncoder().encode(text);

/** The bytes between the lines of a PEM, or of bare base64. */
export function pemBytes(pem: string): Uint8Array<ArrayBuffer> {
  const body = pem.replace(/-----[^-]+-----/g, '').replace(/\s/g, '');
  return new Uint8Array(Buffer.from(body, 'base64'));
}

/** PKCS #8; throws on anything else. */
export function privateKeyOf(pem: string): Promise<RsaKey> {
  return crypto.subtle.importKey('pkcs8', pemBytes(pem), signing, false, ['sign']);
}

export function verifyingKeyOf(spki: Uint8Array<ArrayBuffer>): Promise<RsaKey> {
  return crypto.subtle.importKey('spki', spki, signing, false, ['verify']);
}

/** SHA256 with RSA (PKCS #1 v1.5), base64. */
export async function signText(key: RsaKey, text: string): Promise<string> {
  return Buffer.from(await crypto.subtle.sign(signing.name, key, bytesOf(text))).toString('base64');
}

export function verifyText(key: RsaKey, text: string, signature: string): Promise<boolean> {
  return crypto.subtle.verify(
    signing.name,
    key,
    new Uint8Array(Buffer.from(signature, 'base64')),
    bytesOf(text),
  );
}

/** Up to 214 bytes under a key of 2048 bits; base64. */
export async function encryptText(spki: Uint8Array<ArrayBuffer>, text: string): Promise<string> {
  const key = await crypto.subtle.importKey('spki', spki, encrypting, false, ['encrypt']);
  return Buffer.from(await crypto.subtle.encrypt(encrypting.name, key, bytesOf(text))).toString('base64');
}

/** AES-256-GCM; the tag is the end of the ciphertext. Throws when a byte differs. */
export async function openGcm(
  key: string,
  sealed: { readonly ciphertext: string; readonly nonce: string; readonly associatedData: string },
): Promise<string> {
  const secret = await crypto.subtle.importKey('raw', bytesOf(key), 'AES-GCM', false, ['decrypt']);
  const plain = await crypto.subtle.decrypt(
    {
      name: 'AES-GCM',
      iv: bytesOf(sealed.nonce),
      additionalData: bytesOf(sealed.associatedData),
      tagLength: 128,
    },
    secret,
    new Uint8Array(Buffer.from(sealed.ciphertext, 'base64')),
  );
  return new TextDecoder().decode(plain);
}
