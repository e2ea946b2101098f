// Writes the first migration of each database from its tables. Until the first release there is only this one.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

for (const name of ['cell', 'directory']) {
  const sql = execFileSync(
    'node_modules/.bin/drizzle-kit',
    ['export', '--dialect', 'sqlite', '--schema', `db/${name}.ts`],
    { encoding: 'utf8' },
  );
  // What the tables alone cannot say. A statement ends with `;` at the end of a line (see db/migrate.ts).
  const triggers = `db/${name}-triggers.sql`;
  const more = existsSync(triggers) ? readFileSync(triggers, 'utf8') : '';
  writeFileSync(`db/migrations/${name}/0001_house.sql`, `${sql.trim()}\n${more}`);
}
