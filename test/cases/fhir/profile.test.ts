import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reportBundle } from '../../../src/deliver/fhir/bundle.ts'
import { exampleCase } from '../../support/example-case.ts'
import { type Json, problemsOf } from '../../support/genomics-reporting.ts'
import { exampleGenes, exampleLoci } from '../../support/report-loci.ts'

/** The example's bundle as plain JSON, as a receiver sees it. */
function exampleBundle(type: 'collection' | 'transaction'): { fullUrl: string; resource: Json }[] {
  const bundle = reportBundle({
    ...exampleCase,
    loci: exampleLoci,
    genes: exampleGenes,
    issued: '2026-11-22T09:30:00Z',
    type,
    status: 'preliminary',
  })
  return JSON.parse(JSON.stringify(bundle.entry)) as { fullUrl: string; resource: Json }[]
}

test('everything that claims a profile of Genomics Reporting STU3 conforms to it', () => {
  for (const type of ['collection', 'transaction'] as const) {
    const entries = exampleBundle(type)
    const claimed = entries.flatMap((one) => (one.resource['meta'] as { profile?: string[] })?.profile ?? [])
    assert.deepEqual(problemsOf(entries), [])
    assert.deepEqual([...new Set(claimed.map((one) => one.split('/').at(-1)))].sort(), [
      'genomic-report',
      'genomic-study',
      'genomic-study-analysis',
      'genotype',
      'haplotype',
      'medication-recommendation',
      'sequence-phase-relationship',
      'therapeutic-implication',
      'variant',
    ])
  }
})

/** One damage each; the check must see all of them, or it proves nothing about the bundle. */
const DAMAGES: readonly (readonly [what: string, profile: string, damage: (resource: Json) => void])[] = [
  ['no GE category', 'genotype', (it) => (it['category'] as Json[]).pop()],
  ['no status', 'variant', (it) => delete it['status']],
  ['another code', 'haplotype', (it) => ((it['code'] as { coding: Json[] }).coding[0]!['code'] = '84413-4')],
  ['no value', 'genotype', (it) => delete it['valueCodeableConcept']],
  ['a value where none may be', 'therapeutic-implication', (it) => (it['valueString'] = 'poor')],
  ['no derivedFrom', 'therapeutic-implication', (it) => delete it['derivedFrom']],
  ['an unknown element', 'variant', (it) => (it['zygosity'] = 'heterozygous')],
  [
    'a wrong value type',
    'genotype',
    (it) => {
      delete it['valueCodeableConcept']
      it['valueString'] = '*1/*2'
    },
  ],
  [
    'a code outside a required binding',
    'variant',
    (it) => {
      const chromosome = (it['component'] as Json[]).find((one) => JSON.stringify(one).includes('48000-4'))!
      ;(chromosome['valueCodeableConcept'] as { coding: Json[] }).coding[0]!['code'] = 'chr10'
    },
  ],
  [
    'a slice that may be there once, twice',
    'variant',
    (it) => {
      const components = it['component'] as Json[]
      components.push(components.find((one) => JSON.stringify(one).includes('69547-8'))!)
    },
  ],
  [
    'a slice with a value of another type',
    'variant',
    (it) => {
      const ref = (it['component'] as Json[]).find((one) => JSON.stringify(one).includes('69547-8'))!
      delete ref['valueString']
      ref['valueCodeableConcept'] = { text: 'C' }
    },
  ],
  ['another status', 'medication-recommendation', (it) => (it['status'] = 'completed')],
  [
    'a Task without a reason of the right profile',
    'medication-recommendation',
    (it) => {
      it['reasonReference'] = it['for']
    },
  ],
  ['no Genetics category', 'genomic-report', (it) => (it['category'] = [{ text: 'Genetics' }])],
  [
    'an extension that points to the wrong thing',
    'genomic-report',
    (it) => {
      const action = (it['extension'] as Json[]).find((one) =>
        String(one['url']).endsWith('recommended-action'),
      )!
      action['valueReference'] = it['subject']
    },
  ],
]

for (const [what, profile, damage] of DAMAGES) {
  test(`the check sees ${what} (${profile})`, () => {
    const entries = exampleBundle('collection')
    const target = entries.find((one) => JSON.stringify(one.resource['meta'] ?? '').includes(`/${profile}"`))!
    damage(target.resource)
    assert.notDeepEqual(problemsOf(entries), [])
  })
}
