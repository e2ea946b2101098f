// Writes the first migration of each database from its tables. Until the first release there is only this one.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

for (const name of ['cell', 'directory']) {
  const sql = execFileSync(
    'node_modules/.bin/drizzle-kit',
    ['export', '--dialect', 'sqlite', '--schema', `db/${name}.ts`],
    { encoding: 'utf8' },
  );
  writeFileSync(`db/migrations/${name}/0001_house.sql`, `${sql.trim()}\n`);
}
