/** Digests as the API writes them. */
import { base64urlOf, digestBytes } from '../../../kernel/web-digest.ts';

export { base64urlOf as base64url };

/** SHA-256 as base64url, 43 characters. */
export async function sha256(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): Promise<string> {
  return base64urlOf(await digestBytes(new Uint8Array(bytes)));
}
