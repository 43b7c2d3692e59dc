import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { codeWords } from '../../../src/decide/sentence/code-words.ts'
import { doThis } from '../../../src/decide/sentence/do-this.ts'
import { Facts } from '../../../src/knowledge/facts.ts'
import { codes, codesOf } from '../../../src/knowledge/guideline/codes.ts'
import type { When } from '../../../src/knowledge/guideline/guideline-rule.ts'
import { type CitedRule, guidelines } from '../../../src/knowledge/guideline/guidelines.ts'
import { labelMentions } from '../../../src/knowledge/guideline/label-mention.ts'
import { needs, sharedData } from '../../support/shared-data.ts'

const EXAMPLE = 'pgx/cases/examples/example.recommendations.jsonl'
const INDEX = 'pgx/guidance/guideline_index_v3.1.tsv'

const facts = Facts.find([join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'facts')])
const words = codeWords(codes(facts))
const cited = guidelines(facts).rules.filter(({ pack }) => pack.id === 'fda')

interface Row {
  readonly source: string
  readonly drug: string
  readonly guideline: string
  readonly lookupKey: readonly Readonly<Record<string, string | Readonly<Record<string, number>>>>[]
  readonly phenotypes: Readonly<Record<string, string>>
  readonly text: string
}

const published = (): Row[] =>
  readFileSync(sharedData(EXAMPLE)!, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row)
    .filter((row) => row.source.startsWith('FDA'))

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)

/** What the example knows of a gene: its phenotype, its looked-up value, and the pair of alleles where it is one. */
function knownOf(row: Row, gene: string): string[] {
  const value = row.lookupKey[0]?.[gene]
  const pair =
    typeof value === 'object'
      ? [
          Object.entries(value)
            .flatMap(([allele, copies]) => Array.from({ length: copies }, () => allele))
            .join('/'),
        ]
      : [value ?? '']
  return [row.phenotypes[gene] ?? '', ...pair]
}

const holds = (row: Row, when: When): boolean =>
  when.in.some((value) => knownOf(row, when.gene).includes(value))

test('each of the 35 rows of the example finds exactly one rule, coded from its text', {
  skip: needs(EXAMPLE),
}, () => {
  const rows = published()
  assert.equal(rows.length, 35)
  for (const row of rows) {
    const found = cited.filter(
      ({ rule }) =>
        rule.guideline === row.guideline &&
        rule.drugs.includes(row.drug) &&
        rule.when.every((when) => holds(row, when)),
    )
    assert.equal(found.length, 1, `${row.source} ${row.drug}`)
    assert.equal(found[0]!.rule.textSha256, hash(row.text))
    assert.equal(
      found[0]!.guideline.source,
      row.source === 'FDA Label Annotation' ? 'FDA label' : 'FDA PGx table',
    )
  }
})

/** FDA Drug Safety Communication of 20 April 2017. */
const UNDER_12 =
  "FDA's strongest warning, called a Contraindication, to the drug labels of codeine and tramadol alerting that codeine should not be used to treat pain or cough and tramadol should not be used to treat pain in children younger than 12 years."

test('rules come from no other text than those of the rows', { skip: needs(EXAMPLE) }, () => {
  const texts = new Set([...published().map((row) => hash(row.text)), hash(UNDER_12)])
  for (const { rule } of cited) assert.ok(texts.has(rule.textSha256), rule.id)
})

test('every code of the FDA rules is a word of the list', () => {
  const list = codes(facts)
  for (const { rule } of cited)
    for (const [kind, code] of codesOf(rule)) assert.ok(list.word(kind, code), `${rule.id}: ${kind} ${code}`)
})

/** Three ranges of expected maintenance doses of warfarin: US label, section 2.3, table 1. Unit: mg per day. */
const WARFARIN = `
      *1/*1  *1/*2  *1/*3  *2/*2  *2/*3  *3/*3
  GG  5-7    5-7    3-4    3-4    3-4    0.5-2
  AG  5-7    3-4    3-4    3-4    0.5-2  0.5-2
  AA  3-4    3-4    0.5-2  0.5-2  0.5-2  0.5-2`

test('warfarin: the 18 cells of the label table', () => {
  const [header, ...rows] = WARFARIN.trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
  for (const [vkorc1, ...cells] of rows) {
    cells.forEach((cell, column) => {
      const [from, to] = cell.split('-').map(Number)
      const found = warfarin(`-1639 ${vkorc1}`, header![column]!)
      assert.equal(found.length, 1, `${vkorc1} ${header![column]}`)
      const amount = found[0]!.rule.actions[0]?.dose?.amount
      assert.deepEqual(amount, { from, to, unit: 'mg', per: 'day' }, `${vkorc1} ${header![column]}`)
    })
  }
  assert.deepEqual(warfarin('-1639 GG', '*1/*5'), [])
})

function warfarin(vkorc1: string, cyp2c9: string): CitedRule[] {
  const value: Readonly<Record<string, string>> = { VKORC1: vkorc1, CYP2C9: cyp2c9 }
  return cited.filter(
    ({ rule }) =>
      rule.drugs.includes('warfarin') && rule.when.every((when) => when.in.includes(value[when.gene]!)),
  )
}

test('malignant hyperthermia: known susceptibility contraindicates, an uncertain result only informs', () => {
  for (const drug of ['desflurane', 'isoflurane', 'sevoflurane', 'succinylcholine']) {
    const rules = cited.filter(({ rule }) => rule.drugs.includes(drug)).map(({ rule }) => rule)
    assert.equal(rules.length, 3, drug)
    for (const rule of rules) {
      const uncertain = rule.when.some((when) => when.in.includes('Uncertain Susceptibility'))
      assert.equal(
        rule.actions.some(({ code }) => code === 'CONTRAINDICATED'),
        !uncertain,
      )
      assert.equal(rule.interrupt, uncertain ? 'info' : 'critical')
    }
  }
})

test('the words that a prescriber reads for the gravest rows', () => {
  const say = (drug: string, source: CitedRule['guideline']['source'], value: string): string => {
    const found = cited.find(
      ({ rule, guideline }) =>
        rule.drugs.includes(drug) &&
        guideline.source === source &&
        rule.when.some((when) => when.in.includes(value)),
    )
    return doThis({ actions: found!.rule.actions, drug }, words)
  }
  assert.equal(say('abacavir', 'FDA label', '*57:01 positive'), 'Do not use abacavir (contraindicated).')
  assert.equal(
    say('thioridazine', 'FDA label', 'Poor Metabolizer'),
    'Do not use thioridazine (contraindicated).',
  )
  assert.equal(
    say('carbamazepine', 'FDA label', '*15:02 positive'),
    'Unless the benefit clearly outweighs the risk, avoid carbamazepine.',
  )
  assert.equal(
    say('phenytoin', 'FDA label', '*3'),
    'As an alternative to carbamazepine, consider avoiding phenytoin.',
  )
  assert.equal(say('eliglustat', 'FDA label', 'Intermediate Metabolizer'), 'Give 84 mg twice daily.')
})

test('the index names all 226 entries, and says how many are coded', { skip: needs(INDEX) }, () => {
  const entries = readFileSync(sharedData(INDEX)!, 'utf8')
    .split('\n')
    .map((line) => line.split('\t'))
    .filter(([source]) => source?.startsWith('FDA') === true)
  assert.equal(entries.length, 226)
  const mentions = labelMentions(facts)
  for (const [source, drug, id, , url] of entries) {
    const found = mentions.forDrug(drug!).filter((one) => one.id === id)
    assert.ok(found.length > 0, `${drug} ${id}`)
    for (const one of found) {
      assert.equal(one.source, source === 'FDA Label Annotation' ? 'FDA label' : 'FDA PGx table')
      assert.equal(one.url, url)
    }
  }
  const all = mentions.drugs.flatMap((drug) => mentions.forDrug(drug))
  const coded = new Set(all.filter((one) => one.content !== 'none').map((one) => one.id))
  assert.equal(coded.size, 35)
})
