import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setsOf, vcfOf } from '../../test/cases/intake/small-panel.ts'
import type { GenotypeSet, LocusCall } from '../record/genotype.ts'
import { sexEvidenceOf } from './sex-evidence.ts'

function call(locus: string, alleles: LocusCall['alleles']): LocusCall {
  return { locus, alleles, phased: false, phaseSet: undefined, evidence: 'variant-record' }
}

function evidence(...calls: LocusCall[]) {
  const source: GenotypeSet['source'] = { name: 'x', format: 'vcf', sha256: undefined }
  return sexEvidenceOf({ sample: 'S', source, assembly: 'GRCh38', calls, gaps: [], notes: [] })
}

for (const [locus, alleles, expected] of [
  ['chrX:154534419', ['G', 'A'], { heterozygous: 1, homozygous: 0, haploid: 0 }],
  ['chrX:154534419', ['A', 'A'], { heterozygous: 0, homozygous: 1, haploid: 0 }],
  ['chrX:154534419', ['A'], { heterozygous: 0, homozygous: 0, haploid: 1 }],
  ['chrX:154534419', ['A', '.'], { heterozygous: 0, homozygous: 0, haploid: 0 }],
  ['chr1:154534419', ['G', 'A'], { heterozygous: 0, homozygous: 0, haploid: 0 }],
  // the ends of the pseudoautosomal regions
  ['chrX:2781479', ['G', 'A'], { heterozygous: 0, homozygous: 0, haploid: 0 }],
  ['chrX:2781480', ['G', 'A'], { heterozygous: 1, homozygous: 0, haploid: 0 }],
  ['chrX:155701382', ['G', 'A'], { heterozygous: 1, homozygous: 0, haploid: 0 }],
  ['chrX:155701383', ['G', 'A'], { heterozygous: 0, homozygous: 0, haploid: 0 }],
] as const) {
  test(`${locus} ${alleles.join('/')}`, () => assert.deepEqual(evidence(call(locus, alleles)), expected))
}

test('from a file', async () => {
  const lines = ['chrX 154534116 . ATGT A . . . GT 0/1 0', 'chrX 154534419 . G A . . . GT 0/0 1']
  const sets = await setsOf(vcfOf(lines, { samples: 'A B' }))
  assert.deepEqual(sets.map(sexEvidenceOf), [
    { heterozygous: 1, homozygous: 1, haploid: 0 },
    { heterozygous: 0, homozygous: 0, haploid: 2 },
  ])
})
