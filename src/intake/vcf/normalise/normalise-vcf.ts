import {
  isRecord,
  type NormaliseCounts,
  type NormaliseRules,
  Normaliser,
  type Noticed,
} from '../../../variant/normalise/normaliser.ts'
import type { VariantRecord } from '../../../variant/normalise/variant-record.ts'
import { eachVcfLine, LineBuffer, withPass } from '../vcf-lines.ts'
import { DeclaredFields } from './declared-fields.ts'
import { PlainLines } from './plain-lines.ts'
import { parseRecordLine, recordLine } from './record-line.ts'
import { inSinglePrecision } from './single-precision.ts'

interface NormaliseVcf {
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
 * it. Throws what its lines and records throw.
 */
export async function* normaliseVcf(task: NormaliseVcf): AsyncGenerator<Uint8Array, NormaliseCounts> {
  const declared = new DeclaredFields()
  const header: string[] = []
  const out = new LineBuffer()
  const rules: NormaliseRules = { ...task.rules, declared }
  const normaliser = new Normaliser(
    rules,
    (one) => {
      if (!isRecord(one)) out.pushBytes(one.bytes, one.from, one.to)
      else out.push(recordLine(task.numbers === 'as-written' ? one : inSinglePrecision(one, declared)))
    },
    task.notice,
  )
  const plain = PlainLines.fits(rules) ? new PlainLines(rules, task.numbers) : undefined
  yield* eachVcfLine(task.name, task.text, {
    meta: (line) => {
      declared.meta(line)
      header.push(line)
    },
    columns: (line) => out.push(...withPass(header), ...task.headerLines, line),
    bytes: (run, from, to) => {
      const line = plain?.take(run, from, to)
      if (line === undefined) return false
      normaliser.pass(line)
      return true
    },
    record: (line, number) => normaliser.take(parseRecordLine(line, number, task.name)),
    pause: () => out.drain(),
  })
  normaliser.finish()
  const rest = out.drain(true)
  if (rest !== undefined) yield rest
  return normaliser.counts
}
