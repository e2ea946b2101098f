/**
 * The directory as one closed table of operations. On Node every shard is the one file; on the edge a shard is a
 * Durable Object that runs the same table, and a refusal crosses as data.
 */
import { arrived, type Crossing, crossing } from '../kernel/crossing.ts';
import type { Instant } from '../kernel/time.ts';
import type { DirectoryPort, SignerKey } from '../provider/providers.ts';
import type { Store } from '../store/commit.ts';
import * as account from './account.ts';
import * as address from './address.ts';
import * as attempt from './attempt.ts';
import * as code from './code.ts';
import * as device from './device.ts';
import * as enrolment from './enrolment.ts';
import * as passkey from './passkey.ts';
import * as registration from './registration.ts';

export const operations = {
  accountOf: account.accountOf,
  ensureAccount: account.ensureAccount,
  endSessions: account.endSessions,
  membershipsOf: account.membershipsOf,
  putMembership: account.putMembership,
  openAccount: passkey.openAccount,
  putAddress: address.putAddress,
  addressesOf: address.addressesOf,
  claimMessage: address.claimMessage,
  releaseMessage: address.releaseMessage,
  addPasskey: passkey.addPasskey,
  passkeyOf: passkey.passkeyOf,
  passkeysOf: passkey.passkeysOf,
  usePasskey: passkey.usePasskey,
  revokePasskey: passkey.revokePasskey,
  bindDevice: device.bindDevice,
  deviceOf: device.deviceOf,
  devicesOf: device.devicesOf,
  spendDeviceChallenge: device.spendDeviceChallenge,
  revokeDevice: device.revokeDevice,
  issueCode: code.issueCode,
  spendCode: code.spendCode,
  codeDelivered: code.codeDelivered,
  countAttempt: attempt.countAttempt,
  requestEnrolment: enrolment.requestEnrolment,
  enrolmentOf: enrolment.enrolmentOf,
  confirmEnrolment: enrolment.confirmEnrolment,
  issueRegistration: registration.issueRegistration,
  registrationOf: registration.registrationOf,
  useRegistration: registration.useRegistration,
  claimOperator: registration.claimOperator,
  hasOperator: registration.hasOperator,
  isOperator: registration.isOperator,
  putOrg: registration.putOrg,
  orgsOf: registration.orgsOf,
} as const;

type Operations = typeof operations;
export type OperationName = keyof Operations;
export type OperationInput<N extends OperationName> =
  Parameters<Operations[N]> extends [Store, infer I, ...unknown[]] ? I : Record<never, never>;
export type OperationOutput<N extends OperationName> = Awaited<ReturnType<Operations[N]>>;

export interface Directory {
  /** `shard`: a person id, the keyed hash of an address, an enrolment's id, or `deployment`. */
  call<N extends OperationName>(
    shard: string,
    name: N,
    input: OperationInput<N>,
  ): Promise<OperationOutput<N>>;
}

/** What a shard answers over RPC. */
export function runOperation(
  store: Store,
  name: OperationName,
  input: unknown,
  at: Instant,
): Promise<Crossing<unknown>> {
  const operation = operations[name] as (store: Store, input: unknown, at: Instant) => unknown;
  return crossing(() => operation(store, input, at));
}

/** Every shard in one store. */
export function localDirectory(store: Store, clock: () => Instant): Directory {
  const call = async (_shard: string, name: OperationName, input: unknown) =>
    arrived(await runOperation(store, name, input, clock()));
  return { call: call as Directory['call'] };
}

/** `post` is asked for when something is to be sent. */
export function directoryPort(directory: Directory, post: () => Promise<address.Post>): DirectoryPort {
  const keysOf = async (personId: string): Promise<SignerKey[]> => {
    const [passkeys, devices] = await Promise.all([
      directory.call(personId, 'passkeysOf', { personId }),
      directory.call(personId, 'devicesOf', { personId }),
    ]);
    return [
      ...passkeys.map(
        ({ transports, ...key }): SignerKey => ({ ...key, grade: 'A', transports: JSON.parse(transports) }),
      ),
      ...devices.map((key): SignerKey => ({ ...key, grade: 'B' })),
    ];
  };
  return {
    keysOf,
    bestGrade: async (personId) => (await keysOf(personId))[0]?.grade ?? 'C',
    notify: async (message) => address.notify(directory, await post(), message),
    putMembership: (membership) => directory.call(membership.personId, 'putMembership', membership),
    putOrg: (org) => directory.call('deployment', 'putOrg', org),
  };
}
