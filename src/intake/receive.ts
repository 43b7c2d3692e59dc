import type { GenotypeSet, OutsideCall } from '../record/genotype.ts'
import { Fault } from '../terms/fault.ts'
import type { PanelLocus } from '../terms/genome.ts'
import { peek, uncompressed } from './compression.ts'
import { foreignFile } from './foreign-file.ts'
import type { GenotypeFormat, ReadOptions } from './format.ts'
import { FORMATS } from './formats.ts'
import { LONGEST_SHEET, readOutsideCalls } from './outside-calls.ts'
import { type Content, emptyFile, openUpload, type Progress, type Upload } from './upload.ts'

/** A genotype file as it arrives, and what is to be read from it. */
export interface Arrival {
  /** Name to be shown in faults and kept with the record; never used to guess the format. */
  readonly name: string
  readonly content: Content
  readonly panel: readonly PanelLocus[]
  readonly options?: ReadOptions
  readonly progress?: Progress
}

/**
 * The one door for genotype files of every format: plain or compressed bytes in, one set per sample out. Every panel
 * locus is in `calls` or in `gaps`. Input that cannot be used ends in a Fault before the first set, never in part of
 * an answer.
 */
export async function* readGenotypes(arrival: Arrival): AsyncGenerator<GenotypeSet> {
  const { name, content, panel, options = {}, progress } = arrival
  const upload = await openUpload(name, content, progress)
  const { format, text } = await opened(name, upload)
  yield* format.read({ name, text, panel, options, source: () => upload.source(format.source) })
}

/** The sample names of a file, from its header alone; one empty name for formats that hold one unnamed person. */
export async function listSamples(name: string, content: Content): Promise<readonly string[]> {
  const upload = await openUpload(name, content)
  const { format, text } = await opened(name, upload)
  if (format.samples !== undefined) return format.samples(name, text)
  for await (const _ of text) break
  return ['']
}

/** The uncompressed text and the format that its beginning is of; a file of no format is closed again. */
async function opened(
  name: string,
  upload: Upload,
): Promise<{ format: GenotypeFormat; text: AsyncIterable<Uint8Array> }> {
  const { head, all, close } = await peek(uncompressed(upload.chunks, name), 1 << 16)
  try {
    return { format: recognise(name, head), text: all }
  } catch (fault) {
    await close()
    throw fault
  }
}

/** The outside calls of a sheet, plain or compressed. Throws NOT_UTF8, OUTSIDE_TOO_LONG and the faults of the rows. */
export async function receiveOutsideCalls(name: string, content: Content): Promise<OutsideCall[]> {
  const upload = await openUpload(name, content)
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of uncompressed(upload.chunks, name)) {
    parts.push(part)
    length += part.length
    if (length > LONGEST_SHEET) {
      throw new Fault(
        'OUTSIDE_TOO_LONG',
        name,
        'the file is too long to be a sheet of outside calls',
        'Send genotypes as the genotype file and only results as outside calls.',
      )
    }
  }
  return readOutsideCalls(utf8(name, Buffer.concat(parts)), upload.source('outside-calls'))
}

function utf8(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Fault('NOT_UTF8', name, 'the sheet is not UTF-8 text', 'Save it as UTF-8, tab-separated text.')
  }
}

function recognise(name: string, head: Uint8Array): GenotypeFormat {
  if (head.length === 0) throw emptyFile(name)
  const format = FORMATS.find((one) => one.sniff(head))
  if (format === undefined) throw notRecognised(name, Buffer.from(head))
  return format
}

function notRecognised(name: string, head: Buffer): Fault {
  const known = `Garrod reads ${FORMATS.map((one) => one.name).join(', ')}, plain, gzip or bgzip.`
  const foreign = foreignFile(head)
  if (foreign !== undefined) return new Fault('NOT_A_VCF', name, foreign.what, `${foreign.mend} ${known}`)
  const line = head.toString('latin1', 0, 60).split('\n')[0]
  return new Fault(
    'NOT_A_VCF',
    `${name}:1`,
    `the first line is "${line}", which no known format begins with`,
    known,
  )
}
