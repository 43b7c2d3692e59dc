import type { ReadOptions } from '../../intake/format.ts'
import { LONGEST_SHEET, readOutsideCalls } from '../../intake/outside-calls.ts'
import { listSamples, readGenotypes } from '../../intake/receive.ts'
import type { Progress } from '../../intake/upload.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { geneIds } from '../../knowledge/gene-id.ts'
import { panelLoci } from '../../knowledge/pgx/allele-definition.ts'
import type { GenotypeSet } from '../../record/genotype.ts'
import type { ReceivedFile } from '../../store/archive/received-file.ts'
import type { Ingest } from '../../store/record/record-store.ts'
import { Fault } from '../../terms/fault.ts'

/** What a file brings to a record. */
export type Reading = Pick<Ingest, 'files' | 'genotypes' | 'outsideCalls'>

/**
 * Reads one received file for one person: genotypes in any format of intake, or a sheet of outside calls, told by its
 * content. A file with several samples must say which is meant: nobody's genotype is taken by its place in a file.
 * Throws SAMPLE_NOT_NAMED and every fault of intake.
 */
export async function readUpload(
  received: ReceivedFile,
  facts: Facts,
  wanted: {
    readonly sample: string | undefined
    readonly progress: Progress
    readonly options?: Omit<ReadOptions, 'samples'>
  },
): Promise<Reading> {
  const { name, bytes, sha256 } = received
  if (await isOutsideSheet(received, facts)) {
    const source = { name, format: 'outside-calls', sha256 } as const
    const outsideCalls = readOutsideCalls((await beginningOf(received, bytes)).toString('utf8'), source)
    return { files: [{ received, format: source.format }], genotypes: [], outsideCalls }
  }
  const samples = await listSamples(name, { stream: received.read(), size: bytes })
  if (wanted.sample === undefined && samples.length > 1) throw notNamed(name, samples)
  const genotypes: GenotypeSet[] = []
  const arrival = readGenotypes({
    name,
    content: { stream: received.read(), size: bytes },
    panel: panelLoci(facts),
    options: { ...wanted.options, ...(wanted.sample === undefined ? {} : { samples: [wanted.sample] }) },
    progress: wanted.progress,
  })
  for await (const set of arrival) genotypes.push(set)
  const [first] = genotypes
  if (first === undefined) throw new Error('intake read a file without a sample and without a fault')
  return { files: [{ received, format: first.source.format }], genotypes, outsideCalls: [] }
}

/** Several files of one person as one upload: all are stored, or none. */
export function joinUploads(uploads: readonly Reading[]): Reading {
  return {
    files: uploads.flatMap((one) => one.files),
    genotypes: uploads.flatMap((one) => one.genotypes),
    outsideCalls: uploads.flatMap((one) => one.outsideCalls),
  }
}

/** A short text whose first row begins with a gene Garrod knows, or with the word "gene", and a tab. */
async function isOutsideSheet(received: ReceivedFile, facts: Facts): Promise<boolean> {
  if (received.bytes > LONGEST_SHEET) return false
  const lines = (await beginningOf(received, 1 << 16))
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)
  const first = lines.find((line) => line.trim() !== '' && !line.startsWith('#'))
  const [gene, second] = first?.split('\t') ?? []
  if (gene === undefined || second === undefined) return false
  const word = gene.replaceAll('"', '').trim().toUpperCase()
  return word === 'GENE' || geneIds(facts).has(word)
}

/** The first bytes of a received file, all of them when it has no more than `most`. */
async function beginningOf(received: ReceivedFile, most: number): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of received.read()) {
    parts.push(part)
    length += part.length
    if (length >= most) break
  }
  return Buffer.concat(parts).subarray(0, most)
}

function notNamed(name: string, samples: readonly string[]): Fault {
  const some = samples.slice(0, 10).join(', ')
  const more = samples.length > 10 ? `, … (${samples.length} in all)` : ''
  return new Fault(
    'SAMPLE_NOT_NAMED',
    name,
    `the file holds ${samples.length} samples, and none was named`,
    `Name the one that is this person: ${some}${more}.`,
  )
}
