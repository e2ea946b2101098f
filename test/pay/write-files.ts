/** Run as a process of its own: prints the digests of the pay files it writes. */
import { sha256 } from '../../src/kernel/digest.ts';
import { csvOf } from '../../src/pay/files/csv.ts';
import { xlsxOf } from '../../src/pay/files/xlsx.ts';
import { content } from './file-content.ts';

process.stdout.write(JSON.stringify({ csv: sha256(csvOf(content)), xlsx: sha256(await xlsxOf(content)) }));
