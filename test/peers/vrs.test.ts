import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { sha512t24u } from '../../src/terms/vrs/digest.ts'
import { identifyVrs1, serializeVrs1, type VrsObject } from '../../src/terms/vrs/identify.ts'
import { needs, sharedData } from '../support/shared-data.ts'

const VECTORS = 'interop/vrs/vrs-1.3-vectors.json'
interface Vector {
  readonly in: VrsObject
  readonly out: { readonly ga4gh_identify: string; readonly ga4gh_serialize?: string }
}

test('GA4GH VRS 1.3 validation vectors', { skip: needs(VECTORS) }, () => {
  const vectors = JSON.parse(readFileSync(sharedData(VECTORS)!, 'utf8')) as Record<string, Vector[]>
  for (const { in: text, out } of vectors['ga4gh_digest'] as unknown as { in: string; out: string }[])
    assert.equal(sha512t24u(text), out)
  let seen = 0
  for (const kind of ['SequenceLocation', 'ChromosomeLocation', 'Allele', 'Haplotype', 'CopyNumberCount']) {
    for (const one of vectors[kind] ?? []) {
      assert.equal(identifyVrs1(one.in), one.out.ga4gh_identify)
      if (one.out.ga4gh_serialize !== undefined) assert.equal(serializeVrs1(one.in), one.out.ga4gh_serialize)
      seen++
    }
  }
  assert.ok(seen >= 5)
})
