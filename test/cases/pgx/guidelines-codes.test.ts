// Every built-in guideline pack against the list of words, and the list against itself.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CODE_KINDS, codes, codesOf } from '../../../src/knowledge/guideline/codes.ts'
import { guidelines } from '../../../src/knowledge/guideline/guidelines.ts'
import { builtInFacts } from '../../support/guideline-facts.ts'

const facts = builtInFacts()
const list = codes(facts)
const { rules } = guidelines(facts)

test('every rule of every built-in pack is of the schema and cites a guideline of its pack', () => {
  assert.ok(rules.length > 800, `${rules.length} rules`)
  assert.equal(new Set(rules.map(({ rule, pack }) => `${pack.id} ${rule.id}`)).size, rules.length)
})

test('every code of every rule has words', () => {
  const missing = rules.flatMap(({ rule, pack }) =>
    codesOf(rule)
      .filter(([kind, code]) => list.word(kind, code) === undefined)
      .map(([kind, code]) => `${pack.id} ${rule.id}: ${kind} ${code}`),
  )
  assert.deepEqual(missing, [])
})

test('the list is sorted by kind and code, without repeats, in lower case and without full stops', () => {
  const keys = facts
    .pack('codes')
    .text('codes.tsv')
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => line.split('\t').slice(0, 2).reverse().join('\t'))
  assert.deepEqual(keys, [...new Set(keys)].sort())
  for (const { code, kind, english } of list.all) {
    assert.ok(CODE_KINDS.includes(kind), `${code}: kind ${kind}`)
    assert.ok(english.length > 0 && !english.endsWith('.'), `${kind} ${code}: "${english}"`)
    assert.equal(
      code.endsWith(':'),
      english.includes('{}'),
      `${kind} ${code}: a family, and only a family, has {}`,
    )
  }
})

test('what a prescriber is told is listed once: as something to do, or as a note', () => {
  const told = list.all.filter(({ kind }) => kind === 'inform' || kind === 'note').map(({ code }) => code)
  assert.deepEqual(
    told.filter((code, index) => told.indexOf(code) !== index),
    [],
  )
})
