import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { type SiteAccess, USUAL_SITE } from '../../src/app/access/site-access.ts'
import { siteNames } from '../../src/app/name/site-names.ts'
import { assemblies } from '../../src/knowledge/assemblies.ts'
import { reverseComplement } from '../../src/variant/nucleotides.ts'
import { fhirFacts, fhirServer } from '../support/fhir-server.ts'
import { agrees, asSent, PEER, peerCases, peerPeople } from '../support/genomics-peer.ts'
import { needs } from '../support/shared-data.ts'
import { providerCache } from '../variant/provider-cache.ts'

/** Why a case differs; see docs/evidence/genomics-operations.md. */
const KNOWN: Readonly<Record<string, readonly [status: number, because: string]>> = {
  get_feature_coordinates_4: [422, 'where genes lie is not held'],
  get_feature_coordinates_6: [422, 'what proteins are called is not held'],
  get_find_the_gene_1: [422, 'where genes lie is not held'],
  normalize_hla_utility: [422, 'the nomenclature of HLA may not be carried'],
  find_subject_structural_intersecting_variants_2: [422, 'the range names the other assembly'],
  population_structural_subsuming_variants_1: [
    200,
    'a seeded deletion holds the range, the peer counts nobody',
  ],
}

/**
 * What a site would give for the one name on a transcript: the exon of BRAF that holds c.1742 to c.1860, on GRCh38, and its
 * bases. No alignment of NM_001354609.2 is in the evaluation data: its exon is taken to lie as that of NM_004333.6 does, whose
 * bases are, and the fourteen exons before it stand as one block.
 */
function brafFiles(folder: string): SiteAccess {
  const [first, last, before] = [140_753_275, 140_753_393, 1967]
  const bases = providerCache().sequences.bases('NM_004333.6', before, before + last - first + 1)
  const fasta = `>NC_000007.14:${first}-${last}\n${reverseComplement(bases)}\n`
  const alignment = {
    contig: 'NC_000007.14',
    strand: '-',
    exons: [
      [140_800_000, 140_800_000 + before, 1, 1, before, null],
      [first - 1, last, 2, before + 1, before + bases.length, null],
    ],
  }
  const braf = {
    id: 'NM_001354609.2',
    gene_name: 'BRAF',
    start_codon: 226,
    stop_codon: before + bases.length,
    genome_builds: { GRCh38: alignment },
  }
  const [reference, transcripts] = [join(folder, 'braf.fa'), join(folder, 'braf.json')]
  writeFileSync(reference, fasta)
  writeFileSync(transcripts, JSON.stringify({ transcripts: { [braf.id]: braf } }))
  return { ...USUAL_SITE, references: [reference], transcripts: [transcripts] }
}

test('every case of the reference implementation over HTTP, with bodies compared', {
  skip: needs(PEER),
}, async () => {
  const known = assemblies(fhirFacts)
  const folder = mkdtempSync(join(tmpdir(), 'garrod-braf-'))
  const names = (await siteNames(brafFiles(folder), known, () => undefined))!
  const server = await fhirServer({ assemblies: known, names })
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
    assert.equal(equal, 58)
  } finally {
    await server.close()
    rmSync(folder, { recursive: true })
  }
})
