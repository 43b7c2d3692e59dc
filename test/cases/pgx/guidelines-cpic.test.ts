// The CPIC pack of January 2024 against the release it was coded from, and the pack in force against recommendations
// published in November 2025.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Facts } from '../../../src/knowledge/facts.ts'
import type { GuidelineRule } from '../../../src/knowledge/guideline/guideline-rule.ts'
import { guidelines } from '../../../src/knowledge/guideline/guidelines.ts'
import { CodedPopulation, CodedText } from '../../../src/knowledge/import/guideline/codebook.ts'
import { type Lookup, lookupsOf } from '../../../src/knowledge/import/guideline/collapse.ts'
import { plainText, textHash } from '../../../src/knowledge/import/guideline/guideline-text.ts'
import { builtInFacts } from '../../support/guideline-facts.ts'
import { needs, sharedData } from '../../support/shared-data.ts'

const ROWS = 'pgx/guidance/recommendations.jsonl'
const EXAMPLE = 'pgx/cases/examples/example.recommendations.jsonl'

const STRENGTH: Readonly<Record<string, GuidelineRule['strength']>> = {
  Strong: 'strong',
  Moderate: 'moderate',
  Optional: 'optional',
  'No recommendation': 'none',
  'N/A': 'none',
  null: 'unspecified',
}

const facts = builtInFacts()
const rules = cpicRules(facts)

function cpicRules(from: Facts): GuidelineRule[] {
  return guidelines(from)
    .rules.filter(({ pack }) => pack.id === 'cpic')
    .map(({ rule }) => rule)
}
const populations = new Map(
  lines(facts.pack('cpic').text('populations.jsonl')).map((line) => {
    const { name, population } = CodedPopulation.parse(line)
    return [name, population.code]
  }),
)

function lines(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown)
}

/** One recommendation in one line: what must be equal on both sides. */
function keyOf(
  guideline: string,
  drug: string,
  lookup: Lookup,
  population: string,
  strength: string,
  text: string,
): string {
  return [guideline, drug, population, strength, text, JSON.stringify(Object.entries(lookup).sort())].join(
    ' | ',
  )
}

interface Row {
  readonly source: string
  readonly guideline: string
  readonly drugs: readonly [string]
  readonly population: string | null
  readonly strength: string | null
  readonly lookup: Lookup
  readonly text: string
}

test('expanding the rules of January 2024 gives back every row of that release and nothing else', {
  skip: needs(ROWS),
}, () => {
  const rows = (lines(readFileSync(sharedData(ROWS)!, 'utf8')) as Row[]).filter(
    (row) => row.source === 'CPIC',
  )
  const published = rows.map((row) => {
    const population = populations.get(row.population)
    const strength = STRENGTH[String(row.strength)]
    assert.ok(population !== undefined && strength !== undefined, `${row.population} ${row.strength}`)
    return keyOf(row.guideline, row.drugs[0], row.lookup, population, strength, textHash(row.text))
  })
  const expanded = cpicRules(builtInFacts('cpic@2024-01')).flatMap((rule) =>
    rule.drugs.flatMap((drug) =>
      lookupsOf(rule.when).map((lookup) =>
        keyOf(rule.guideline, drug, lookup, rule.population.code, rule.strength, rule.textSha256),
      ),
    ),
  )
  assert.equal(published.length, 2054)
  assert.deepEqual(expanded.sort(), published.sort())
})

interface Published {
  readonly source: string
  readonly drug: string
  readonly population: string | null
  readonly classification: string | null
  readonly lookupKey: readonly Lookup[]
  readonly text: string
}

/** Warfarin has no row: its guideline is a flow chart, answered by the dose equations. */
const NO_ROW = ['warfarin']

test('recommendations published in 2025 are found with the same text and strength', {
  skip: needs(EXAMPLE),
}, () => {
  const example = (lines(readFileSync(sharedData(EXAMPLE)!, 'utf8')) as Published[]).filter((one) =>
    one.source.startsWith('CPIC'),
  )
  const plain = new Map(
    lines(facts.pack('cpic').text('codebook.jsonl')).map((line) => {
      const coded = CodedText.parse(line)
      return [coded.textSha256, coded.plainSha256]
    }),
  )
  const differences: string[] = []
  for (const one of example) {
    const found = rules.filter(
      (rule) =>
        rule.drugs.includes(one.drug) &&
        rule.population.code === populations.get(one.population) &&
        one.lookupKey.some((lookup) => covers(rule, lookup)),
    )
    if (found.length === 0) differences.push(one.drug)
    else {
      const texts = found.map((rule) => plain.get(rule.textSha256))
      if (!texts.includes(textHash(plainText(one.text)))) differences.push(`${one.drug}: text`)
      const strength = STRENGTH[String(one.classification)]
      if (!found.some((rule) => rule.strength === strength)) differences.push(`${one.drug}: strength`)
    }
  }
  console.log(
    `CPIC recommendations of 2025: ${example.length}, differing: ${differences.length} (${differences.join(', ')})`,
  )
  assert.equal(example.length, 83)
  assert.deepEqual(differences, NO_ROW)
})

function covers(rule: GuidelineRule, lookup: Lookup): boolean {
  return (
    rule.when.length === Object.keys(lookup).length &&
    rule.when.every(({ gene, in: values }) => values.includes(lookup[gene] ?? ''))
  )
}

test('the pack in force keeps every rule of January 2024 and adds those of later guidelines', () => {
  const old = new Set(cpicRules(builtInFacts('cpic@2024-01')).map(({ id }) => id))
  const added = rules.filter(({ id }) => !old.has(id))
  assert.equal(rules.length - added.length, old.size)
  assert.deepEqual([...new Set(added.flatMap(({ drugs }) => drugs))].sort(), [
    'dibekacin',
    'hydralazine',
    'metoprolol',
    'neomycin',
    'netilmicin',
    'ribostamycin',
  ])
})
