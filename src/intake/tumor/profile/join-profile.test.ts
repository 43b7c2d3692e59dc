import assert from 'node:assert/strict'
import { test } from 'node:test'
import { partsOf, vcfLines } from '../../../../test/support/tumor-parts.ts'
import { joinParts, type Stated } from './join-profile.ts'

const STATED: Stated = {
  sample: undefined,
  assembly: undefined,
  covered: { variants: undefined, copyNumbers: undefined, fusions: undefined },
  purity: undefined,
}
const join = async (files: readonly (readonly string[])[], stated: Partial<Stated> = {}) => {
  const parts = []
  for (const lines of files) parts.push(...(await partsOf(lines)))
  return joinParts(parts, { ...STATED, ...stated })
}

const MAF = [
  'Hugo_Symbol\tNCBI_Build\tChromosome\tStart_Position\tVariant_Classification\tReference_Allele\tTumor_Seq_Allele2\tTumor_Sample_Barcode\tHGVSp_Short',
  'KRAS\tGRCh38\t12\t25245350\tMissense_Mutation\tC\tT\tS1\tp.G12D',
]
const VCF = vcfLines(['S1'], ['12 25245350 . C T . PASS . GT:AD 0/1:80,20'], ['##tumor_sample=S1'])
const SEGMENTS = ['Chromosome\tStart\tEnd\tnMajor\tnMinor', '17\t1\t80000000\t3\t0']
const FUSIONS = [
  '#FusionName\tJunctionReadCount\tLeftBreakpoint\tRightBreakpoint',
  'EML4--ALK\t12\tchr2:42295554:+\tchr2:29223528:-',
]

test('files of one sample are one profile: a call in two of them is one, with the protein and the reads', async () => {
  const [tumor, ...more] = await join([VCF, MAF, SEGMENTS, FUSIONS])
  assert.equal(more.length, 0)
  const { variants, fusions, segments, sample, assembly } = tumor!.profile
  assert.deepEqual(
    variants.map(({ gene, hgvsP, tumor: reads }) => [gene, hgvsP, reads?.fraction]),
    [['KRAS', 'p.G12D', 0.2]],
  )
  assert.deepEqual(fusions[0]?.breakpoints, [
    { chromosome: '2', position: 42295554 },
    { chromosome: '2', position: 29223528 },
  ])
  assert.deepEqual([segments?.length, sample, assembly], [1, 'S1', 'GRCh38'])
})

test('a name without a place meets the call that has one, however the protein is spelled', async () => {
  const [tumor] = await join([MAF, ['gene\tprotein', 'KRAS\tp.Gly12Asp', 'NRAS\tp.Gln61Arg']])
  assert.deepEqual(
    tumor!.profile.variants.map(({ gene, place }) => [gene, place?.position]),
    [
      ['KRAS', 25245350],
      ['NRAS', undefined],
    ],
  )
})

test('markers that contradict are both kept and both shown', async () => {
  const [tumor] = await join([
    ['marker\tvalue', 'MSI\tMSS', 'TMB\t8'],
    ['marker\tvalue', 'MSI\tMSI-H', 'MMR\tpMMR', 'TMB\t14', 'purity\t0.3'],
    ['marker\tvalue', 'purity\t0.6'],
  ])
  assert.deepEqual(
    tumor!.contradictions.map(({ about, statements }) => [about, statements.map(({ says }) => says)]),
    [
      ['purity', ['0.3', '0.6']],
      ['microsatellites', ['stable', 'high']],
      ['tumour mutational burden', ['8 per megabase', '14 per megabase']],
      ['mismatch repair and microsatellites', ['microsatellites high', 'mismatch repair proficient']],
    ],
  )
  assert.equal(tumor!.profile.purity, undefined)
  assert.equal(tumor!.profile.markers!.length, 5)
})

test('builds of two files that differ, and a file of nobody beside two samples, are refused', async () => {
  await assert.rejects(join([VCF, MAF.map((line) => line.replace('GRCh38', 'GRCh37'))]), {
    code: 'TUMOR_BUILDS_DIFFER',
  })
  const two = [...MAF, MAF[1]!.replace('S1', 'S2')]
  await assert.rejects(join([two, FUSIONS]), { code: 'TUMOR_SAMPLE_AMBIGUOUS' })
  await assert.rejects(join([two], { sample: 'S3' }), { code: 'TUMOR_SAMPLE_MISSING' })
  assert.equal((await join([two, FUSIONS], { sample: 'S2' })).length, 1)
})

test('an assay alone is of every sample', async () => {
  const two = [...MAF, MAF[1]!.replace('S1', 'S2')]
  const tumors = await join([two, [JSON.stringify({ assay: { name: 'P', genes: { variants: ['KRAS'] } } })]])
  assert.deepEqual(
    tumors.map(({ profile }) => [profile.sample, profile.assay?.name, profile.covered.variants]),
    [
      ['S1', 'P', new Set(['KRAS'])],
      ['S2', 'P', new Set(['KRAS'])],
    ],
  )
})
