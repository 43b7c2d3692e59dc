import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readVariant } from '../../src/fhir/genomics/asked-variant.ts'
import { readEdit } from '../../src/fhir/genomics/edit.ts'
import { genomeOf } from '../../src/fhir/genomics/genome.ts'
import { sameVariants } from '../../src/fhir/genomics/place.ts'
import { compareEdits } from '../../src/fhir/genomics/same-edit.ts'
import type { StoredVariant } from '../../src/fhir/genomics/stored-variant.ts'
import { assemblies } from '../../src/knowledge/assemblies.ts'
import { Fault } from '../../src/terms/fault.ts'
import { fhirFacts } from '../support/fhir-server.ts'
import { needs } from '../support/shared-data.ts'
import { ROW_FILES } from '../variant/projection-rows.ts'
import { CACHE, providerCache } from '../variant/provider-cache.ts'
import { sharedLines } from '../variant/shared-lines.ts'

/** Genomic names that are exact. */
const READABLE =
  /^NC_\d+\.\d+:g\.\d+(_\d+)?([ACGT]>[ACGT]|del[ACGT]*|dup[ACGT]*|ins[ACGT]+|del[ACGT]*ins[ACGT]+)$/

/** Real variants with their genomic and coding names, as tables of biocommons/hgvs have them. */
function rows(): readonly (readonly [genomic: string, coding: string])[] {
  return ROW_FILES.flatMap((file) =>
    sharedLines(`reference/hgvs/${file}`)
      .map((line) => line.split('\t'))
      .flatMap(([, g = '', c = '']) => (READABLE.test(g) && /^NM_\S+:c\./.test(c) ? [[g, c] as const] : [])),
  )
}

function stored(g: string): StoredVariant {
  const edit = readEdit(g)
  const { refseq, start, end } = edit
  const resource = { resourceType: 'Observation', id: g }
  return { resource, reference: g, refseq, edit, span: { start, end }, inner: undefined }
}

/** One row may write out what another leaves to the reference: "delA" and "del". */
function alike(one: StoredVariant, other: StoredVariant): boolean {
  return compareEdits(one.edit!, other.edit!) === 'yes'
}

test('a variant asked by its name on a transcript is the one stored by its genomic name, and never another', {
  skip: needs(CACHE),
}, () => {
  const genome = genomeOf(assemblies(fhirFacts), providerCache())
  const counts = { found: 0, refused: 0 }
  const wrong: string[] = []
  let before: readonly StoredVariant[] = []
  for (const [g, c] of rows()) {
    const own = stored(g)
    // The variants of the rows before are not this one, unless they are named alike.
    const held = [...before.filter((one) => one.reference !== g), own]
    before = held.slice(-5)
    try {
      const found = sameVariants(readVariant(c, genome), held, genome)
      const others = found.filter((one) => one !== own && !alike(one, own))
      if (found.includes(own) && others.length === 0) counts.found++
      else wrong.push(`${c} is ${g}: ${found.map((one) => one.reference).join(', ')}`)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      counts.refused++
    }
  }
  assert.deepEqual(wrong, [])
  // Refused: bases of an indel that the recorded slices lack, transcripts that were not recorded, names that contradict their exons.
  assert.deepEqual(counts, { found: 11_048, refused: 2333 })
})
