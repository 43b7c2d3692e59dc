import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MIGRATIONS } from '../../src/store/migrations/migrations.ts'

/**
 * One SQL dialect from a laptop to a cluster that spreads people over machines by (tenant_id, patient_id).
 * What such a cluster (Citus) refuses, or does wrongly, must not be in a migration.
 */
interface Table {
  readonly name: string
  readonly scope: string
  readonly columns: string
}

const statements = MIGRATIONS.map(({ sql }) => sql.replace(/\s+/g, ' ')).join(' ')
const tables: readonly Table[] = MIGRATIONS.flatMap(({ sql }) =>
  [...sql.matchAll(/(?:-- scope: (\w+)\n)?create table (\w+) \(\n([\s\S]*?)\n\);/g)].map(
    ([, scope = 'none', name = '', columns = '']) => ({ name, scope, columns }),
  ),
)

const lists = (columns: string, kind: string) =>
  [...columns.matchAll(new RegExp(`^  ${kind}[^(]*\\(([^)]*)\\)`, 'gm'))].map(([, names = '']) =>
    names.split(', '),
  )

test('every table is seen, and says its scope', () => {
  assert.equal(tables.length, statements.match(/create (?:unlogged |temporary )?table/gi)?.length)
  for (const { name, scope } of tables) {
    assert.ok(['patient', 'directory', 'store'].includes(scope), `${name} has the scope "${scope}"`)
  }
})

for (const { name, scope, columns } of tables.filter(({ scope }) => scope !== 'store')) {
  const leading = scope === 'patient' ? ['tenant_id', 'patient_id'] : ['tenant_id']
  test(`${name}: ${leading.join(' and ')} lead every key`, () => {
    const keys = [
      ...lists(columns, 'primary key'),
      ...lists(columns, 'unique'),
      ...lists(columns, 'foreign key'),
    ]
    assert.equal(lists(columns, 'primary key').length, 1)
    for (const key of keys) assert.deepEqual(key.slice(0, leading.length), leading)
    assert.doesNotMatch(
      columns,
      /^ {2}(?!primary|foreign|unique)\w+ .*\b(primary key|unique|references)\b/m,
      'a key on a single column',
    )
    if (scope === 'directory') assert.doesNotMatch(columns, /references/, 'people are on other machines')
  })
}

test('a foreign key leads to a table about the same person', () => {
  const about = new Set(tables.filter(({ scope }) => scope === 'patient').map(({ name }) => name))
  for (const { name, columns } of tables) {
    for (const [, target = ''] of columns.matchAll(/references (\w+)/g)) {
      assert.ok(about.has(target), `${name} refers to ${target}`)
    }
  }
})

test('a unique index would be a key without the person', () => {
  assert.doesNotMatch(statements, /create unique index/i)
})

for (const word of [
  'trigger',
  'merge into',
  'grouping sets',
  'rollup',
  'cube',
  'for update',
  'create extension',
  'listen',
  'serial',
  'inherits',
  'exclude using',
  'materialized view',
]) {
  test(`no migration uses "${word}"`, () => {
    assert.doesNotMatch(statements, new RegExp(`\\b${word}\\b`, 'i'))
  })
}

test('text keys are collated "C": the same order on every server', () => {
  for (const { name, columns } of tables) {
    for (const column of columns.matchAll(/^ {2}(\w+) text\b(.*)$/gm)) {
      const [, text = '', rest = ''] = column
      const isKey = lists(columns, 'primary key').some((key) => key.includes(text))
      if (isKey) assert.match(rest, /collate "C"/, `${name}.${text}`)
    }
  }
})
