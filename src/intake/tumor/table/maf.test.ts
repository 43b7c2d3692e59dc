import assert from 'node:assert/strict'
import { test } from 'node:test'
import { partsOf } from '../../../../test/support/tumor-parts.ts'

const HEADER =
  'Hugo_Symbol\tNCBI_Build\tChromosome\tStart_Position\tVariant_Classification\tReference_Allele\tTumor_Seq_Allele1\tTumor_Seq_Allele2\tTumor_Sample_Barcode\tHGVSp_Short\tt_depth\tt_alt_count\tFILTER\tMutation_Status'
const row = (text: string) => text.replaceAll(' ', '\t')

test('a MAF of GDC: remarks before the header, one part a sample, filters told, inherited variants marked', async () => {
  const parts = await partsOf([
    '#version gdc-1.0.0',
    HEADER,
    row('KRAS GRCh38 chr12 25245350 Missense_Mutation C C T one p.G12D 200 50 PASS Somatic'),
    row('TP53 GRCh38 chr17 7674220 Missense_Mutation C T T two p.R248Q 100 30 panel_of_normals Somatic'),
    row('BRCA1 GRCh38 chr17 43045700 Silent C C T two p.L1L 100 30 PASS Germline'),
  ])
  assert.deepEqual(
    parts.map(({ sample, records, leftOut }) => [sample, records, leftOut.map(({ reason }) => reason)]),
    [
      ['one', 1, []],
      ['two', 2, ['filter panel_of_normals']],
    ],
  )
  assert.equal(parts[1]!.said.variants![0]!.origin, 'germline')
  const [variant] = parts[0]!.said.variants!
  assert.deepEqual(
    [variant!.place, variant!.tumor, variant!.assembly],
    [{ chromosome: '12', position: 25245350, ref: 'C', alt: 'T' }, { fraction: 0.25, depth: 200 }, 'GRCh38'],
  )
})

test('line ends of old spreadsheets, amino_acid_change, ITD of FLT3', async () => {
  const text =
    'Hugo_Symbol\tNCBI_Build\tStart_Position\tVariant_Classification\tTumor_Seq_Allele2\tamino_acid_change\tTumor_Sample_Barcode\rFLT3_ITD\thg19\t28608243\tITD\tATC\t\tDS9D\rKRAS\thg19\t25398284\tMissense_Mutation\tT\tG12D\tDS9D'
  const [part] = await partsOf([text])
  assert.deepEqual(
    part!.said.variants!.map(({ gene, hgvsP, consequences, assembly }) => [
      gene,
      hgvsP,
      consequences,
      assembly,
    ]),
    [
      ['FLT3', undefined, ['inframe_insertion'], 'GRCh37'],
      ['KRAS', 'p.G12D', ['missense_variant'], 'GRCh37'],
    ],
  )
})

test('a percentage in a column that says so is read, elsewhere it is refused', async () => {
  const lines = (column: string) => [
    `Hugo_Symbol\tVariant_Classification\t${column}`,
    'KRAS\tMissense_Mutation\t45.5',
  ]
  const [part] = await partsOf(lines('i_TumorVAF_WU'))
  assert.equal(part!.said.variants![0]!.tumor?.fraction, 0.455)
  await assert.rejects(partsOf(lines('vaf')), { code: 'FRACTION_INVALID' })
})

for (const [what, lines, code, where] of [
  ['no gene', ['Variant_Classification\tTumor_Sample_Barcode', 'Silent\ta'], 'VARIANT_COLUMN_MISSING', 'f:1'],
  ['no change', ['Hugo_Symbol\tTumor_Sample_Barcode', 'KRAS\ta'], 'VARIANT_COLUMN_MISSING', 'f:1'],
  [
    'positions of no build',
    ['Hugo_Symbol\tVariant_Classification\tStart_Position', 'A\tSilent\t5'],
    'BUILD_UNKNOWN',
    'f:2',
  ],
  [
    'another build',
    [HEADER, row('KRAS hg18 1 5 Silent C C T a p.A1A 1 1 PASS Somatic')],
    'BUILD_UNSUPPORTED',
    'f:2',
  ],
  [
    'two builds',
    [
      HEADER,
      row('A 37 1 5 Silent C C T a p.A1A 1 1 PASS Somatic'),
      row('A 38 1 5 Silent C C T a p.A1A 1 1 PASS Somatic'),
    ],
    'BUILD_MIXED',
    'f:3',
  ],
  ['a header alone', [HEADER], 'TUMOR_EMPTY', 'f'],
  ['a word for copies', ['gene\tprotein\tcopy_number', 'ERBB2\t\tlots'], 'COPY_NUMBER_UNKNOWN', 'f:2'],
] as const)
  test(`${what} is ${code}`, async () => {
    await assert.rejects(partsOf(lines), { code, where })
  })

test('the build that was named is checked against the table', async () => {
  await assert.rejects(
    partsOf([HEADER, row('A 37 1 5 Silent C C T a p.A1A 1 1 PASS Somatic')], { assembly: 'GRCh38' }),
    { code: 'BUILD_CONTRADICTS', where: 'f:2' },
  )
})
