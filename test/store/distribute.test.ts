import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { distributionSql, tableScopes } from '../../src/store/database/distribute.ts'
import { MIGRATIONS } from '../../src/store/migrations/migrations.ts'
import { garrodWith } from '../support/command-line.ts'
import { newHome, removeHome } from '../support/store-home.ts'

const home = newHome()
after(() => removeHome(home))
const scopes = tableScopes()
const all = distributionSql(new Set(scopes.keys()))
const named = (table: string) => all.find((one) => one.includes(`('${table}', `))

test('every table that a migration makes has a scope', () => {
  const made = MIGRATIONS.flatMap(({ sql }) =>
    [...sql.matchAll(/create table (\w+)/g)].map(([, name]) => name!),
  )
  assert.deepEqual([...scopes.keys()], made)
})

test('tables about people are spread by person, all along the table of people', () => {
  assert.equal(
    named('patient'),
    "select create_distributed_table('patient', 'patient_id', colocate_with => 'none')",
  )
  for (const [table, scope] of scopes) {
    if (scope !== 'patient' || table === 'patient') continue
    assert.equal(
      named(table),
      `select create_distributed_table('${table}', 'patient_id', colocate_with => 'patient')`,
    )
  }
})

test('directories are spread by tenant; tables of the store and the audit logs stay together', () => {
  for (const [table, scope] of scopes) {
    const sql = named(table)
    if (scope === 'store' || table.startsWith('audit_')) assert.equal(sql, undefined, table)
    else if (scope === 'directory') assert.match(sql!, /'tenant_id'/, table)
  }
})

test('a table comes after those that it refers to', () => {
  const position = new Map(all.map((sql, i) => [/'(\w+)'/.exec(sql)![1]!, i]))
  for (const { sql } of MIGRATIONS) {
    for (const [, table = '', columns = ''] of sql.matchAll(/create table (\w+) \(\n([\s\S]*?)\n\);/g)) {
      for (const [, target = ''] of columns.matchAll(/references (\w+)/g)) {
        assert.ok(position.get(target)! < position.get(table)!, `${table} refers to ${target}`)
      }
    }
  }
})

test('the command prints what it would do, and says what is missing where there is no cluster', async () => {
  const env = { GARROD_HOME: home, DATABASE_URL: undefined }
  const dry = await garrodWith(env, 'db', 'distribute', '--dry-run')
  assert.equal(dry.exit, 0)
  assert.match(
    dry.out,
    /^select create_distributed_table\('patient', 'patient_id', colocate_with => 'none'\);$/m,
  )
  assert.doesNotMatch(dry.out, /identifier_directory/, 'only tables that are there')
  const { exit, err } = await garrodWith(env, 'db', 'distribute')
  assert.deepEqual([exit, /DISTRIBUTE_NO_CITUS/.test(err)], [2, true])
})
