import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { garrodWith } from '../support/command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'garrod-usage-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const examples = join(import.meta.dirname, '..', '..', 'examples')
const genome = join(examples, 'clopidogrel.vcf.gz')
const maf = join(examples, 'colon.maf')

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

// Codes of the command line that no other test asks for: each is answered before anything is read or opened.
for (const [code, ...argv] of [
  ['USAGE_ASSEMBLY', 'pgx', genome, '--assembly', 'hg17'],
  ['USAGE_FILTERS', 'pgx', genome, '--filters', 'some'],
  ['USAGE_INSTANT', 'fhir', genome, '--id', 'p1', '--issued', 'yesterday'],
  ['USAGE_APPROVALS', 'tumor', 'approvals', 'BRAF'],
  ['USAGE_CDS', 'cds', 'mutter'],
  ['CDS_REASON_MISSING', 'cds', 'mute', 'drug', 'codeine'],
  ['CDS_INDICATOR', 'cds', 'threshold', 'loud', '--reason', 'x'],
  ['CDS_SUBJECT', 'cds', 'mute', 'codeine', '--reason', 'x'],
  ['USAGE_TRIALS', 'trials', 'match', '--trials', 'x.json'],
  ['USAGE_COMPAT', 'trials', 'match', '--trials', 'x', '--patients', 'y', '--compat', 'other'],
  ['USAGE_DISTANCE', 'trials', 'match', '--trials', 'x', '--patients', 'y', '--within', 'far'],
  ['USAGE_IMPORT', 'facts', 'import', 'chain'],
  ['IMPORT_KIND_UNKNOWN', 'facts', 'import', 'gossip', folder],
  ['USAGE_PHENOPACKET', 'phenopacket'],
  ['USAGE_TLS', 'serve', '--tls-cert', 'cert.pem'],
  ['USAGE_PORT', 'serve', '--port', '70000'],
  ['USAGE_PORT', 'serve', '--mllp', '70000'],
  ['USAGE_ACK', 'serve', '--mllp', '0', '--mllp-ack', 'perhaps'],
  ['USAGE_TLS', 'serve', '--mllp', '0', '--mllp-ca', 'labs.pem'],
  ['SERVE_MLLP_OPEN', 'serve', '--mllp', '0', '--host', '10.1.2.3', '--demo'],
  ['USAGE_BEACON', 'serve', '--beacon-id', 'org.example'],
  ['USAGE_BEACON', 'serve', '--beacon', '--beacon-records', 'rita'],
  ['USAGE_VCF_CONSEQUENCE', 'vcf', 'consequence'],
  ['CRITERIA_COLUMN_MISSING', 'germline', 'classify', file('a.tsv', 'variant\tgene\nx\ty\n')],
  [
    'ANNOTATION_COLUMN_MISSING',
    'tumor',
    maf,
    '--diagnosis',
    'COAD',
    '--annotations',
    file('b.tsv', 'level\n1\n'),
  ],
  [
    'ANNOTATION_UNCITED',
    'tumor',
    maf,
    '--diagnosis',
    'COAD',
    '--annotations',
    file('c.tsv', 'source\tcategory\tlevel\tcitation\nOncoKB\tBRAF V600E\t1\t\n'),
  ],
  [
    'CHAIN_DIRECTION',
    'facts',
    'import',
    'chain',
    file('d.chain', 'chain 1 chr1 5 + 0 5 chr1 5 + 0 5 1\n5\n\n'),
    '--version',
    '1',
  ],
] as const)
  test(`garrod ${argv.join(' ').replaceAll(folder, '…').replaceAll(examples, 'examples')}: ${code}`, async () => {
    const { exit, out, err } = await garrodWith(
      { GARROD_HOME: join(folder, 'home'), DATABASE_URL: undefined },
      ...argv,
    )
    assert.equal(exit, 2, out)
    assert.equal(out, '')
    assert.match(err, new RegExp(`code +${code}\\n`))
    assert.doesNotMatch(err, / at .*\.ts:/, 'never a stack trace')
    assert.equal(existsSync(join(folder, 'home')), false, 'nothing was opened')
  })
