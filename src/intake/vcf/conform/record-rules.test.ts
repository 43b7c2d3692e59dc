import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusals, vcfText } from '../../../../test/support/vcf-text.ts'

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
]

for (const [records, minor, refusal] of RECORDS)
  test(`4.${minor} ${records.replaceAll('\n', ' / ')}: ${refusal === '' ? 'good' : refusal}`, async () => {
    const found = await refusals(vcfText(minor, minor < 2 ? [] : HEADER, '', records.split('\n')))
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
  ['. . .', 2, ''],
]

for (const [columns, minor, refusal] of SAMPLES)
  test(`4.${minor} ${columns}: ${refusal === '' ? 'good' : refusal}`, async () => {
    const found = await refusals(vcfText(minor, HEADER, 'A B', [`1 5 . A C . . . ${columns}`]))
    assert.deepEqual(
      found.map((one) => one.replace(/@.*/, '')),
      refusal === '' ? [] : [refusal],
    )
  })

test('a sample is named by its column, an INFO key by its name', async () => {
  const found = await refusals(vcfText(2, HEADER, 'A B', ['1 5 . A C . . DP=x GT 0/1 0/9']))
  assert.deepEqual(found, [`VCF_INFO_TYPE@${FIRST} DP`, `VCF_GENOTYPE_ALLELE@${FIRST} GT`])
})
