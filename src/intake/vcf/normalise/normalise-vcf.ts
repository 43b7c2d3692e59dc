import { Fault } from '../../../terms/fault.ts'
import {
  type NormaliseCounts,
  type NormaliseRules,
  Normaliser,
  type Noticed,
} from '../../../variant/normalise/normaliser.ts'
import type { VariantRecord } from '../../../variant/normalise/variant-record.ts'
import { wholeLines } from '../../whole-lines.ts'
import { DeclaredFields } from './declared-fields.ts'
import { parseRecordLine, recordLine } from './record-line.ts'
import { inSinglePrecision } from './single-precision.ts'

const LONGEST_LINE = 64 << 20
const PART = 1 << 16

export interface NormaliseVcf {
  readonly name: string
  /** Uncompressed. */
  readonly text: AsyncIterable<Uint8Array>
  readonly rules: Omit<NormaliseRules, 'declared'>
  /** Numbers as the file writes them, or in single precision as bcftools prints them. */
  readonly numbers: 'as-written' | 'single-precision'
  /** "##" lines to add above "#CHROM". */
  readonly headerLines: readonly string[]
  readonly notice: (what: Noticed, record: VariantRecord) => void
}

/**
 * A VCF normalised, as the bytes of its text; returns what was done. The file is read once, in memory that does not grow with
 * it. Bytes that are no ASCII pass unchanged. Throws VCF_HEADER_MISSING and what the records throw.
 */
export async function* normaliseVcf(task: NormaliseVcf): AsyncGenerator<Uint8Array, NormaliseCounts> {
  const declared = new DeclaredFields()
  const header: string[] = []
  let parts: string[] = []
  let size = 0
  const normaliser = new Normaliser(
    { ...task.rules, declared },
    (record) => {
      const text = recordLine(task.numbers === 'as-written' ? record : inSinglePrecision(record, declared))
      parts.push(text)
      size += text.length
    },
    task.notice,
  )
  const drain = (): Uint8Array => {
    const text = Buffer.from(`${parts.join('\n')}\n`, 'latin1')
    parts = []
    size = 0
    return text
  }
  let line = 0
  let started = false
  for await (const { bytes } of wholeLines(task.text, task.name, LONGEST_LINE)) {
    const text = bytes.toString('latin1')
    let at = 0
    while (at < text.length) {
      const newline = text.indexOf('\n', at)
      const end = newline < 0 ? text.length : newline
      const stop = end > at && text.charCodeAt(end - 1) === 13 ? end - 1 : end
      const row = text.slice(at, stop)
      at = end + 1
      line += 1
      if (started) {
        if (row !== '') normaliser.take(parseRecordLine(row, line, task.name))
        if (size > PART) yield drain()
      } else if (row.startsWith('##')) {
        declared.meta(row)
        header.push(row)
      } else if (row.startsWith('#CHROM\t')) {
        started = true
        parts.push(...withPass(header), ...task.headerLines, row)
      } else throw noHeader(`${task.name}:${line}`)
    }
  }
  if (!started) throw noHeader(task.name)
  normaliser.finish()
  if (parts.length > 0) yield drain()
  return normaliser.counts
}

/** The header with a line for PASS, which many files leave out. */
function withPass(header: readonly string[]): readonly string[] {
  if (header.length === 0 || header.some((line) => /^##FILTER=<ID=PASS[,>]/.test(line))) return header
  return [header[0]!, '##FILTER=<ID=PASS,Description="All filters passed">', ...header.slice(1)]
}

function noHeader(where: string): Fault {
  return new Fault(
    'VCF_HEADER_MISSING',
    where,
    'there is no "#CHROM" line before the records',
    'Send the file with its whole header: "##fileformat", the "##" lines and the "#CHROM" line.',
  )
}
