import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assemblies } from '../../src/knowledge/assemblies.ts'
import { fhirFacts, fhirServer } from '../support/fhir-server.ts'
import { agrees, asSent, PEER, peerCases, peerPeople } from '../support/genomics-peer.ts'
import { needs } from '../support/shared-data.ts'

/** Why a case differs; see docs/evidence/genomics-operations.md. */
const KNOWN: Readonly<Record<string, readonly [status: number, because: string]>> = {
  get_feature_coordinates_4: [422, 'where genes lie is not held'],
  get_feature_coordinates_6: [422, 'what proteins are called is not held'],
  get_find_the_gene_1: [422, 'where genes lie is not held'],
  normalize_hla_utility: [422, 'the nomenclature of HLA may not be carried'],
  find_subject_structural_intersecting_variants_2: [422, 'the range names the other assembly'],
  find_subject_tx_implications_1: [422, 'needs the alignment of a transcript'],
  population_structural_subsuming_variants_1: [
    200,
    'a seeded deletion holds the range, the peer counts nobody',
  ],
}

test('every case of the reference implementation over HTTP, with bodies compared', {
  skip: needs(PEER),
}, async () => {
  const server = await fhirServer({ assemblies: assemblies(fhirFacts) })
  try {
    const people = peerPeople()
    for (const { id, resources } of people) {
      const entry = resources.map((resource) => ({
        resource,
        request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
      }))
      const answer = await fetch(server.base, {
        method: 'POST',
        headers: { 'content-type': 'application/fhir+json' },
        body: JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }),
      })
      assert.equal(answer.status, 200, `${id}: ${(await answer.text()).slice(0, 500)}`)
    }
    const differ = new Map<string, number>()
    let equal = 0
    for (const { id, operation, path, query, expectStatus, expected } of peerCases()) {
      const answer = await fetch(`${server.base}${path}?${query}`)
      const body: unknown = await answer.json()
      const same =
        answer.status === expectStatus &&
        (expected === undefined || agrees(operation, asSent(body, people), expected))
      if (same) equal++
      else differ.set(id, answer.status)
    }
    assert.deepEqual(
      [...differ].sort(),
      Object.entries(KNOWN)
        .map(([id, [status]]) => [id, status])
        .sort(),
    )
    assert.equal(equal, 57)
  } finally {
    await server.close()
  }
})
