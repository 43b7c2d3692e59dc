import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { diagnose } from '../../src/interpret/phenotype/phenotype.ts'
import { Facts } from '../../src/knowledge/facts.ts'
import { ontology } from '../../src/knowledge/hpo/ontology.ts'
import { needs, sharedData } from '../support/shared-data.ts'
import { publishedCases } from './phenotype/published-cases.ts'

const CASES = 'phenopackets/dev.jsonl.gz'

/** A floor under the ranking as shipped; these cases taught the weights, the honest figures are in docs/evidence/phenotype.md. */
test('published patients: every ninth clean case, the right disease is often among the first ten', {
  skip: needs(CASES),
}, () => {
  const facts = Facts.find(
    [fileURLToPath(new URL('../../facts', import.meta.url))],
    ['hpo-annotations@2023-01-27'],
  )
  const { ids } = ontology(facts)
  const cases = publishedCases(sharedData(CASES)!, ontology(facts)).filter((one) => one.stratum === 'clean')
  const asked = cases.filter((_, place) => place % 9 === 0)
  const ranks = asked.map(({ seen, disease }) => {
    const { diseases } = diagnose(facts, {
      observed: seen.observed.map((one) => ids[one]!),
      excluded: seen.excluded.map((one) => ids[one]!),
      sex: seen.sex,
      explained: 0,
    })
    return diseases.findIndex((one) => one.id === disease)
  })
  const first = ranks.filter((one) => one === 0).length / asked.length
  const ten = ranks.filter((one) => one >= 0).length / asked.length
  assert.ok(first > 0.28, `first ${first}`)
  assert.ok(ten > 0.58, `first ten ${ten}`)
})
