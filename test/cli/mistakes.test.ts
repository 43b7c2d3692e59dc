import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { garrod } from '../support/command-line.ts'

const root = join(import.meta.dirname, '..', '..')
const genome = join(root, 'examples', 'pain.vcf.gz')
const folder = mkdtempSync(join(tmpdir(), 'garrod-mistakes-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const inside = (name: string) => join(folder, name)
mkdirSync(inside('dir'))
symlinkSync(inside('loop'), inside('loop'))
writeFileSync(inside('text.json'), 'hello\nworld\n')
writeFileSync(inside('half.json'), '{"a": 1,\n  "who": "me" "x": 2}\n')
writeFileSync(inside('x.tsv'), 'gene\tx\n')
writeFileSync(inside('variants.tsv'), 'gene\thgvsp\nBRAF\tp.V600E\n')
writeFileSync(inside('fpkm.tsv'), 'gene\tfpkm\nEGFR\tabc\n')
writeFileSync(
  inside('few.vcf'),
  '##fileformat=VCFv4.2\n##contig=<ID=chr1,assembly=GRCh38,length=248956422>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\nchr1\t100\n',
)
const trio = '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tann\tbob\n'
writeFileSync(
  inside('two.vcf'),
  `##fileformat=VCFv4.2\n##contig=<ID=chr1,length=248956422>\n${trio}chr1\t100\t.\tA\tC\t.\tPASS\t.\tGT\t0/1\t0/1\n`,
)
writeFileSync(inside('none-ill.ped'), 'F\tann\t0\t0\t2\t1\nF\tbob\t0\t0\t1\t1\n')
writeFileSync(inside('both-ill.ped'), 'F\tann\t0\t0\t2\t2\nF\tbob\t0\t0\t1\t2\n')
writeFileSync(inside('guidelines.tsv'), 'category\tdiagnosis\tguideline\n')
writeFileSync(
  inside('roles.tsv'),
  'category\tdiagnosis\trole\teffect\tguideline\tversion\ttherapies\nBRAF V600E\tMEL\ttherapeutic\tpoor outlook\tX\t1\tvemurafenib\n',
)

const mistakes: readonly (readonly [line: readonly string[], code: string, says: RegExp])[] = [
  [['pgxx'], 'USAGE_COMMAND', /Did you mean pgx\?/],
  [['pgx', genome, '--drgu', 'codeine'], 'USAGE_OPTION', /no option --drgu[\s\S]*Did you mean --drug\?/],
  [['pgx', genome, '--drug'], 'USAGE_OPTION', /--drug has no value/],
  [['pgx', genome, '--age', '-3'], 'USAGE_OPTION', /--age=-VALUE/],
  [['pgx', genome, '--json=yes'], 'USAGE_OPTION', /--json takes no value/],
  [['pgx', genome, '--sex', 'male', '--sex', 'female'], 'USAGE_TWICE', /--sex is given twice/],
  [
    ['pgx', genome, '--drug', 'warfarin', '--height', '1.8'],
    'USAGE_NUMBER',
    /nobody has a height of 1\.8 cm/,
  ],
  [['pgx', genome, '--drug', 'warfarin', '--age', '300'], 'USAGE_NUMBER', /nobody has an age of 300 years/],
  [['pgx', inside('loop')], 'FILE_UNREADABLE', /a link that leads to itself/],
  [['pgx', genome, '--outside', inside('dir')], 'FILE_UNREADABLE', /a folder, not a file/],
  [['pgx', genome, '--outside', inside('none')], 'FILE_NOT_FOUND', /no such file/],
  [['worker', '--at-once', '0'], 'USAGE_NUMBER', /0 jobs at a time do nothing/],
  [['vcf', 'chek', genome], 'USAGE_COMMAND', /Did you mean check\?/],
  [['trials', 'check', inside('dir')], 'FILE_UNREADABLE', /a folder, not a file/],
  [['trials', 'matsch'], 'USAGE_COMMAND', /"garrod trials match"\?/],
  [['germline', genome, '--ped', inside('none')], 'FILE_NOT_FOUND', /no such file/],
  [['germline', 'asses', inside('text.json')], 'USAGE_FILE', /Did you mean "garrod germline assess"\?/],
  [['germline', 'assess', inside('text.json')], 'EVIDENCE_NOT_JSON', /^garrod: .*\n {2}where/],
  [['tumor', 'oncogenicty', '--criteria', 'OS1'], 'FILE_NOT_FOUND', /"garrod tumor oncogenicity"\?/],
  [
    ['trials', 'match', '--trials', inside('t'), '--patients', inside('p'), '--assay', inside('text.json')],
    'ASSAY_UNREADABLE',
    /garrod: it is not JSON\n[\s\S]*Give JSON with name, genes and finds/,
  ],
  [
    ['trials', 'match', '--trials', inside('t'), '--patients', inside('p'), '--assay', inside('none')],
    'FILE_NOT_FOUND',
    /no such file/,
  ],
  [
    ['trials', 'check', inside('half.json')],
    'JSON_MALFORMED',
    /not JSON from line 2, column 15 on\n[\s\S]*half\.json:1/,
  ],
  [
    [
      'trials',
      'match',
      '--trials',
      inside('t'),
      '--patients',
      inside('p'),
      '--postal-codes',
      inside('x.tsv'),
    ],
    'POSTAL_CODES',
    /columns postal_code, latitude, longitude/,
  ],
  [
    ['tumor', 'oncogenicity', inside('variants.tsv'), '--established', inside('x.tsv')],
    'ESTABLISHED_COLUMN_MISSING',
    /must name gene and change/,
  ],
  [
    ['tumor', 'oncogenicity', inside('variants.tsv'), '--hotspots', inside('x.tsv')],
    'HOTSPOT_COLUMN_MISSING',
    /gene, residue, alt_aa, samples/,
  ],
  [
    ['tumor', inside('variants.tsv'), '--diagnosis-map', inside('x.tsv')],
    'DIAGNOSIS_MAP_COLUMN',
    /must name system, code and oncotree/,
  ],
  [
    ['tumor', inside('variants.tsv'), '--diagnosis', 'NSCLC', '--fasta-ref', inside('none')],
    'USAGE_TRANSCRIPTS',
    /where {2}--gff-annot/,
  ],
  [
    ['tumor', inside('fpkm.tsv'), '--diagnosis', 'NSCLC'],
    'EXPRESSION_INVALID',
    /"abc" is no expression in FPKM/,
  ],
  [['name', 'NC_000001.11:g.12_15insT'], 'HGVS_INSERTION_PLACE', /two neighbouring positions/],
  [['name', 'NC_000001.11:g.10_12delA'], 'HGVS_LENGTH_MISMATCH', /span 3 bases, but 1 is named/],
  [['name', 'NC_000001.11:g.0A>T'], 'HGVS_OUTSIDE', /count from 1/],
  [['name', 'NC_000001.11:999999999:A:T'], 'SPDI_OUTSIDE', /has 248956422 bases/],
  [['name', 'NC_000001.11:12:5X:T'], 'SPDI_SYNTAX', /counted from 0/],
  [['name', '{"type":"x"}'], 'VRS_MALFORMED', /no class "x"/],
  [['name', 'chr1-999999999-A-T', '--assembly', 'GRCh38'], 'VCF_OUTSIDE', /has 248956422 bases/],
  [
    ['vcf', 'norm', inside('few.vcf'), '--rm-dup', 'exact'],
    'VCF_TOO_FEW_COLUMNS',
    /has 2 columns, not the 8[\s\S]*few\.vcf:4/,
  ],
  [['germline', inside('two.vcf'), '--assembly', 'GRCh37'], 'VCF_BUILD_CONTRADICTION', /GRCh37 was named/],
  [
    ['germline', inside('two.vcf'), '--ped', inside('none-ill.ped')],
    'PED_SAMPLE_MISSING',
    /Samples: ann, bob/,
  ],
  [
    ['diagnose', '--hpo', 'HP:0001166', '--vcf', inside('two.vcf'), '--ped', inside('both-ill.ped')],
    'SAMPLE_CHOICE',
    /2 members are affected/,
  ],
  [
    ['tumor', inside('variants.tsv'), '--diagnosis', 'MEL', '--guidelines', inside('guidelines.tsv')],
    'GUIDELINE_COLUMN_MISSING',
    /role/,
  ],
  [
    ['tumor', inside('variants.tsv'), '--diagnosis', 'MEL', '--guidelines', inside('roles.tsv')],
    'GUIDELINE_ROLE_UNKNOWN',
    /"poor outlook" is no effect[\s\S]*roles\.tsv:2/,
  ],
  [['facts', 'show', 'nonsense'], 'FACTS_PACK_MISSING', /garrod facts list/],
  [['serve', '--frame-origin', 'http://ehr.example.org'], 'USAGE_ORIGIN', /https:\/\/ehr\.example\.org/],
]
for (const [line, code, says] of mistakes) {
  test(`garrod ${line.map((one) => one.replace(folder, '').replace(root, '')).join(' ')}: ${code}`, async () => {
    const { exit, out, err } = await garrod(...line)
    assert.deepEqual([exit, out], [2, ''])
    assert.match(err, says)
    assert.match(err, new RegExp(`\\n {2}code {3}${code}\\n$`))
    assert.equal(err.trimEnd().split('\n').length, 4, 'what, where, how to mend it, code')
  })
}

test('an option that is repeated with the same value, and one that may be repeated, are taken', async () => {
  const { exit } = await garrod(
    'pgx',
    genome,
    '--sex',
    'male',
    '--sex',
    'male',
    '--drug',
    'codeine',
    '--drug',
    'warfarin',
  )
  assert.notEqual(exit, 2)
})

test('an allele that no table knows is not "no change"', async () => {
  for (const diplotype of ['foo', '*1/*999']) {
    const sheet = inside('sheet.tsv')
    writeFileSync(sheet, `CYP2D6\t${diplotype}\n`)
    const { exit, out } = await garrod('pgx', '--outside', sheet, '--drug', 'codeine')
    assert.equal(exit, 1)
    assert.match(out, /\[\? \] No advice for codeine\. Unknown: CYP2D6: the effect of \S+ is not known\./)
  }
})

test('a file that does not say what its variants do is not an answer', async () => {
  const { exit, out } = await garrod('germline', genome)
  assert.equal(exit, 1)
  assert.match(out, /no finding, but hardly any could be made/)
})

test('a full disk is told of, and the exit code with it', {
  skip: existsSync('/dev/full') ? false : 'no /dev/full',
}, () => {
  const { status, stderr } = spawnSync(
    '/bin/sh',
    ['-c', '"$0" "$1" pgx "$2" --json > /dev/full', process.execPath, join(root, 'src/app/cli.ts'), genome],
    { encoding: 'utf8' },
  )
  assert.equal(status, 2)
  assert.match(stderr, /cannot be written whole \(ENOSPC\)[\s\S]*code {3}OUTPUT_CUT\n$/)
})

test('a candidate gene of no disease is told of, with what was probably meant', async () => {
  const { exit, err } = await garrod('diagnose', '--hpo', 'arachnodactyly', '--genes', 'FBN11,FBN1')
  assert.equal(exit, 1)
  assert.match(
    err,
    /no disease of the catalogue has the gene "FBN11": it changes nothing\. Did you mean FBN1\?/,
  )
  assert.doesNotMatch(err, /"FBN1"/)
})
