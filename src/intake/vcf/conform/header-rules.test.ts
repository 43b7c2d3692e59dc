import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkText, refusals, vcfText, warnings } from '../../../../test/support/vcf-text.ts'

const RECORD = '1 123 . TC T . . .'

/** A header line, the version it stands in, and what a strict reader says of it ("" when it is good). */
const LINES: readonly (readonly [line: string, minor: number, refusal: string])[] = [
  ['##INFO=<ID=X,Number=1,Type=Integer,Description="text, with commas and \\"quotes\\"">', 1, ''],
  ['##INFO=<ID=X,Number=1,Type=Int,Description="d">', 1, 'VCF_META_TYPE@2 Type'],
  ['##INFO=<ID=X,Number=-1,Type=Integer,Description="d">', 3, 'VCF_META_NUMBER@2 Number'],
  ['##INFO=<ID=X,Number=R,Type=Integer,Description="d">', 1, 'VCF_META_NUMBER@2 Number'],
  ['##INFO=<ID=X,Number=R,Type=Integer,Description="d">', 2, ''],
  ['##INFO=<ID=X,Number=P,Type=Integer,Description="d">', 4, 'VCF_META_NUMBER@2 Number'],
  ['##FORMAT=<ID=X,Number=P,Type=Integer,Description="d">', 4, ''],
  ['##FORMAT=<ID=X,Number=LG,Type=Integer,Description="d">', 4, 'VCF_META_NUMBER@2 Number'],
  ['##FORMAT=<ID=X,Number=LG,Type=Integer,Description="d">', 5, ''],
  ['##FORMAT=<ID=X,Number=0,Type=Flag,Description="d">', 2, 'VCF_META_TYPE@2 Type'],
  ['##INFO=<ID=X,Number=1,Type=Flag,Description="d">', 2, 'VCF_META_FLAG@2 Number'],
  ['##INFO=<ID=X,Number=1,Type=Integer,Description=d>', 2, 'VCF_META_DESCRIPTION@2 Description'],
  ['##INFO=<ID=X,Number=1,Type=Integer>', 2, 'VCF_META_REQUIRED@2 Description'],
  ['##INFO=<ID=X,Number=1,Type=Integer,Description="d>', 2, 'VCF_META_QUOTES@2'],
  ['##INFO=<ID=X,Number=1,Type=Integer,Description="d"', 2, 'VCF_META_BRACKETS@2'],
  ['##INFO=ID=X', 2, 'VCF_META_UNSTRUCTURED@2'],
  ['##INFO=<ID=X++,Number=1,Type=Integer,Description="d">', 2, ''],
  ['##INFO=<ID=X++,Number=1,Type=Integer,Description="d">', 3, 'VCF_META_ID@2 ID'],
  ['##INFO=<ID=AC,Number=1,Type=Integer,Description="d">', 2, 'VCF_RESERVED_NUMBER@2 Number'],
  ['##INFO=<ID=AC,Number=A,Type=Float,Description="d">', 2, 'VCF_RESERVED_TYPE@2 Type'],
  ['##INFO=<ID=MQ,Number=1,Type=Integer,Description="as bcftools writes it">', 2, ''],
  ['##FORMAT=<ID=AD,Number=.,Type=Integer,Description="d">', 2, ''],
  ['##FORMAT=<ID=AD,Number=.,Type=Integer,Description="d">', 3, 'VCF_RESERVED_NUMBER@2 Number'],
  ['##INFO=<ID=X,Number=1,Type=String,Description="d",Source=db>', 3, 'VCF_META_DESCRIPTION@2 Source'],
  ['##INFO=<ID=CIPOS,Number=2,Type=Integer,Description="d">', 3, ''],
  ['##INFO=<ID=CIPOS,Number=1,Type=Integer,Description="d">', 3, 'VCF_RESERVED_NUMBER@2 Number'],
  ['##INFO=<ID=CIPOS,Number=.,Type=Integer,Description="d">', 4, ''],
  ['##INFO=<ID=CN,Number=1,Type=Integer,Description="d">', 3, ''],
  ['##INFO=<ID=CN,Number=A,Type=Integer,Description="d">', 4, 'VCF_RESERVED_TYPE@2 Type'],
  ['##INFO=<ID=SVCLAIM,Number=1,Type=String,Description="d">', 3, ''],
  ['##INFO=<ID=SVCLAIM,Number=1,Type=String,Description="d">', 4, 'VCF_RESERVED_NUMBER@2 Number'],
  ['##FORMAT=<ID=CN,Number=1,Type=Integer,Description="d">', 3, ''],
  ['##FORMAT=<ID=CN,Number=1,Type=Integer,Description="d">', 4, 'VCF_RESERVED_TYPE@2 Type'],
  ['##FORMAT=<ID=M5mC,Number=1,Type=Float,Description="d">', 4, ''],
  ['##FORMAT=<ID=M5mC,Number=1,Type=Float,Description="d">', 5, 'VCF_RESERVED_NUMBER@2 Number'],
  ['##FORMAT=<ID=ADM27551C,Number=M,Type=Float,Description="d">', 5, 'VCF_RESERVED_TYPE@2 Type'],
  ['##FORMAT=<ID=MX,Number=M,Type=Float,Description="d">', 5, 'VCF_META_NUMBER@2 Number'],
  ['##contig=<ID=DEL,length=10>', 2, ''],
  ['##contig=<ID=DEL,length=10>', 3, 'VCF_CONTIG_ID@2 ID'],
  ['##contig=<ID=8,md5=F126CDF8A6E0C7F379D618FF66BEB2DA>', 4, ''],
  ['##contig=<ID=8,md5=F126CDF8A6E0C7F379D618FF66BEB2DA>', 5, 'VCF_CONTIG_MD5@2 md5'],
  ['##FILTER=<ID=0,Description="d">', 2, 'VCF_FILTER_ZERO@2 ID'],
  ['##FILTER=<ID=a;b,Description="d">', 2, 'VCF_META_ID@2 ID'],
  ['##ALT=<ID=DUP:TANDEM,Description="d">', 1, ''],
  ['##ALT=<ID=NON_REF,Description="d">', 1, ''],
  ['##ALT=<ID=INVDUP,Description="d">', 2, 'VCF_ALT_TYPE@2 ID'],
  ['##ALT=<ID=INVDUP,Description="d">', 3, ''],
  ['##ALT=<ID=DEL:A<B,Description="d">', 3, 'VCF_ALT_ID@2 ID'],
  ['##ALT=<ID=DEL,Number=B,Description="d">', 2, 'VCF_META_NUMBER@2 Number'],
  ['##contig=<ID=HLA-A*01:01:01:01,length=3503>', 3, ''],
  ['##contig=<ID=*1>', 3, 'VCF_CONTIG_ID@2 ID'],
  ['##contig=<ID=9,length=0>', 3, 'VCF_CONTIG_LENGTH@2 length'],
  ['##contig=<length=10>', 3, 'VCF_META_REQUIRED@2 ID'],
  ['##contig=<ID=2,length=1,length=2>', 3, 'VCF_META_ATTRIBUTE_REPEATED@2 length'],
  ['##assembly=ftp://user@host:8080/file.fasta', 2, ''],
  ['##assembly=ftp://8080:8080/file.fasta', 2, 'VCF_URL@2'],
  ['##pedigreeDB=<http://123.0.1.2/db>', 2, ''],
  ['##pedigreeDB=<http://123.0.1.256/db>', 2, 'VCF_URL@2'],
  ['##SAMPLE=<ID=S,Assay=WholeGenome>', 3, ''],
  ['##SAMPLE=<ID=S,Genomes=G,Description=d>', 2, 'VCF_META_REQUIRED@2 Mixture'],
  ['##META=<ID=Assay,Type=String,Number=.,Values=[a, b]>', 3, ''],
  ['##META=<ID=Assay,Type=String,Number=.,Values=a>', 3, 'VCF_META_VALUES@2 Values'],
  ['##PEDIGREE=<Child=C,Mother=M>', 2, ''],
  ['##PEDIGREE=<Child=C,Mother=M>', 3, 'VCF_META_REQUIRED@2 ID'],
  ['##PEDIGREE=<ID=C,Mother=M:x>', 3, 'VCF_PEDIGREE_NAME@2 Mother'],
  ['##FORMAT=<ID=1000G,Number=1,Type=String,Description="d">', 3, 'VCF_META_ID@2 ID'],
  ['##FORMAT=<ID=GLE,Number=G,Type=String,Description="d">', 2, ''],
  ['##INFO=<ID=SB,Number=4,Type=Integer,Description="d">', 3, ''],
  ['##MINE=<ID=a,"text, of its own">', 2, ''],
  ['##MINE=<ID=a,Text="not closed>', 2, 'VCF_META_QUOTES@2'],
  ['##contig=<ID=a,species=Homo sapiens">', 2, 'VCF_META_QUOTES@2'],
  ['##reference=', 2, 'VCF_META_VALUE@2'],
  ['##just words', 2, 'VCF_META_SYNTAX@2'],
  ['##=value', 2, 'VCF_META_KEY@2'],
  ['##fileformat=VCFv4.2', 2, 'VCF_FILEFORMAT_REPEATED@2'],
  ['#a comment', 2, 'VCF_META_SYNTAX@2'],
  ['##INFO<ID=X,Number=1,Type=String,Description="d">', 2, 'VCF_META_KEY@2'],
  ['##assembly=<ftp://host/file.fasta>', 2, 'VCF_URL@2'],
  ['##assembly=<>', 3, 'VCF_URL@2'],
  ['##pedigreeDB=<http://host/db', 2, 'VCF_URL@2'],
  ['##pedigreeDB=http://host/db>', 3, 'VCF_URL@2'],
  ['##PEDIGREE=<Na:me=C,Mother=M>', 2, 'VCF_PEDIGREE_NAME@2 Na:me'],
  ['##PEDIGREE=<ID=C,Name 1=M>', 3, 'VCF_META_ATTRIBUTE@2 Name 1'],
  ['##contig=<ID=2, length=10>', 3, 'VCF_META_ATTRIBUTE@2  length'],
  ['##contig=<ID=a[1](b)>', 2, ''],
  ['##contig=<ID=a[1](b)>', 3, ''],
  ['##contig=<ID=a>b>', 2, 'VCF_CONTIG_ID@2 ID'],
  ['##META=<ID=Assay,Note=mine>', 2, ''],
]

for (const [line, minor, refusal] of LINES)
  test(`4.${minor} ${line}: ${refusal === '' ? 'good' : refusal}`, async () => {
    assert.deepEqual(await refusals(vcfText(minor, [line], '', [RECORD])), refusal === '' ? [] : [refusal])
  })

test('the same ID twice is refused from 4.3 on', async () => {
  const twice = ['##FILTER=<ID=q10,Description="a">', '##FILTER=<ID=q10,Description="b">']
  assert.deepEqual(await refusals(vcfText(3, twice, '', [RECORD])), ['VCF_META_ID_REPEATED@3 ID'])
  assert.deepEqual(await refusals(vcfText(2, twice, '', [RECORD])), [])
  assert.ok((await warnings(vcfText(2, twice, '', [RECORD]))).includes('VCF_META_ID_REPEATED@3 ID'))
})

test('the first line must name the version', async () => {
  const body = vcfText(2, [], '', [RECORD]).split('\n').slice(1).join('\n')
  assert.deepEqual(await refusals(`##fileformat=VCFv4.2\n${body}`), [])
  assert.deepEqual(await refusals(`##fileformat=VCF v4.2\n${body}`), ['VCF_FILEFORMAT_SPELLING@1 fileformat'])
  assert.deepEqual(await refusals(`##fileformat=VCF v4.2\n${body}`, false), [])
  assert.deepEqual(await refusals(`##fileformat=VCFv4.02\n${body}`), ['VCF_FILEFORMAT_SPELLING@1 fileformat'])
  assert.deepEqual(await refusals(`##fileformat=VCFv4.9\n${body}`), ['VCF_VERSION@1 fileformat'])
  assert.deepEqual(await refusals(`##fileformat=\n${body}`, false), ['VCF_FILEFORMAT@1 fileformat'])
  assert.deepEqual(await refusals(body, false), ['VCF_FILEFORMAT@1 fileformat', 'VCF_HEADER_MISSING@2'])
  assert.deepEqual(await refusals('', false), ['VCF_EMPTY@1'])
  assert.deepEqual(await refusals('\n\n', false), ['VCF_EMPTY@1'])
  assert.deepEqual(await refusals('%PDF-1.7\nwords\n', false), ['VCF_FILEFORMAT@1 fileformat'])
})

test('the #CHROM line', async () => {
  const file = (columns: string) => `##fileformat=VCFv4.2\n${columns.replaceAll(' ', '\t')}\n`
  const fixed = '#CHROM POS ID REF ALT QUAL FILTER INFO'
  assert.deepEqual(await refusals(file(fixed)), [])
  assert.deepEqual(await refusals(file(`${fixed} FORMAT A B`)), [])
  assert.deepEqual(await refusals(file(`${fixed} FORMAT`)), ['VCF_HEADER_FORMAT@2'])
  assert.deepEqual(await refusals(file(`${fixed} FORMAT A A`), false), ['VCF_SAMPLE_REPEATED@2'])
  assert.deepEqual(await refusals(file(`${fixed} FORMAT A `)), ['VCF_SAMPLE_NAME@2'])
  assert.deepEqual(await refusals(file(`${fixed} A`), false), ['VCF_HEADER_COLUMN@2'])
  assert.deepEqual(await refusals(file('#CHROM POS'), false), ['VCF_HEADER_COLUMN@2'])
  assert.deepEqual(await refusals(file('#CHROM POS\n1 5'), false), ['VCF_HEADER_COLUMN@2', 'VCF_COLUMNS@3'])
  assert.deepEqual(await refusals('##fileformat=VCFv4.2\n', false), ['VCF_HEADER_MISSING@1'])
})

test('a report tells version, size and the section of its version', async () => {
  const report = await checkText(vcfText(3, [], 'A B', ['1 5 . A C -1 PASS . GT 0/1 1/1']))
  assert.deepEqual([report.verdict, report.version, report.records, report.samples], ['refused', '4.3', 1, 2])
  assert.equal(report.findings[0]?.section, 'VCF 4.3 section 1.6.1')
  assert.equal(
    (await checkText(vcfText(2, [], '', ['1 5 . A C -1 PASS .']))).findings[0]?.section,
    'VCF 4.2 section 1.4.1',
  )
})
