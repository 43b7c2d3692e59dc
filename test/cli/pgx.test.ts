import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { garrod } from '../support/command-line.ts'

const examples = join(import.meta.dirname, '..', '..', 'examples')
const genome = join(examples, 'clopidogrel.vcf.gz')
const text = gunzipSync(readFileSync(genome)).toString()
const folder = mkdtempSync(join(tmpdir(), 'garrod-cli-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** A file made from the example genome. */
function file(name: string, content: string | Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

test('NDJSON: one object per sample, with genes, advice and the versions of the facts', async () => {
  const { exit, out } = await garrod('pgx', genome, '--json')
  assert.equal(exit, 0)
  assert.equal(out.trimEnd().split('\n').length, 1)
  const answer = JSON.parse(out)
  assert.equal(answer.sample, 'EXAMPLE-1')
  const gene = answer.genes.find((one: { gene: string }) => one.gene === 'CYP2C19')
  assert.deepEqual(
    [gene.diplotypes, gene.phenotypes, gene.missingPositions],
    [['*2/*2'], ['Poor Metabolizer'], []],
  )
  assert.equal(answer.genes.length, 23)
  assert.equal(answer.facts['clinpgx-alleles'], '2025-11-05')
  const clopidogrel = answer.advice.find((one: { drug: { name: string } }) => one.drug.name === 'clopidogrel')
  assert.equal(clopidogrel.severity, 'critical')
  for (const one of clopidogrel.recommendations)
    assert.ok(one.citation.version !== '' && one.citation.pack.version !== '')
})

test('the same input, facts and engine give the same bytes', async () => {
  const run = () => garrod('pgx', genome, '--json', '--drug', 'plavix', '--as-of', '2026-11-22')
  assert.equal((await run()).out, (await run()).out)
})

test('a brand name, an RxCUI and an ATC code mean the same drug', async () => {
  const answers = await Promise.all(
    ['Plavix', '32968', 'B01AC04'].map((drug) => garrod('pgx', genome, '--json', '--drug', drug)),
  )
  for (const { out } of answers) assert.equal(JSON.parse(out).advice[0].drug.name, 'clopidogrel')
})

test('a report is repeated under its own facts', async () => {
  const { out } = await garrod('pgx', genome, '--json', '--drug', 'clopidogrel', '--pin', 'cpic@2024-01')
  assert.equal(JSON.parse(out).facts.cpic, '2024-01')
})

test('what is not known is said, and the exit code tells', async () => {
  const { exit, out } = await garrod('pgx', join(examples, 'array.txt'), '--drug', 'codeine')
  assert.equal(exit, 1)
  assert.match(out, /\[\? \] No advice for codeine\. Unknown: CYP2D6/)
})

test('a drug now taken changes what a normal gene means', async () => {
  const outside = join(examples, 'pain.outside.tsv')
  const { out } = await garrod(
    'pgx',
    join(examples, 'pain.vcf.gz'),
    '--outside',
    outside,
    '--taking',
    'paroxetine',
    '--drug',
    'codeine',
  )
  assert.match(out, /Avoid codeine/)
  assert.match(out, /Paroxetine is a strong CYP2D6 inhibitor/)
})

test('GRCh37 gives what the same alleles give on GRCh38', async () => {
  const { out } = await garrod(
    'pgx',
    join(examples, 'warfarin.grch37.vcf.gz'),
    '--json',
    '--drug',
    'warfarin',
  )
  const answer = JSON.parse(out)
  assert.equal(answer.assembly, 'GRCh37')
  const diplotype = (gene: string) =>
    answer.genes.find((one: { gene: string }) => one.gene === gene).diplotypes[0]
  assert.deepEqual(['CYP2C9', 'CYP2C19', 'CYP3A5'].map(diplotype), ['*2/*3', '*17/*17', '*3/*3'])
})

const lines = text.split('\n')
const header = lines.filter((line) => line.startsWith('#'))
const records = lines.filter((line) => line !== '' && !line.startsWith('#'))
const vcf = (body: readonly string[], head: readonly string[] = header) =>
  `${[...head, ...body].join('\n')}\n`
const first = records[0]!

for (const [what, code, content] of [
  ['not a VCF', 'NOT_A_VCF', 'hello\n'],
  ['an empty file', 'EMPTY_FILE', ''],
  ['a truncated gzip', 'TRUNCATED_GZIP', readFileSync(genome).subarray(0, 5000)],
  [
    'no sample column',
    'VCF_NO_SAMPLE',
    vcf(
      records.map((line) => line.split('\t').slice(0, 8).join('\t')),
      header.map((line) => (line.startsWith('#CHROM') ? line.split('\t').slice(0, 8).join('\t') : line)),
    ),
  ],
  ['a malformed genotype', 'VCF_GT_MALFORMED', vcf([first.replace('0|0:', 'x|0:'), ...records.slice(1)])],
  ['unsorted positions', 'VCF_UNSORTED', vcf([...records.slice(1, 3), first, ...records.slice(3)])],
  [
    'one site twice with other genotypes',
    'VCF_DUPLICATE_POSITION',
    vcf(
      records.flatMap((line) =>
        line.includes('\t1|1:') ? [line, line.replace('\t1|1:', '\t0|1:')] : [line],
      ),
    ),
  ],
  [
    'the wrong build in the header',
    'BUILD_CONTRADICTS',
    text.replaceAll('assembly=GRCh38', 'assembly=GRCh37'),
  ],
  [
    'reference bases that contradict the definitions',
    'BUILD_CONTRADICTS',
    vcf(
      records.map((line) =>
        line
          .split('\t')
          .map((cell, i) => (i === 3 && cell === 'A' ? 'C' : cell))
          .join('\t'),
      ),
    ),
  ],
] as const) {
  test(`${what} is refused: ${code}, exit 2, what and where and how to mend it, no answer`, async () => {
    const { exit, out, err } = await garrod('pgx', file('bad.vcf', content), '--json')
    assert.deepEqual([exit, out], [2, ''])
    assert.match(err, new RegExp(`code {3}${code}\\n`))
    for (const part of ['garrod: ', '  where  ', '  mend   ']) assert.ok(err.includes(part), err)
    assert.doesNotMatch(err, /\n\s+at /)
  })
}

test('CRLF line ends change nothing', async () => {
  const { out } = await garrod(
    'pgx',
    file('crlf.vcf', text.replaceAll('\n', '\r\n')),
    '--json',
    '--drug',
    'clopidogrel',
  )
  assert.deepEqual(
    JSON.parse(out).genes.map((one: { diplotypes: string[] }) => one.diplotypes),
    JSON.parse((await garrod('pgx', genome, '--json', '--drug', 'clopidogrel')).out).genes.map(
      (one: { diplotypes: string[] }) => one.diplotypes,
    ),
  )
})

for (const [what, code, argv] of [
  ['a sample that is not in the file', 'VCF_SAMPLE_UNKNOWN', ['pgx', genome, '--sample', 'EXAMPLE-9']],
  ['a misspelled drug', 'DRUG_UNKNOWN', ['pgx', genome, '--drug', 'clopidogrl']],
  ['a sex that the X chromosome contradicts', 'SEX_CONTRADICTION', ['pgx', genome, '--sex', 'female']],
  ['a misspelled indication', 'INDICATION_UNKNOWN', ['pgx', genome, '--indication', 'acs']],
  ['no file', 'USAGE_FILE', ['pgx']],
  ['a day that the calendar does not have', 'USAGE_DATE', ['pgx', genome, '--as-of', '2025-02-30']],
  ['an option that does not exist', 'USAGE_OPTION', ['pgx', genome, '--jsn']],
  ['a command that does not exist', 'USAGE_COMMAND', ['pgxx']],
  ['a pack that is not installed', 'FACTS_PIN_UNKNOWN', ['pgx', genome, '--pin', 'cpic@1999']],
  ['a file that does not exist', 'FILE_NOT_FOUND', ['pgx', join(folder, 'none.vcf')]],
] as const) {
  test(`${what} is refused: ${code}`, async () => {
    const { exit, out, err } = await garrod(...argv)
    assert.deepEqual([exit, out], [2, ''])
    assert.match(err, new RegExp(`code {3}${code}\\n`))
  })
}

test('every command explains itself', async () => {
  const { out } = await garrod('--help')
  for (const [, name] of out.matchAll(/^ {2}([a-z]+) {2,}/gm)) {
    const help = await garrod(name!, '--help')
    assert.equal(help.exit, 0)
    assert.match(help.out, /Usage\n {2}garrod /)
  }
})

test('a phenotype that a laboratory sent without a score is printed without one', async () => {
  const sheet = file('phenotype.tsv', 'CYP2D6\t\tIntermediate Metabolizer\n')
  const { out } = await garrod('pgx', '--outside', sheet, '--drug', 'codeine')
  assert.match(out, /CYP2D6 .*Intermediate Metabolizer {2}/)
  assert.doesNotMatch(out, /\(0\.25\)/)
})

test('no change is not promised where an unseen position could hide a reason for one', async () => {
  const without = (...rsids: string[]) =>
    file(`without-${rsids[0]}.vcf`, vcf(records.filter((line) => !rsids.includes(line.split('\t')[2]!))))
  const { exit, out } = await garrod('pgx', without('rs3918290', 'rs67376798'), '--drug', 'fluorouracil')
  assert.equal(exit, 1)
  assert.match(
    out,
    /^\[\? \] Use fluorouracil at the standard dose\. Unknown: DPYD: c\.1905\+1G>A \(\*2A\) and c\.2846A>T not excluded/m,
  )
  const whole = await garrod('pgx', genome, '--drug', 'fluorouracil')
  assert.equal(whole.exit, 0)
  assert.match(whole.out, /^\[ok\] Use fluorouracil at the standard dose\.$/m)
})

test('a file that says nothing of any gene is not an answer', async () => {
  const elsewhere = records[0]!.split('\t').with(1, '1000').with(2, '.').join('\t')
  assert.equal((await garrod('pgx', file('elsewhere.vcf', vcf([elsewhere])))).exit, 1)
})
