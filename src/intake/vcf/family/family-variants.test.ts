import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FamilyVariant } from '../../../record/family-variant.ts'
import { familyVariants } from './family-variants.ts'
import { callLayout, memberCall } from './member-call.ts'

const HEADER = (info: readonly string[] = []) => [
  '##fileformat=VCFv4.2',
  '##contig=<ID=chr1,length=248956422>',
  ...info,
  '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tA\tB',
]

async function read(lines: readonly string[]): Promise<FamilyVariant[]> {
  const found: FamilyVariant[] = []
  for await (const one of familyVariants({
    name: 'f.vcf',
    content: { bytes: Buffer.from(`${lines.join('\n')}\n`) },
    assembly: undefined,
    open: () => undefined,
    wanted: (calls) => calls.some(({ copies }) => copies > 0),
  }))
    found.push(one)
  return found
}

const CSQ =
  '##INFO=<ID=CSQ,Number=.,Type=String,Description="Consequence annotations from Ensembl VEP. Format: Allele|Consequence|SYMBOL|Feature|HGVSc|HGVSp|EXON|Protein_position|CANONICAL|MANE_SELECT|gnomADe_AF|REVEL|NMD">'
const ANN =
  '##INFO=<ID=ANN,Number=.,Type=String,Description="Functional annotations: \'Allele | Annotation | Annotation_Impact | Gene_Name | Gene_ID | Feature_Type | Feature_ID | Transcript_BioType | Rank | HGVS.c | HGVS.p | cDNA.pos / cDNA.length | CDS.pos / CDS.length | AA.pos / AA.length | Distance | ERRORS / WARNINGS / INFO\'">'
const BCSQ =
  '##INFO=<ID=BCSQ,Number=.,Type=String,Description="Local consequence annotation from BCFtools/csq. Format: Consequence|gene|transcript|biotype|strand|amino_acid_change|dna_change">'

test('VEP: the alleles of a record with several are told apart, also where VEP trims the first base', async () => {
  const info =
    'CSQ=-|frameshift_variant|G1|NM_1|NM_1:c.5del|NP_1:p.(A2fs)|2/9|2/100|YES|NM_1|0.0001|.|,T|missense_variant|G1|NM_1|c.5A>T||2/9|2/100|YES|NM_1||0.7|'
  const [first, second] = await read([
    ...HEADER([CSQ]),
    `chr1\t7\t.\tCA\tC,CT\t.\tPASS\t${info}\tGT\t1/2\t0/0`,
  ])
  assert.deepEqual(first?.notes.transcripts, [
    {
      gene: 'G1',
      transcript: 'NM_1',
      consequences: ['frameshift_variant'],
      hgvsC: 'NM_1:c.5del',
      hgvsP: 'NP_1:p.(A2fs)',
      exon: { number: 2, of: 9 },
      protein: { at: 2, length: 100 },
      preference: 2,
      escapesDecay: undefined,
    },
  ])
  assert.deepEqual(first?.notes.frequency, { value: 0.0001, kind: 'population', field: 'gnomade_af' })
  assert.deepEqual(second?.notes.transcripts[0]?.consequences, ['missense_variant'])
  assert.deepEqual(second?.notes.scores, [{ tool: 'REVEL', value: 0.7, field: 'revel' }])
  assert.equal(second?.notes.frequency, undefined)
})

test('SnpEff and bcftools', async () => {
  const [ann] = await read([
    ...HEADER([ANN]),
    'chr1\t7\t.\tC\tT\t.\tPASS\tANN=T|stop_gained&splice_region_variant|HIGH|G2|ENSG|transcript|NM_2|protein_coding|12/12|c.9C>T|p.Gln3*|9/99|9/90|3/30||\tGT\t0/1\t0/0',
  ])
  const note = ann?.notes.transcripts[0]
  assert.deepEqual(
    [note?.gene, note?.consequences, note?.hgvsP, note?.exon, note?.protein],
    [
      'G2',
      ['stop_gained', 'splice_region_variant'],
      'p.Gln3*',
      { number: 12, of: 12 },
      { at: 3, length: 30 },
    ],
  )
  const [bcsq] = await read([
    ...HEADER([BCSQ]),
    'chr1\t7\t.\tC\tT\t.\tPASS\tBCSQ=missense|G3|ENST1|protein_coding|+|3A>3T|7C>T,@9\tGT\t0/1\t0/0',
  ])
  assert.deepEqual(
    bcsq?.notes.transcripts.map(({ gene, transcript, consequences }) => [gene, transcript, consequences]),
    [['G3', 'ENST1', ['missense_variant']]],
  )
})

test('frequencies and scores: never INFO AF, never a list of another length, never values that differ', async () => {
  const of = async (info: string, alt = 'T') =>
    (await read([...HEADER(), `chr1\t7\t.\tC\t${alt}\t.\tPASS\t${info}\tGT\t1/1\t0/0`]))[0]?.notes
  assert.equal((await of('AF=0.5'))?.frequency, undefined)
  assert.equal((await of('gnomad_popmax_af=-1'))?.frequency, undefined)
  assert.equal((await of('AF_grpmax=1e-5'))?.frequency?.value, 1e-5)
  assert.equal((await of('AF_grpmax=1e-5', 'T,G'))?.frequency, undefined)
  assert.equal((await of('AF_grpmax=1e-5,2e-5', 'T,G'))?.frequency?.value, 1e-5)
  assert.equal((await of('fafmax_faf95_max=0.1;AF_grpmax=0.2'))?.frequency?.kind, 'filtering')
  assert.deepEqual((await of('REVEL=0.1&0.9'))?.scores, [])
  assert.equal((await of('SpliceAI=T|G|0.01|0.8|0.0|0.1|1|2|3|4'))?.scores[0]?.value, 0.8)
  assert.deepEqual((await of('SpliceAI=A|G|0.01|0.8|0.0|0.1|1|2|3|4'))?.scores, [])
  assert.deepEqual((await of('CLNSIG=Pathogenic;CLNVID=3', 'T,G'))?.clinvar, {
    significance: 'Pathogenic',
    review: undefined,
    id: '3',
    ofSomeAlt: true,
  })
  assert.equal((await of('CLNSIG=Pathogenic,Benign', 'T,G'))?.clinvar?.significance, 'Pathogenic')
  assert.equal(
    (await of('CLNSIG=Pathogenic,_low_penetrance', 'T,G'))?.clinvar?.significance,
    'Pathogenic,_low_penetrance',
  )
  assert.equal((await of('CLNSIG=Pathogenic', 'T,<NON_REF>'))?.clinvar?.ofSomeAlt, undefined)
  assert.deepEqual(
    (await of('CLNSIG=Likely_pathogenic;CLNREVSTAT=reviewed_by_expert_panel;CLNVID=12'))?.clinvar,
    {
      significance: 'Likely_pathogenic',
      review: 'reviewed_by_expert_panel',
      id: '12',
    },
  )
})

for (const [column, format, expected] of [
  [
    '0/1:10,9:19:99',
    'GT:AD:DP:GQ',
    { called: 2, copies: 1, complete: true, alternateReads: 9, depth: 19, quality: 99 },
  ],
  ['1|0', 'GT', { strand: 0, phaseSet: '', copies: 1 }],
  ['0|1:77', 'GT:PS', { strand: 1, phaseSet: '77' }],
  ['0|1:a,a', 'GT:PSL', { strand: 1, phaseSet: 'a' }],
  ['0|1:.:a,b', 'GT:PS:PSL', { strand: 1, phaseSet: 'a,b' }],
  ['0|1:77:.', 'GT:PS:PSL', { strand: 1, phaseSet: '77' }],
  ['0/1:0|1:5_A_G', 'GT:PGT:PID', { strand: 1, phaseSet: '5_A_G' }],
  ['0/1:.:.', 'GT:PGT:PID', { strand: undefined }],
  ['./1', 'GT', { called: 1, copies: 1, complete: false }],
  ['./.', 'GT', { called: 0, copies: 0, complete: false }],
  ['.', 'GT', { called: 0, complete: false }],
  ['1', 'GT', { called: 1, copies: 1, complete: true }],
  ['0/1/1', 'GT', { complete: false }],
  ['1/2', 'GT', { called: 2, copies: 1, complete: true }],
  ['0/1:3,4', 'GT:AD', { depth: 7 }],
  ['0/1:.', 'GT:AD', { depth: undefined, unsupported: undefined }],
  ['0/0:.:.', 'GT:AD:GQ', { copies: 0, unsupported: true }],
  ['0/0', 'GT:DP', { unsupported: true }],
  ['0/0:.:30', 'GT:AD:GQ', { unsupported: undefined }],
  ['./.:.', 'GT:DP', { unsupported: undefined }],
  ['0/0', 'GT', { unsupported: undefined }],
] as const) {
  test(`${format} ${column}`, () => {
    const call = memberCall(column, callLayout(format), 1) as unknown as Record<string, unknown>
    for (const [key, value] of Object.entries(expected)) assert.equal(call[key], value, key)
  })
}

test('what cannot be read is refused, and blocks and symbols are passed over', async () => {
  await assert.rejects(read([...HEADER(), 'chr1\t7\t.\tC\tT\t.\tPASS\t.\tGT\t0/1']), { code: 'VCF_COLUMNS' })
  await assert.rejects(read([...HEADER(), 'chr1\tx\t.\tC\tT\t.\tPASS\t.\tGT\t0/1\t0/1']), {
    code: 'VCF_POS_MALFORMED',
  })
  const lines = ['<NON_REF>', '<DEL>', '*', 'C]chr2:5]'].map(
    (alt) => `chr1\t7\t.\tC\t${alt}\t.\tPASS\t.\tGT\t0/1\t0/0`,
  )
  assert.deepEqual(await read([...HEADER(), ...lines]), [])
  await assert.rejects(read(HEADER().filter((line) => !line.startsWith('##contig'))), {
    code: 'VCF_BUILD_UNKNOWN',
  })
})

test('relatedness sees records with one ALT, also beside the block allele of a gVCF', async () => {
  const seen: string[] = []
  const lines = ['T', 'T,<NON_REF>', 'T,*', 'T,G'].map(
    (alt, i) => `chr1\t${i + 1}\t.\tC\t${alt}\t.\tPASS\t.\tGT\t0/1\t0/0`,
  )
  for await (const _ of familyVariants({
    name: 'f.vcf',
    content: { bytes: Buffer.from(`${[...HEADER(), ...lines].join('\n')}\n`) },
    assembly: undefined,
    open: () => undefined,
    site: ({ position, alt }) => seen.push(`${position} ${alt}`),
    wanted: () => false,
  }));
  assert.deepEqual(seen, ['1 T', '2 T'])
})
