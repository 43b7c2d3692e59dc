import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { TumorScores } from '../../src/interpret/finding/tumor-scores.ts'
import { CHANNELS } from '../../src/interpret/tumor/tumor.ts'
import { garrod } from '../support/command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'garrod-tumor-scores-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, lines: readonly string[]): string {
  const path = join(folder, name)
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

/** 90 times "TACGAGATAC": the C of each tenth place lies between A and G. */
const reference = file('reference.fa', ['>1', 'TACGAGATAC'.repeat(90)])
const header = [
  ...['Hugo_Symbol', 'Chromosome', 'Start_Position', 'End_Position', 'NCBI_Build', 'Variant_Classification'],
  ...[
    'Variant_Type',
    'Reference_Allele',
    'Tumor_Seq_Allele2',
    'Tumor_Sample_Barcode',
    't_depth',
    't_alt_count',
  ],
]
const calls = file('calls.maf', [
  header.join('\t'),
  ...Array.from({ length: 80 }, (_, at) => {
    const place = String(10 * at + 3)
    return ['G1', '1', place, place, 'GRCh38', 'Missense_Mutation', 'SNP', 'C', 'T', 'T1', '100', '40'].join(
      '\t',
    )
  }),
])
const matrix = (
  cell: (channel: string, signature: string) => number,
  channels: readonly string[] = CHANNELS,
) => [
  'Type\tSBS1\tSBS4',
  ...channels.map((channel) => [channel, cell(channel, 'SBS1'), cell(channel, 'SBS4')].join('\t')),
]
const fits = file(
  'signatures.tsv',
  matrix((channel, signature) => (signature === 'SBS1' ? (channel === 'A[C>T]G' ? 1 : 0) : 1 / 96)),
)
const scoresOf = async (...args: string[]) => {
  const { exit, out } = await garrod('tumor', ...args, '--json')
  return { exit, scores: (JSON.parse(out) as { tumors: { scores: TumorScores }[] }).tumors[0]!.scores }
}
const given = ['--design', 'tumour-normal', '--megabases', '1', '--diagnosis', 'COAD']

test('burden and signatures of a table, with a reference and a matrix of the user', async () => {
  const { scores } = await scoresOf(calls, ...given, '--reference', reference, '--signatures', fits)
  assert.equal(scores.burden.state, 'high')
  assert.equal(scores.burden.counted.events.least, 80)
  assert.deepEqual(scores.signatures.substitutions, { used: 80, withoutContext: 0 })
  const [first] = scores.signatures.signatures
  assert.equal(first!.name, 'SBS1')
  assert.ok(first!.share > 0.99)
})

test('the same files give the same bytes', async () => {
  const run = () => garrod('tumor', calls, ...given, '--reference', reference, '--signatures', fits, '--json')
  assert.equal((await run()).out, (await run()).out)
})

test('what is missing is said, and the command ends with exit 1', async () => {
  const { exit, scores } = await scoresOf(calls, '--diagnosis', 'COAD')
  assert.equal(exit, 1)
  assert.deepEqual(
    [scores.burden.state, scores.microsatellites.state, scores.scars.state, scores.signatures.state],
    ['unknown', 'unknown', 'unknown', 'unknown'],
  )
  assert.match(scores.signatures.because.join(), /no reference sequence/)
  assert.match(scores.burden.missing.join(), /coding megabases/)
})

test('a table of calibration puts a burden on the scale of the cut', async () => {
  const table = file('calibration.tsv', ['assay\tslope\tintercept\tsource', 'P50\t0.11\t0\tstudy'])
  const { scores } = await scoresOf(calls, ...given, '--assay', 'P50', '--calibration', table)
  assert.equal(scores.burden.state, 'indeterminate')
  assert.equal(scores.burden.counted.calibrated!.source, 'study')
})

test('what is said of the assay goes before the files, and a contradiction is shown', async () => {
  const paired = file('paired.maf', [
    [...header, 'Matched_Norm_Sample_Barcode'].join('\t'),
    ['G1', '1', '3', '3', 'GRCh38', 'Missense_Mutation', 'SNP', 'C', 'T', 'T1', '90', '40', 'N1'].join('\t'),
  ])
  const { exit, out } = await garrod('tumor', paired, '--design', 'tumour-only', '--json')
  assert.equal(exit, 1)
  const [tumor] = (
    JSON.parse(out) as { tumors: { profile: { assay: { design: string }; contradictions: unknown } }[] }
  ).tumors
  assert.equal(tumor!.profile.assay.design, 'tumour-only')
  assert.match(JSON.stringify(tumor!.profile.contradictions), /--design.*tumour-normal.*paired\.maf/)
})

test('a board reads the answer first, and an advisory as no test', async () => {
  const { out } = await garrod('tumor', calls, ...given)
  assert.match(out, /Mutational burden: high, 80\.0 per megabase counted/)
  assert.match(out, /Advisory, not a test/)
})

for (const [name, args, code] of [
  ['megabases of none', ['--megabases', '0'], 'USAGE_AMOUNT'],
  ['a limit in percent', ['--detection-limit', '5'], 'USAGE_AMOUNT'],
  ['an unknown scheme', ['--burden-scheme', 'all'], 'USAGE_CHOICE'],
  [
    'a matrix with a row too few',
    [
      '--signatures',
      file(
        'short.tsv',
        matrix(() => 1 / 95, CHANNELS.slice(1)),
      ),
    ],
    'SIGNATURES_UNREADABLE',
  ],
  [
    'a matrix that is no probability',
    [
      '--signatures',
      file(
        'sum.tsv',
        matrix(() => 0.5),
      ),
    ],
    'SIGNATURES_UNREADABLE',
  ],
  [
    'a matrix of other channels',
    ['--signatures', file('doublets.tsv', ['Type\tDBS1', 'AC>CA\t1'])],
    'SIGNATURES_UNREADABLE',
  ],
  [
    'a calibration without its source',
    ['--calibration', file('bare.tsv', ['assay\tslope\tintercept\tsource', 'P50\t1\t0\t'])],
    'CALIBRATION_UNREADABLE',
  ],
] as const)
  test(`refused: ${name}`, async () => {
    // An option is given once: what a case gives stands in place of the usual.
    const usual = args[0] === '--megabases' ? given.slice(4) : given
    const { exit, err } = await garrod('tumor', calls, ...usual, ...args)
    assert.equal(exit, 2)
    assert.match(err, new RegExp(code))
  })
