/**
 * The SQLite of Node. Version 13 speaks Node-API, comes built for the usual machines and wants Node 22; version 12 is for
 * Node 20, and aborts on Node 24.19 and later when it was built there (nodejs/node#65446).
 */
import { createRequire } from 'node:module';
import type Sqlite from 'better-sqlite3';

export type SqliteDatabase = Sqlite.Database;

const require = createRequire(import.meta.url);
const nodeMajor = Number(process.versions.node.split('.')[0]);

export const Database = require(nodeMajor >= 22 ? 'better-sqlite3' : 'better-sqlite3-12') as typeof Sqlite;
