import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openIndex } from '../../src/intake/bgzf/index-file.ts'
import { readMessage } from '../../src/intake/hl7v2/syntax/message.ts'
import { readOutsideCalls } from '../../src/intake/outside-calls.ts'
import { readPhenopacket } from '../../src/intake/phenopacket/read-phenopacket.ts'
import { readGenotypes } from '../../src/intake/receive.ts'
import { type CheckReport, checkVcf } from '../../src/intake/vcf/conform/check-vcf.ts'
import { Fault } from '../../src/terms/fault.ts'
import { parseHgvs } from '../../src/variant/hgvs/parse.ts'
import { PANEL } from '../cases/intake/small-panel.ts'
import type { FuzzedParser } from './fuzzed-parser.ts'
import { GERMLINE_PARSERS } from './germline-parsers.ts'
import { SCORE_TABLE } from './score-table.ts'
import { packedSeeds, vcfSeeds } from './seeds.ts'
import { TRIAL_PARSERS } from './trial-parsers.ts'
import { TUMOR_PARSERS } from './tumor-parsers.ts'

const examples = join(import.meta.dirname, '..', '..', 'examples')
const example =
  (...names: readonly string[]) =>
  (): readonly Uint8Array[] =>
    names.map((name) => readFileSync(join(examples, name)))
const texts =
  (...lines: readonly string[]) =>
  (): readonly Uint8Array[] =>
    lines.map((line) => Buffer.from(line))

/** To fuzz another reader, add a line. */
export const PARSERS: readonly FuzzedParser[] = [
  { name: 'VCF check', seeds: vcfSeeds, read: checkTwice },
  { name: 'VCF check, compressed', seeds: packedSeeds, read: (bytes) => check(bytes, true, [bytes]) },
  { name: 'genotypes of a VCF', seeds: vcfSeeds, read: genotypes },
  { name: 'genotypes of a VCF, compressed', seeds: packedSeeds, read: genotypes },
  { name: 'genotypes of an array', seeds: example('array.txt'), read: genotypes },
  {
    name: 'outside calls',
    seeds: example('pain.outside.tsv'),
    read: (bytes) =>
      readOutsideCalls(bytes.toString(), { name: 'f', format: 'outside-calls', sha256: undefined }),
  },
  { name: 'HL7 v2 message', seeds: example('cyp2d6.hl7'), read: readMessage },
  {
    name: 'phenopacket',
    seeds: texts(
      '{"id":"p","subject":{"id":"s","sex":"FEMALE"},"phenotypicFeatures":[{"type":{"id":"HP:0001250","label":"Seizure"},"excluded":true}],"metaData":{"created":"2024-01-01T00:00:00Z","createdBy":"x","resources":[],"phenopacketSchemaVersion":"2.0"}}',
    ),
    read: (bytes) => readPhenopacket(bytes.toString(), 'f'),
  },
  {
    name: 'HGVS',
    seeds: texts(
      'NM_004006.2:c.[93+1G>T;145_147delinsTGG]',
      'NP_003997.2:p.(Trp24Ter)',
      'NC_000023.11:g.(?_31060227)_(33274278_?)dup',
      'NM_004006.2:c.20_23CTG[4]',
    ),
    read: (bytes) => parseHgvs(bytes.toString()),
  },
  ...GERMLINE_PARSERS,
  ...TRIAL_PARSERS,
  SCORE_TABLE,
  ...TUMOR_PARSERS,
  { name: 'tabix and CSI index', seeds: indexSeeds, read: askIndex },
]

/** The same bytes in one piece and in several must be told the same; lenient never refuses what strict lets pass. */
async function checkTwice(bytes: Buffer): Promise<void> {
  const strict = await check(bytes, true, [bytes])
  const third = Math.floor(bytes.length / 3)
  const pieces = [bytes.subarray(0, third), bytes.subarray(third, third + 1), bytes.subarray(third + 1)]
  assert.deepEqual(await check(bytes, true, pieces), strict)
  const lenient = await check(bytes, false, [bytes])
  if (lenient.verdict === 'refused') assert.equal(strict.verdict, 'refused')
}

function check(bytes: Buffer, strict: boolean, pieces: readonly Buffer[]): Promise<CheckReport> {
  async function* stream(): AsyncGenerator<Uint8Array> {
    yield* pieces
  }
  return checkVcf('f', { stream: stream(), size: bytes.length }, { strict })
}

async function genotypes(bytes: Buffer): Promise<void> {
  for await (const set of readGenotypes({ name: 'f', content: { bytes }, panel: PANEL, options: {} }))
    assert.ok(set)
}

/** Opens an index and asks for a stretch of each contig. */
function askIndex(bytes: Buffer): void {
  const index = openIndex('f.tbi', bytes)
  for (const contig of index.contigs.keys()) index.chunks(contig, 1, 1 << 20)
}

/** Two references, one bin with one chunk each, and a linear index: the layout of section 4 of the tabix paper. */
function indexSeeds(): readonly Uint8Array[] {
  const words = (...numbers: readonly number[]): Buffer => {
    const bytes = Buffer.alloc(numbers.length * 4)
    for (const [i, number] of numbers.entries()) bytes.writeInt32LE(number, i * 4)
    return bytes
  }
  const names = Buffer.from('chr1\0chr2\0')
  const reference = words(1, 4681, 1, 65536, 0, 131072, 0, 1, 65536, 0)
  return [
    Buffer.concat([
      Buffer.from('TBI\u0001'),
      words(2, 2, 1, 2, 0, 35, 0, names.length),
      names,
      reference,
      reference,
    ]),
  ]
}

/** Tells a defect from an answer: every error but a Fault with a code and a way to mend it. */
export async function defectOf(parser: FuzzedParser, bytes: Buffer): Promise<string | undefined> {
  try {
    await parser.read(bytes)
    return undefined
  } catch (error) {
    if (error instanceof Fault && error.code !== '' && error.mend !== '' && !error.what.includes('\n    at '))
      return undefined
    return error instanceof Error ? (error.stack ?? error.message) : String(error)
  }
}
