/** Run as a process of its own: prints the digests of the pay files it writes. */
import { joined } from '../../src/http/sheet.ts';
import { sha256 } from '../../src/kernel/digest.ts';
import { csvOf } from '../../src/pay/files/csv.ts';
import { xlsxOf } from '../../src/pay/files/xlsx.ts';
import { content } from './file-content.ts';

const digest = (pieces: Iterable<Uint8Array>) => sha256(joined([...pieces]));
process.stdout.write(JSON.stringify({ csv: digest(csvOf(content)), xlsx: digest(xlsxOf(content)) }));
