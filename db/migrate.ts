/** Brings a database to the newest schema, and refuses one whose history is not ours. */
import { sql } from 'drizzle-orm';
import { sha256 } from '../src/kernel/digest.ts';
import type { Instant } from '../src/kernel/time.ts';
import type { Db, Store } from '../src/store/commit.ts';
import cellHouse from './migrations/cell/0001_house.sql';
import directoryHouse from './migrations/directory/0001_house.sql';

interface Migration {
  readonly name: string;
  readonly sql: string;
}

export const cellMigrations: readonly Migration[] = [{ name: '0001_house', sql: cellHouse }];
export const directoryMigrations: readonly Migration[] = [{ name: '0001_house', sql: directoryHouse }];

/** Applies what is missing, in one commit. Throws when an applied migration was edited, or is unknown to this version. */
export async function migrate(store: Store, migrations: readonly Migration[], at: Instant): Promise<void> {
  await store.commit((db) => {
    db.run(
      sql`CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, hash TEXT NOT NULL, at TEXT NOT NULL)`,
    );
    const applied = db.all<{ name: string; hash: string }>(
      sql`SELECT name, hash FROM migrations ORDER BY name`,
    );
    for (const row of applied) {
      const ours = migrations.find((migration) => migration.name === row.name);
      if (!ours) throw new Error(`database has migration ${row.name}, which this version does not know`);
      if (sha256(ours.sql) !== row.hash)
        throw new Error(`migration ${row.name} was edited after it was applied`);
    }
    for (const migration of migrations.slice(applied.length)) apply(db, migration, at);
  });
}

function apply(db: Db, migration: Migration, at: Instant): void {
  for (const statement of migration.sql.split(';\n')) {
    if (statement.trim()) db.run(sql.raw(statement));
  }
  db.run(
    sql`INSERT INTO migrations (name, hash, at) VALUES (${migration.name}, ${sha256(migration.sql)}, ${at})`,
  );
}
