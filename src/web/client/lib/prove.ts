/** A key's word over a text: a passkey's, else this phone's own key's. */
import { browserSupportsWebAuthn, startAuthentication } from '@simplewebauthn/browser';
import { ensureDeviceKey, signWithDevice } from './device-key.ts';

export interface ToProve {
  /** The canonical record: what a device key signs. */
  readonly text: string;
  /** Its SHA-256: a passkey's challenge. */
  readonly digest: string;
  readonly rpId: string;
  readonly passkeys: readonly { readonly id: string; readonly transports?: readonly string[] }[];
}

export async function proofOver({ text, digest, rpId, passkeys }: ToProve): Promise<object> {
  if (browserSupportsWebAuthn() && passkeys.length > 0) {
    const response = await startAuthentication({
      optionsJSON: {
        challenge: digest,
        rpId,
        userVerification: 'required',
        timeout: 120_000,
        allowCredentials: passkeys.map(({ id, transports }) => ({
          id,
          type: 'public-key' as const,
          ...(transports ? { transports: transports as AuthenticatorTransport[] } : {}),
        })),
      },
    });
    return { kind: 'passkey', response };
  }
  const key = await ensureDeviceKey();
  return { kind: 'device', deviceId: key.deviceId, signature: await signWithDevice(key, text) };
}
