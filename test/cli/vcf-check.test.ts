import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { garrod } from '../support/command-line.ts'
import { vcfText } from '../support/vcf-text.ts'

const folder = mkdtempSync(join(tmpdir(), 'garrod-vcf-check-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, record: string): string {
  const path = join(folder, name)
  writeFileSync(
    path,
    vcfText(2, ['##contig=<ID=1>', '##FORMAT=<ID=GT,Number=1,Type=String,Description="d">'], 'A', [record]),
  )
  return path
}

interface Answer {
  readonly verdict: string
  readonly findings?: readonly { readonly code: string; readonly first: unknown }[]
  readonly fault?: { readonly code: string }
}

const good = file('good.vcf', '1 5 rs1 A C 10 PASS . GT 0/1')
const slip = file('slip.vcf', '1 5 rs1 A C -10 PASS . GT 0/1')
const bad = file('bad.vcf', '1 5 rs1 A C 10 PASS . GT 0/2')

test('exit code: 0 good, 1 warnings, 2 refused; the worst of all files', async () => {
  assert.equal((await garrod('vcf', 'check', '--strict', good)).exit, 0)
  assert.equal((await garrod('vcf', 'check', slip)).exit, 1)
  assert.equal((await garrod('vcf', 'check', '--strict', slip)).exit, 2)
  assert.equal((await garrod('vcf', 'check', bad)).exit, 2)
  assert.equal((await garrod('vcf', 'check', bad, good)).exit, 2)
})

test('a finding is told with its place, what is wrong and what to do', async () => {
  const { out } = await garrod('vcf', 'check', bad)
  assert.match(out, /bad\.vcf: refused \(VCF 4\.2, 1 record, 1 sample\)/)
  assert.match(out, /refuse {2}VCF_GENOTYPE_ALLELE .*\(VCF 4\.2 section 1\.4\.2\)/)
  assert.match(out, /line 5, A GT: GT is "0\/2", the record has alleles 0 to 1/)
  assert.match(out, /Use 0 for REF and 1 to the number of ALT alleles\./)
})

test('--json: one object per file, also for one that cannot be opened', async () => {
  const { exit, out } = await garrod('vcf', 'check', '--json', slip, join(folder, 'absent.vcf'))
  assert.equal(exit, 2)
  const [first, second] = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer)
  assert.equal(first?.verdict, 'warnings')
  assert.equal(first?.findings?.[0]?.code, 'VCF_QUAL_NEGATIVE')
  assert.deepEqual(first?.findings?.[0]?.first, [{ line: 5, column: 'QUAL', what: 'QUAL is "-10"' }])
  assert.equal(second?.fault?.code, 'FILE_NOT_FOUND')
})

test('--rules lists every rule with its weight', async () => {
  const { exit, out } = await garrod('vcf', 'check', '--rules')
  assert.equal(exit, 0)
  assert.match(out, /VCF_ALT_TYPE .*\n {4}strict: refuse up to VCF 4\.2, after: warn, lenient: warn\./)
})

test('no file, or an option of another verb, is told', async () => {
  const { exit, err } = await garrod('vcf', 'check')
  assert.equal(exit, 2)
  assert.match(err, /USAGE_FILE/)
})
