/** A young browser made old. */

/** What Chrome 90 or Safari 15.0 did not have yet, taken away from a young Chromium. Grammar is esbuild's business. */
export const younger = `
for (const type of [Array, String, Object.getPrototypeOf(Int8Array)]) delete type.prototype.at;
for (const type of [Array, Object.getPrototypeOf(Int8Array)]) {
  for (const name of ['findLast', 'findLastIndex', 'toSorted', 'toReversed', 'with']) delete type.prototype[name];
}
delete Array.prototype.toSpliced; delete Array.fromAsync;
delete Object.hasOwn; delete Object.groupBy; delete Map.groupBy;
delete Promise.withResolvers; delete Promise.try;
delete URL.parse; delete URL.canParse; delete AbortSignal.any; delete AbortSignal.timeout;
delete ArrayBuffer.prototype.transfer; delete ArrayBuffer.prototype.transferToFixedLength;
for (const name of ['toHex', 'toBase64', 'setFromHex', 'setFromBase64']) delete Uint8Array.prototype[name];
delete Uint8Array.fromHex; delete Uint8Array.fromBase64; delete Math.sumPrecise;
for (const name of ['union', 'intersection', 'difference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom', 'symmetricDifference']) delete Set.prototype[name];
for (const name of ['getOrInsert', 'getOrInsertComputed']) { delete Map.prototype[name]; delete WeakMap.prototype[name]; }
if (globalThis.Iterator) { for (const name of ['map', 'filter', 'take', 'drop', 'flatMap', 'reduce', 'toArray', 'forEach', 'some', 'every', 'find']) delete Iterator.prototype[name]; delete globalThis.Iterator; }
delete ReadableStream.prototype[Symbol.asyncIterator]; delete ReadableStream.prototype.values; delete ReadableStream.from;
delete String.prototype.isWellFormed; delete String.prototype.toWellFormed;
delete RegExp.escape; delete JSON.rawJSON; delete globalThis.structuredClone; delete globalThis.OffscreenCanvas; delete globalThis.ImageDecoder;
delete globalThis.Float16Array; if (globalThis.crypto) delete Crypto.prototype.randomUUID;
if (globalThis.CanvasRenderingContext2D) { delete CanvasRenderingContext2D.prototype.reset; delete CanvasRenderingContext2D.prototype.roundRect; }
`;
