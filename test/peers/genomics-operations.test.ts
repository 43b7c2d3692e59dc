import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Asked } from '../../src/fhir/genomics/asked.ts'
import type { Parameters } from '../../src/fhir/genomics/genomics-data.ts'
import { GENOMICS_OPERATIONS } from '../../src/fhir/genomics/operations.ts'
import { assemblies } from '../../src/knowledge/assemblies.ts'
import { Facts } from '../../src/knowledge/facts.ts'
import type { Resource } from '../../src/record/resource.ts'
import { Fault } from '../../src/terms/fault.ts'
import { canonical, genomicsMemory } from '../support/genomics-memory.ts'
import { needs, sharedData } from '../support/shared-data.ts'

/** Cases of the reference implementation (FHIR/genomics-operations); answers are compared without order and ids. */
const FOLDER = 'interop/genomics-operations'

interface Case {
  readonly id: string
  readonly operation: string
  readonly query: string
  readonly expectStatus: number
  readonly expected?: string
}

/** Why a case differs; see docs/evidence/genomics-operations.md. */
const KNOWN: Readonly<Record<string, string>> = {
  find_subject_specific_variants_3: 'PATIENT_UNKNOWN: the seed has no such person',
  find_study_metadata_1: 'PATIENT_UNKNOWN: the seed has no such person',
  find_study_metadata_2: 'the seed has no studies',
  find_subject_structural_intersecting_variants_2: 'LIFTOVER_UNKNOWN: the range names the other assembly',
  find_subject_tx_implications_1: 'VARIANT_NOT_NORMALISED: needs a transcript alignment',
  population_structural_subsuming_variants_1: 'a seeded deletion holds the range, the peer counts nobody',
}

function load(): { cases: readonly Case[]; resources: readonly Resource[] } {
  const folder = sharedData(FOLDER)!
  const json = (path: string): unknown => JSON.parse(readFileSync(join(folder, path), 'utf8'))
  const bundles = readdirSync(join(folder, 'seed')).map((file) => json(`seed/${file}`)) as {
    entry: { resource: Resource }[]
  }[]
  return {
    cases: json('cases.json') as Case[],
    resources: bundles.flatMap((one) => one.entry.map((its) => its.resource)),
  }
}

function askedOf(query: string): Asked {
  const values = new Map<string, string[]>()
  for (const pair of query.split('&').filter((one) => one !== '')) {
    const at = pair.indexOf('=')
    const name = pair.slice(0, at)
    values.set(name, [...(values.get(name) ?? []), decodeURIComponent(pair.slice(at + 1))])
  }
  return new Asked(values)
}

/**
 * Whether a population answer agrees as far as the seed goes: the same items, and nobody whom the peer does not count. The
 * peer counts people, and results of seeded people, that are not in the seed.
 */
function agrees(answer: Parameters, expected: Parameters): boolean {
  const items = (one: Parameters) =>
    one.parameter?.map((its) =>
      its.part?.filter((part) => part.name.endsWith('Item')).map((part) => part.valueString),
    )
  const people = (one: Parameters) =>
    one.parameter?.map((its) =>
      its.part?.filter((part) => part.name === 'subject').map((part) => part.valueString),
    )
  // Of one haplotype the peer does not repeat which it was.
  const unnamed = expected.parameter?.length === 1 && items(expected)?.[0]?.length === 0
  if (!unnamed && canonical(items(answer)) !== canonical(items(expected))) return false
  const theirs = people(expected)?.flat() ?? []
  const counted = expected.parameter?.map(
    (one) => one.part?.find((its) => its.name === 'numerator')?.valueQuantity?.value,
  )
  const ours = answer.parameter?.map(
    (one) => one.part?.find((its) => its.name === 'numerator')?.valueQuantity?.value,
  )
  return (
    (people(answer)?.flat() ?? []).every((one) => theirs.includes(one)) &&
    (ours ?? []).every((n, i) => n !== undefined && n <= (counted?.[i] ?? 0))
  )
}

test('the reference implementation’s cases, with bodies compared', { skip: needs(FOLDER) }, async () => {
  const { cases, resources } = load()
  const data = genomicsMemory(resources)
  const known = assemblies(Facts.find([join(import.meta.dirname, '..', '..', 'facts')]))
  const differ: string[] = []
  let equal = 0
  for (const one of cases) {
    const operation = GENOMICS_OPERATIONS.find((its) => `$${its.name}` === one.operation)
    if (operation === undefined) continue
    let answer: Parameters | Fault
    try {
      answer = await operation.run(askedOf(one.query), data, known)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      answer = error
    }
    if (one.expectStatus === 400) {
      assert.ok(answer instanceof Fault, one.id)
      equal++
      continue
    }
    const expected = JSON.parse(readFileSync(sharedData(`${FOLDER}/${one.expected}`)!, 'utf8')) as Parameters
    const same =
      !(answer instanceof Fault) &&
      (operation.about === 'subject' ? canonical(answer) === canonical(expected) : agrees(answer, expected))
    if (same) equal++
    else differ.push(one.id)
  }
  assert.deepEqual(differ.sort(), Object.keys(KNOWN).sort())
  assert.equal(equal, 49)
})
