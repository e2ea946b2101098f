/** Whether what waits is safe on this phone. */
import { clockShelf } from './queue.ts';

export type PhoneWarning = 'notLasting' | 'mayForget' | 'nearlyFull';

const nearlyFullShare = 0.9;
/** A share means little on a big phone: with this much left, thousands of punches fit. */
const plentyBytes = 20 * 1024 * 1024;

export async function phoneWarnings(waiting: number): Promise<PhoneWarning[]> {
  if (!(await clockShelf()).lasting) return ['notLasting'];
  const warnings: PhoneWarning[] = [];
  // It may say no, and then what waits is at risk. Without anything waiting there is nothing to lose.
  if (waiting > 0 && !(await isPersistent())) warnings.push('mayForget');
  if (await isNearlyFull()) warnings.push('nearlyFull');
  return warnings;
}

async function isPersistent(): Promise<boolean> {
  const { storage } = navigator;
  if (!storage?.persist) return true;
  return (await storage.persisted()) || (await storage.persist());
}

async function isNearlyFull(): Promise<boolean> {
  const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  return quota > 0 && usage / quota > nearlyFullShare && quota - usage < plentyBytes;
}
