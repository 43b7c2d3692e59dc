import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusals, vcfText, warnings } from '../../../../test/support/vcf-text.ts'

const HEADER = [
  '##contig=<ID=1,length=1000>',
  '##contig=<ID=HLA-A*01:01,length=1000>',
  '##INFO=<ID=S,Number=1,Type=String,Description="d">',
  '##INFO=<ID=C,Number=1,Type=Character,Description="d">',
  '##INFO=<ID=I,Number=.,Type=Integer,Description="d">',
  '##INFO=<ID=TWO,Number=2,Type=Float,Description="d">',
  '##INFO=<ID=PER,Number=R,Type=Integer,Description="d">',
  '##FORMAT=<ID=MIN_DP,Number=1,Type=Integer,Description="d">',
]
const FIRST = HEADER.length + 3
/** What 4.4 and 4.5 ask of a symbol, a phase set, local alleles and base modifications. */
const LATER = [
  ...['DEL', 'DUP', 'INS', 'INV', 'CNV', 'CNV:TR', '*'].map((id) => `##ALT=<ID=${id},Description="d">`),
  '##FORMAT=<ID=M5mC,Number=M,Type=Float,Description="d">',
]

/** Records, the version they stand in, and what a strict reader says of them ("" when they are good). */
const RECORDS: readonly (readonly [records: string, minor: number, refusal: string])[] = [
  ['1 0 . A C . . .', 2, ''],
  ['1 1001 . N C . . .', 2, ''],
  ['1 1002 . N C . . .', 2, 'VCF_POS_BEYOND'],
  ['1 -1 . A C . . .', 2, 'VCF_POS'],
  ['1 2147483648 . A C . . .', 2, 'VCF_POS'],
  ['1 5 . A C . .', 2, 'VCF_COLUMNS'],
  ['1 5 . A C . . . .', 2, 'VCF_COLUMNS'],
  ['1 5  A C . . .', 2, 'VCF_COLUMN_EMPTY'],
  ['HLA-A*01:01 5 . A C . . .', 3, ''],
  ['chr:2 5 . A C . . .', 3, 'VCF_CHROM'],
  ['1 5 . A C . . .\n1 4 . A C . . .', 2, 'VCF_POS_ORDER'],
  ['1 5 . A C . . .\n2 4 . A C . . .\n1 6 . A C . . .', 2, 'VCF_CHROM_SPLIT'],
  ['1 5 . A C . . .\n<1> 6 . A C . . .\n1 7 . A C . . .', 2, ''],
  ['1 5 . A C . . .\n1 5 . A G . . .', 2, ''],
  ['1 5 . A C . . .\n1 5 . A T,C . . .', 2, 'VCF_DUPLICATE_VARIANT'],
  ['1 3 . TTA TTG . . .\n1 5 . A G . . .', 2, 'VCF_DUPLICATE_SPELLING'],
  ['1 3 . TTA TTG . . .\n1 5 . A T . . .', 2, ''],
  ['1 5 . A <DEL> . . END=10\n1 5 . A <DEL> . . END=20', 2, ''],
  ['1 5 . A <DEL> . . END=10\n1 5 . A <DEL> . . END=10', 2, 'VCF_DUPLICATE_VARIANT'],
  ['1 5 . A . . . DP=3\n1 5 . A . . . DP=3', 2, 'VCF_DUPLICATE_VARIANT'],
  ['1 5 . A . . . DP=3\n1 5 . A . . . DP=4', 2, ''],
  ['1 5 . A . . . .\n2 5 . A . . . .', 2, ''],
  ['1 5 rs1;rs2 A C . . .', 2, ''],
  ['1 5 rs1; A C . . .', 2, 'VCF_ID'],
  ['1 5 rs1;rs1 A C . . .', 2, ''],
  ['1 5 rs1;rs1 A C . . .', 3, 'VCF_ID_REPEATED'],
  ['1 5 . acgtn C . . .', 2, ''],
  ['1 5 . R C . . .', 2, 'VCF_REF_AMBIGUOUS'],
  ['1 5 . . C . . .', 2, 'VCF_REF'],
  ['1 5 . A,C C . . .', 2, 'VCF_REF'],
  ['1 5 . A * . . .', 2, ''],
  ['1 5 . A * . . .', 1, ''],
  ['1,2 5 . A C . . .', 2, 'VCF_CHROM'],
  ['1* 5 . A C . . .', 2, ''],
  ['*1 5 . A C . . .', 3, 'VCF_CHROM'],
  ['. 5 . A C . . .', 3, 'VCF_CHROM'],
  ['1 5 . A C . . .;S=a', 2, 'VCF_INFO_SYNTAX'],
  ['1 5 . A C . . S=a;.', 3, 'VCF_INFO_SYNTAX'],
  ['1 5 . A C . . SB=x', 2, 'VCF_INFO_TYPE'],
  ['1 5 . A C . . SB=0.1', 2, ''],
  ['1 5 . A a . . .', 2, 'VCF_ALT_IS_REF'],
  ['1 5 . A C,C . . .', 2, 'VCF_ALT_REPEATED'],
  ['1 5 . A C,,G . . .', 2, 'VCF_ALT'],
  ['1 5 . A C,. . . .', 2, 'VCF_ALT'],
  ['1 5 . A <a>b> . . .', 2, 'VCF_ALT'],
  ['1 5 . A A[2:7[ . . .', 2, ''],
  ['1 5 . A ]<ctg>:7]A . . .', 2, ''],
  ['1 5 . A .[2:7[ . . .', 2, ''],
  ['1 5 . A A. . . .', 2, ''],
  ['1 5 . A A<ctg> . . .', 2, ''],
  ['1 5 . A [2:7[ . . .', 2, 'VCF_ALT'],
  ['1 5 . A A[2:7] . . .', 2, 'VCF_ALT'],
  ['1 5 . A A[2[ . . .', 2, 'VCF_ALT'],
  ['1 5 . A A[2:7[A . . .', 2, 'VCF_ALT'],
  ['1 5 . A C 1e-3 . .', 2, ''],
  ['1 5 . A C Inf . .', 2, ''],
  ['1 5 . A C high . .', 2, 'VCF_QUAL'],
  ['1 5 . A C -0.5 . .', 2, 'VCF_QUAL_NEGATIVE'],
  ['1 5 . A C . q10;s50 .', 2, ''],
  ['1 5 . A C . q10; .', 2, 'VCF_FILTER'],
  ['1 5 . A C . 0 .', 2, 'VCF_FILTER_ZERO'],
  ['1 5 . A C . q10;. .', 2, 'VCF_FILTER_MISSING'],
  ['1 5 . A C . q10;q10 .', 3, 'VCF_FILTER_REPEATED'],
  ['1 5 . A C . . S=a;DB', 2, ''],
  ['1 5 . A C . . S=a;', 2, 'VCF_INFO_SYNTAX'],
  ['1 5 . A C . . =a', 2, 'VCF_INFO_KEY'],
  ['1 5 . A C . . x+=a', 3, 'VCF_INFO_KEY'],
  ['1 5 . A C . . S=a;S=b', 3, 'VCF_INFO_KEY_REPEATED'],
  ['1 5 . A C . . S', 2, 'VCF_INFO_VALUE_MISSING'],
  ['1 5 . A C . . S=a,b', 2, 'VCF_INFO_NUMBER'],
  ['1 5 . A C . . TWO=1,.', 2, ''],
  ['1 5 . A C . . TWO=1', 2, 'VCF_INFO_NUMBER'],
  ['1 5 . A C,G . . PER=1,2,3', 2, ''],
  ['1 5 . A C,G . . PER=1,2', 2, 'VCF_INFO_NUMBER'],
  ['1 5 . A . . . AC=0', 2, ''],
  ['1 5 . A C . . I=1.0', 2, 'VCF_INFO_TYPE'],
  ['1 5 . A C . . I=1,,2', 2, 'VCF_INFO_TYPE'],
  ['1 5 . A C . . C=ab', 2, 'VCF_INFO_TYPE'],
  ['1 5 . A C . . I=-2147483640', 3, ''],
  ['1 5 . A C . . I=-2147483641', 3, 'VCF_INTEGER_RANGE'],
  ['1 5 . A C . . I=2147483648', 3, 'VCF_INTEGER_RANGE'],
  ['1 5 . A C . . DB=1', 2, ''],
  ['1 5 . A C . . DB=2', 2, 'VCF_INFO_FLAG'],
  ['1 5 . A C . . AF=1', 2, ''],
  ['1 5 . A C . . AF=1.1', 2, 'VCF_INFO_RANGE'],
  ['1 5 . A C . . DP=-1', 2, 'VCF_INFO_RANGE'],
  ['1 5 . A C . . CIGAR=10M1X', 2, ''],
  ['1 5 . A C . . CIGAR=XM', 2, 'VCF_INFO_RANGE'],
  ['1 5 . A <DEL> . . END=5', 2, ''],
  ['1 5 . A <DEL> . . END=4', 2, 'VCF_INFO_END'],
  ['1 5 . A <DEL> . . CIPOS=-5,0', 2, ''],
  ['1 5 . A <DEL> . . CIPOS=1,5', 2, 'VCF_CONFIDENCE'],
  ['1 5 . A C . . S=100%', 2, ''],
  ['1 5 . A C . . S=100%', 3, 'VCF_PERCENT'],
  ['1 5 . A C . . S=100%25', 3, ''],
  ['1 5 . A <DEL> . . SVLEN=10;SVCLAIM=DJ;CIPOS=-5,5', 4, ''],
  ['1 5 . A <DEL> . . SVCLAIM=D', 4, 'VCF_SVLEN'],
  ['1 5 . A <DEL> . . END=15;SVCLAIM=D', 4, ''],
  ['1 5 . A <DEL> . . END=15', 3, ''],
  ['1 5 . A <DEL> . . SVLEN=10', 4, ''],
  ['1 5 . A <DEL> . . SVLEN=10;SVCLAIM=JD', 4, 'VCF_SVCLAIM'],
  ['1 5 . A <CNV> . . SVLEN=10;SVCLAIM=J', 4, 'VCF_SVCLAIM'],
  ['1 5 . A <INV> . . SVLEN=10;SVCLAIM=DJ', 4, ''],
  ['1 5 . A <INV> . . SVLEN=10;SVCLAIM=D', 4, 'VCF_SVCLAIM'],
  ['1 5 . A A[1:9[ . . SVCLAIM=D', 4, 'VCF_SVCLAIM'],
  ['1 5 . A A[1:9[,<DEL> . . SVLEN=.,10;SVCLAIM=J,D', 4, ''],
  ['1 5 . A <DEL>,<DUP> . . SVLEN=9,9;CIPOS=-5,5', 4, 'VCF_SV_COUNT'],
  ['1 5 . A <DEL>,<DUP> . . SVLEN=9,9;CIPOS=-5,5,0,0', 4, ''],
  ['1 5 . A <DEL>,<DUP> . . SVLEN=9', 4, 'VCF_INFO_NUMBER'],
  ['1 5 . A <DEL>,<DUP> . . SVLEN=9', 3, ''],
  ['1 5 . A <INS> . . SVLEN=9;MEINFO=ALU,1,300', 4, 'VCF_SV_COUNT'],
  ['1 5 . A <CNV> . . SVLEN=9;CICN=1.5,2.5', 4, ''],
  ['1 5 . A C,G,T . . EVENT=a,,b', 4, ''],
  ['1 5 . A <DEL> . . SVLEN=10;END=15', 5, ''],
  ['1 5 . A <DEL> . . SVLEN=10;END=16', 5, 'VCF_INFO_END_COMPUTED'],
  ['1 5 . A <DEL> . . SVLEN=10;END=16', 4, ''],
  ['1 5 . A <INS> . . SVLEN=10;END=5', 5, ''],
  ['1 5 . AT A . . END=60', 5, 'VCF_INFO_END_COMPUTED'],
  ['1 5 . A <CNV:TR> . . SVLEN=60;RN=2;RUS=CAG,TG;RUL=3,2;RUC=10,15;RB=30,30', 4, ''],
  ['1 5 . A <CNV:TR>,<CNV:TR> . . SVLEN=60,9;RN=1,1;RUS=CAG,CAG;RUC=10,5', 4, ''],
  ['1 5 . A <INS>,<INS> . . SVLEN=60,60', 5, ''],
  ['1 5 . A <INS>,<INS> . . SVLEN=60,50', 3, 'VCF_ALT_REPEATED'],
  ['1 5 . A <NON_REF>,<NON_REF> . . .', 4, 'VCF_ALT_REPEATED'],
  ['1 5 . A <CNV:TR> . . SVLEN=60;RN=2;RUS=CAG', 4, 'VCF_REPEAT'],
  ['1 5 . A <CNV:TR> . . SVLEN=60;RUS=CAX', 4, 'VCF_REPEAT'],
  ['1 5 . A <CNV:TR> . . SVLEN=60;RUS=CAG;RUL=4', 4, 'VCF_REPEAT'],
  ['1 5 . A <CNV:TR> . . SVLEN=60;RUS=CAG;RUC=10;CIRUC=-2', 4, 'VCF_REPEAT'],
  ['1 5 . A <CNV:TR> . . SVLEN=60;RUS=CAG;RUC=10;CIRUC=-2,.', 4, ''],
]

function headerOf(minor: number): readonly string[] {
  return minor < 2 ? [] : minor < 5 ? HEADER : [...HEADER, ...LATER]
}

for (const [records, minor, refusal] of RECORDS)
  test(`4.${minor} ${records.replaceAll('\n', ' / ')}: ${refusal === '' ? 'good' : refusal}`, async () => {
    const found = await refusals(vcfText(minor, headerOf(minor), '', records.split('\n')))
    assert.deepEqual(
      found.map((one) => one.replace(/@.*/, '')),
      refusal === '' ? [] : [refusal],
    )
  })

/** FORMAT and two samples of a record with one ALT allele. */
const SAMPLES: readonly (readonly [columns: string, minor: number, refusal: string])[] = [
  ['GT 0/1 ./.', 2, ''],
  ['GT 0|1|1 .', 2, ''],
  ['GT 0/2 0/1', 2, 'VCF_GENOTYPE_ALLELE'],
  ['GT 0\\1 0/1', 2, 'VCF_GENOTYPE'],
  ['GT |0/1 0/1', 3, 'VCF_GENOTYPE'],
  ['GT |0/1 0/1', 4, ''],
  ['GT:DP 0/1 0/1:3', 2, ''],
  ['GT:DP 0/1: 0/1:3', 2, 'VCF_SAMPLE_EMPTY'],
  ['GT:DP 0/1:1:2 0/1:3', 2, 'VCF_SAMPLE_FIELDS'],
  ['DP:GT 1:0/1 3:0/1', 2, 'VCF_FORMAT_GT_FIRST'],
  ['GT::DP 0/1:.:1 0/1:.:3', 2, 'VCF_FORMAT_SYNTAX'],
  ['GT:DP:DP 0/1:1:1 0/1:3:3', 2, 'VCF_FORMAT_KEY_REPEATED'],
  ['GT:MIN_DP 0/1:1 0/1:3', 2, ''],
  ['GT:MAX_DP 0/1:1 0/1:3', 2, 'VCF_FORMAT_KEY'],
  ['GT:MAX_DP 0/1:1 0/1:3', 3, ''],
  ['GT:PL 0/1:1,0,5 .', 2, ''],
  ['GT:PL 1:1,0 0/0/1:1,0,5,7', 2, ''],
  ['GT:PL 1:1,0,5 0/1:1,0,5', 2, 'VCF_SAMPLE_NUMBER'],
  ['GT:GQ 0/1:9.5 0/1:3', 2, 'VCF_SAMPLE_TYPE'],
  ['GT:GQ 0/1:-1 0/1:3', 2, 'VCF_SAMPLE_RANGE'],
  ['GT:HQ 0/1:1,2 0/1:.', 2, ''],
  ['GT:HQ 0/1:1 0/1:.', 2, 'VCF_SAMPLE_NUMBER'],
  ['GT:PSL 0|1:a,b 0/1:.', 4, ''],
  ['GT:PSL 0|1:a,b,c 0/1:.', 4, 'VCF_SAMPLE_NUMBER'],
  ['GT:LAA:LAD 0/1:1:3,4 .', 5, ''],
  ['GT:LAD 0/1:3,4 .', 5, 'VCF_FORMAT_LAA'],
  ['GT:LAA:LAD 0/1:1:3 .', 5, 'VCF_SAMPLE_NUMBER'],
  ['GT:LAA:LAD 0/0::3 0/0:.:3', 5, ''],
  ['GT:LAA:LAD 0/1:2:3,4 .', 5, 'VCF_LOCAL_ALLELES'],
  ['GT:LAA:LAD 0/1:1,1:3,4,5 .', 5, 'VCF_LOCAL_ALLELES'],
  ['GT:LAA:LPL 0/1:1:3,4,5 1:1:3,4', 5, ''],
  ['GT:LAA:LPL 0/1:1:3,4 .', 5, 'VCF_SAMPLE_NUMBER'],
  ['GT:DP:LAA:LAD 0/1:7:1:3,4 .', 5, 'VCF_FORMAT_LAA'],
  ['GT:PSL |0/1:a,. 0/1:.', 4, ''],
  ['GT:PSL 0/1:a,b 0/1:.', 4, 'VCF_PHASE_SET'],
  ['GT:PS:PSL 0|1:5:a,a 0/1:.', 4, 'VCF_PHASE_SET'],
  ['GT:PS:PSL 0|1:.:a,a 0|1:5:.', 4, ''],
  ['GT:M5mC 0/1:0.9 .', 5, ''],
  ['GT:M5mC 0/1:0.9,0.1 .', 5, 'VCF_SAMPLE_NUMBER'],
  ['GT:M5mC 1|1:0.9,. 1/1:1', 5, ''],
  ['GT:M5mC 1/1:1.9 .', 5, 'VCF_SAMPLE_RANGE'],
  ['M5mC 0.9 .', 5, 'VCF_BASE_MODIFICATION'],
  ['GT:FT 0/1:q10 .', 2, ''],
  ['. . .', 2, ''],
]

for (const [columns, minor, refusal] of SAMPLES)
  test(`4.${minor} ${columns}: ${refusal === '' ? 'good' : refusal}`, async () => {
    const found = await refusals(
      vcfText(minor, minor < 5 ? HEADER : [...HEADER, ...LATER], 'A B', [`1 5 . A C . . . ${columns}`]),
    )
    assert.deepEqual(
      found.map((one) => one.replace(/@.*/, '')),
      refusal === '' ? [] : [refusal],
    )
  })

test('the examples of base modification in section 1.4.4 of 4.5', async () => {
  const records = ['1 10 . C A . . . GT:M5mC 0/1:0.95', '1 20 . C CTAG . . . GT:M5mC 0/1:0,0.5,0.7']
  const many = '1 40 . C A,T,G,ACG . . . GT:M5mC /3|1/0|4|0/0/3/1:0.25,0.1,0.5,0.6,.'
  assert.deepEqual(await refusals(vcfText(5, [...HEADER, ...LATER], 'A', [...records, many])), [])
})

test('whitespace in FT is no filter', async () => {
  const text = vcfText(2, HEADER, 'A', ['1 5 . A C . . . GT:FT 0/1:q_x']).replace('q_x', 'q x')
  assert.deepEqual(await refusals(text), [`VCF_SAMPLE_FILTER@${FIRST} FT`])
})

test('a sample is named by its column, an INFO key by its name', async () => {
  const found = await refusals(vcfText(2, HEADER, 'A B', ['1 5 . A C . . DP=x GT 0/1 0/9']))
  assert.deepEqual(found, [`VCF_INFO_TYPE@${FIRST} DP`, `VCF_GENOTYPE_ALLELE@${FIRST} GT`])
})

test('one identifier in records of two places is a warning; alleles of one site may share theirs', async () => {
  const shared = async (...rows: string[]) =>
    (await warnings(vcfText(3, HEADER, '', rows))).filter((one) => one.startsWith('VCF_ID_SHARED'))
  const second = `VCF_ID_SHARED@${FIRST + 1}`
  assert.deepEqual(await shared('1 5 rs1 A C . . .', '1 6 rs1 A C . . .'), [second])
  assert.deepEqual(await shared('1 5 rs1;x A C . . .', '2 5 x A C . . .'), [second])
  assert.deepEqual(await shared('1 5 rs1 A C . . .', '1 5 rs1 A G . . .'), [])
  assert.deepEqual(await shared('1 6 . A C . . .', '1 7 . A C . . .', '1 8 rs1;rs1 A C . . .'), [])
  assert.deepEqual(await refusals(vcfText(3, HEADER, '', ['1 5 rs1 A C . . .', '1 6 rs1 A C . . .'])), [])
})
