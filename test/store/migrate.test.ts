import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Database } from '../../src/store/database/query.ts'
import { openEmbedded } from '../../src/store/embedded/embedded-database.ts'
import { migrate } from '../../src/store/migrations/migrate.ts'
import { MIGRATIONS } from '../../src/store/migrations/migrations.ts'
import { newHome, removeHome } from '../support/store-home.ts'

const home = newHome()
let database: Database
before(async () => {
  database = await openEmbedded(home)
})
after(async () => {
  await database.close()
  await removeHome(home)
})

const refused = (code: string) => (error: unknown) => (error as { code?: string }).code === code
const step = (number: number, sql: string) => ({
  number,
  name: `step-${number}`,
  sql,
  sha256: sql.padEnd(64, '0'),
})

test('a step that fails leaves the schema as it was', async () => {
  const broken = [...MIGRATIONS, step(900, 'create table half (n integer); create table half (n integer)')]
  await assert.rejects(migrate(database, broken), /42P07/)
  const found = await database.first<{ any: boolean }>(
    `select to_regclass('patient') is not null or to_regclass('half') is not null as any`,
  )
  assert.equal(found?.any, false)
})

test('steps are applied once, in order, by one of many', async () => {
  await Promise.all(Array.from({ length: 4 }, () => migrate(database)))
  const rows = await database.rows<{ number: number }>('select number from migration order by number')
  assert.deepEqual(
    rows.map(({ number }) => number),
    MIGRATIONS.map(({ number }) => number),
  )
})

test('numbers follow each other and names say what is in them', () => {
  assert.deepEqual(
    MIGRATIONS.map(({ number }) => number),
    MIGRATIONS.map((_, i) => i + 1),
  )
  for (const { name } of MIGRATIONS) assert.match(name, /^[a-z-]+$/)
})

test('a database of a newer Garrod is refused', async () => {
  await migrate(database, [...MIGRATIONS, step(901, 'create table tomorrow (n integer)')])
  await assert.rejects(migrate(database), refused('DATABASE_NEWER'))
  await database.run('delete from migration where number = 901')
  await migrate(database)
})

test('a step that was edited after it was applied is refused', async () => {
  await database.run(`update migration set sha256 = 'edited' where number = 1`)
  await assert.rejects(migrate(database), refused('DATABASE_MIGRATION_CHANGED'))
  await database.run('update migration set sha256 = $1 where number = 1', [MIGRATIONS[0]!.sha256])
})
