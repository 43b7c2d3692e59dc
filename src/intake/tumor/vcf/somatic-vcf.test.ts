import assert from 'node:assert/strict'
import { test } from 'node:test'
import { partsOf, vcfLines } from '../../../../test/support/tumor-parts.ts'

const reads = async (samples: readonly string[], record: string, meta: readonly string[] = []) => {
  const [part] = await partsOf(vcfLines(samples, [record], meta))
  const [variant] = part!.said.variants!
  return { part: part!, tumor: variant?.tumor, normal: variant?.normal, origin: variant?.origin }
}

test('reads as each caller writes them', async () => {
  const mutect = await reads(
    ['blood', 'biopsy'],
    '7 140753336 . A T . PASS DP=300 GT:AD:AF:DP 0/0:100,0:0.01:100 0/1:150,50:0.251:200',
    ['##source=Mutect2', '##normal_sample=blood', '##tumor_sample=biopsy'],
  )
  assert.deepEqual(mutect.tumor, { fraction: 0.251, depth: 200 })
  assert.deepEqual(mutect.normal, { fraction: 0.01, depth: 100 })
  assert.equal(mutect.part.sample, 'biopsy')
  assert.equal(mutect.part.said.assay?.design, 'tumour-normal')

  const strelka = await reads(
    ['NORMAL', 'TUMOR'],
    '7 140753336 . A T . PASS SOMATIC DP:AU:CU:GU:TU 50:50,50:0,0:0,0:0,0 100:60,61:0,0:0,0:40,41',
  )
  assert.deepEqual(strelka.tumor, { fraction: 0.4, depth: 100 })
  assert.deepEqual([strelka.origin, strelka.part.sample], ['somatic', undefined])

  const indel = await reads(
    ['NORMAL', 'TUMOR'],
    '7 55174771 . AGGAATTAAGAGAAGC A . PASS SOMATIC DP:TAR:TIR 50:50,50:0,0 90:60,60:20,20',
  )
  assert.deepEqual(indel.tumor, { fraction: 0.25, depth: 90 })

  const varDict = await reads(
    ['TUMOR', 'NORMAL'],
    '7 140753336 . A T . PASS STATUS=StrongSomatic GT:DP:VD:AD:AF 0/1:80:20:60,20:0.25 0/0:70:0:70,0:0',
  )
  assert.deepEqual([varDict.tumor, varDict.origin], [{ fraction: 0.25, depth: 80 }, 'somatic'])

  const varScan = await reads(
    ['NORMAL', 'TUMOR'],
    '7 140753336 . A T . PASS SS=2 GT:DP:RD:AD:FREQ 0/0:70:70:0:0% 0/1:80:60:20:25%',
  )
  assert.deepEqual(varScan.tumor, { fraction: 0.25, depth: 80 })

  const tcga = await reads(
    ['TCGA-A6-2686-01A_TCGA-A6-2686-10A'],
    '7 140753336 . A T . PASS TVAF=0.28;TDP=29 GT:DPC:DPT:ADC:ADT 0/1:26:29:.,.:21,8',
  )
  assert.deepEqual(tcga.tumor, { fraction: 0.28, depth: 29 })
  assert.deepEqual(tcga.normal, { fraction: undefined, depth: 26 })
  assert.equal(tcga.part.said.assay?.design, 'tumour-normal')
})

test('the second ALT has its own reads, and only what the tumour carries is taken', async () => {
  const [part] = await partsOf(
    vcfLines(['T'], ['7 140753336 . A T,C . PASS . GT:AD:DP 0/2:70,1,29:100'], ['##tumor_sample=T']),
  )
  assert.deepEqual(
    part!.said.variants!.map(({ place, tumor }) => [place?.alt, tumor?.fraction]),
    [['C', 0.29]],
  )
  assert.deepEqual(
    part!.leftOut.map(({ reason }) => reason),
    ['not carried by the tumour (GT)'],
  )
  assert.equal(part!.said.assay?.design, 'tumour-only')
})

test('filters are obeyed and told with the gene; one that is accepted does not fail', async () => {
  const lines = vcfLines(
    ['T'],
    ['12 25245350 . C T . weak_evidence CSQ=T|missense_variant|KRAS|p.Gly12Asp GT 0/1'],
    [
      '##tumor_sample=T',
      '##INFO=<ID=CSQ,Number=.,Type=String,Description="x. Format: Allele|Consequence|SYMBOL|HGVSp">',
    ],
  )
  const [part] = await partsOf(lines)
  assert.deepEqual(part!.leftOut, [
    { reason: 'filter weak_evidence', count: 1, examples: ['KRAS p.Gly12Asp'] },
  ])
  assert.deepEqual(
    part!.said.rejected!.map(({ variant, filter }) => [variant.gene, variant.hgvsP, filter]),
    [['KRAS', 'p.Gly12Asp', 'weak_evidence']],
  )
  const [accepted] = await partsOf(lines, { acceptFilters: ['weak_evidence'] })
  assert.deepEqual(
    accepted!.said.variants!.map(({ gene, consequences }) => [gene, consequences]),
    [['KRAS', ['missense_variant']]],
  )
})

test('what a caller calls germline is left out; DRAGEN’s guess without a normal stays in view', async () => {
  const [paired] = await partsOf(
    vcfLines(['T', 'N'], ['1 100 . A T . PASS STATUS=Germline GT 0/1 0/1'], ['##normal_sample=N']),
  )
  assert.deepEqual(
    [paired!.said.variants!.length, paired!.leftOut[0]?.reason],
    [0, 'the caller says Germline'],
  )
  const [alone] = await partsOf(vcfLines(['T'], ['1 100 . A T . PASS GermlineStatus=Germline_DB GT 0/1']))
  // No blood was tested: it is a guess, and no answer to what asks for an inherited change.
  assert.deepEqual(
    alone!.said.variants!.map(({ origin, tagged }) => [origin, tagged]),
    [[undefined, 'inherited']],
  )
})

test('copies that a caller counted by stretches are segments, also where nothing changed', async () => {
  const [part] = await partsOf(
    vcfLines(
      ['T'],
      [
        '17 39700000 DRAGEN:GAIN N <DUP> 150 PASS SVTYPE=CNV;END=39730000 GT:SM:CN:MCN ./1:6.2:12:1',
        '17 39730000 DRAGEN:REF N . 150 PASS SVTYPE=CNV;END=50000000 GT:SM:CN:MCN ./.:1:2:1',
        '9 21960000 DRAGEN:LOSS N <DEL> 9 cnvQual SVTYPE=CNV;END=21995000 GT:SM:CN 1/1:0.1:0',
        '2 100 MantaDEL A <DEL> . PASS SVTYPE=DEL;END=900 PR 10,4',
      ],
    ),
  )
  assert.deepEqual(part!.said.segments, [
    { chromosome: '17', start: 39700001, end: 39730000, total: 12, minor: 1 },
    { chromosome: '17', start: 39730001, end: 50000000, total: 2, minor: 1 },
  ])
  assert.deepEqual(
    part!.leftOut.map(({ reason }) => reason),
    ['copy number with filter cnvQual', 'structural allele <DEL>, which is not read as a variant'],
  )
})

test('breakends of mates are one fusion where the file names the genes, and told where it does not', async () => {
  const [part] = await partsOf(
    vcfLines(
      ['TUMOR'],
      [
        '2 29223528 a G G]2:42295554] . PASS SVTYPE=BND;MATEID=b;GENE=ALK PR:SR 10,4:20,6',
        '2 42295554 b T T]2:29223528] . PASS SVTYPE=BND;MATEID=a;GENE=EML4 PR:SR 10,4:20,6',
        '5 100 c G [7:200[G . PASS SVTYPE=BND PR 10,4',
      ],
    ),
  )
  assert.deepEqual(
    part!.said.fusions!.map(({ five, three, reads: count }) => [five, three, count]),
    [['ALK', 'EML4', 10]],
  )
  assert.deepEqual(
    part!.leftOut.map(({ reason }) => reason),
    ['a join whose genes the file does not name'],
  )
})

for (const [what, lines, code, where] of [
  [
    'two columns and no word',
    vcfLines(['a', 'b'], ['1 100 . A T . PASS . GT 0/1 0/0']),
    'TUMOR_SAMPLE_UNKNOWN',
    'f',
  ],
  ['a normal alone', vcfLines(['NORMAL'], ['1 100 . A T . PASS . GT 0/1']), 'TUMOR_SAMPLE_UNKNOWN', 'f'],
  ['a share in percent', vcfLines(['T'], ['1 100 . A T . PASS . AF 25']), 'FRACTION_INVALID', 'f:4'],
  ['no build', vcfLines(['T'], []).filter((line) => !line.startsWith('##ref')), 'BUILD_UNKNOWN', 'f'],
  [
    'another build',
    ['##fileformat=VCFv4.2', '##reference=hg18', ...vcfLines(['T'], []).slice(2)],
    'BUILD_UNSUPPORTED',
    'f:2',
  ],
  ['a cut line', vcfLines(['T'], ['1 100 . A T']), 'VCF_COLUMNS', 'f:4'],
] as const)
  test(`${what} is ${code}`, async () => {
    await assert.rejects(partsOf(lines), (fault: { code: string; where: string }) => {
      assert.equal(fault.code, code)
      assert.ok(fault.where.startsWith(where), fault.where)
      return true
    })
  })
