import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GenotypeSet, LocusCall } from '../../record/genotype.ts'
import { named, refuseSexContradiction, refuseTwoPeople } from './wrong-patient.ts'

function set(locus: string, alleles: LocusCall['alleles'], sample = 'S', sha256 = 'f00d'): GenotypeSet {
  return {
    sample,
    source: { name: 'a.vcf', format: 'vcf', sha256 },
    assembly: 'GRCh38',
    calls: [{ locus, alleles, phased: false, phaseSet: undefined, evidence: 'variant-record' }],
    gaps: [],
    notes: [],
  }
}

const refused = (code: string) => (error: unknown) => (error as { code?: string }).code === code

for (const [sex, locus, alleles, what] of [
  ['male', 'chrX:154535277', ['T', 'C'], 'refused'],
  ['male', 'chrX:154535277', ['C', 'C'], 'passed'],
  ['male', 'chrX:154535277', ['C'], 'passed'],
  ['male', 'chrX:154535277', ['C', '.'], 'passed'],
  ['male', 'chr1:154535277', ['T', 'C'], 'passed'],
  ['female', 'chrX:154535277', ['C'], 'refused'],
  ['female', 'chrX:154535277', ['.'], 'passed'],
  ['female', 'chrX:154535277', ['C', 'C'], 'passed'],
  ['female', 'chrX:154535277', ['T', 'C'], 'passed'],
  ['female', 'chrY:2786855', ['C'], 'passed'],
  ['other', 'chrX:154535277', ['T', 'C'], 'passed'],
  ['unknown', 'chrX:154535277', ['C'], 'passed'],
  // Both sides of each edge of the pseudoautosomal regions.
  ['male', 'chrX:10000', ['T', 'C'], 'refused'],
  ['male', 'chrX:10001', ['T', 'C'], 'passed'],
  ['male', 'chrX:2781479', ['T', 'C'], 'passed'],
  ['male', 'chrX:2781480', ['T', 'C'], 'refused'],
  ['male', 'chrX:155701382', ['T', 'C'], 'refused'],
  ['male', 'chrX:155701383', ['T', 'C'], 'passed'],
  ['male', 'chrX:156030895', ['T', 'C'], 'passed'],
  ['male', 'chrX:156030896', ['T', 'C'], 'refused'],
] as const) {
  test(`${sex}, ${locus} ${alleles.join('/')}: ${what}`, () => {
    const judge = () => refuseSexContradiction(sex, set(locus, alleles))
    if (what === 'refused') assert.throws(judge, refused('SEX_CONTRADICTION'))
    else judge()
  })
}

test('two samples of one file are two people; of two files they may be one', () => {
  const one = set('chr1:1', ['A', 'A'], 'S1', 'aa')
  refuseTwoPeople([])
  refuseTwoPeople([one, { ...one }])
  refuseTwoPeople([one, set('chr1:1', ['A', 'A'], 'S2', 'bb')])
  assert.throws(
    () => refuseTwoPeople([one, set('chr1:1', ['A', 'A'], 'S2', 'aa')]),
    (error: Error) => refused('INGEST_TWO_PEOPLE')(error) && /S1, S2/.test(error.message),
  )
})

test('ten samples are named, the others counted', () => {
  const samples = Array.from({ length: 12 }, (_, i) => `S${i}`)
  assert.equal(named(samples.slice(0, 10)), 'S0, S1, S2, S3, S4, S5, S6, S7, S8, S9')
  assert.equal(named(samples), 'S0, S1, S2, S3, S4, S5, S6, S7, S8, S9 and 2 more')
})
