import { bcsqText } from '../../../variant/consequence/bcsq.ts'
import type { CallCounts, CalledVariant, CallRules } from '../../../variant/consequence/called-variant.ts'
import { ConsequenceCaller } from '../../../variant/consequence/consequence-caller.ts'
import type { VariantRecord } from '../../../variant/normalise/variant-record.ts'
import type { SequenceSource } from '../../../variant/sequence.ts'
import type { TranscriptSource } from '../../../variant/transcript.ts'
import { phaseSetOf } from '../model/phase-set.ts'
import { parseRecordLine, recordLine } from '../normalise/record-line.ts'
import { eachVcfLine, LineBuffer, withPass } from '../vcf-lines.ts'
import { structuralFields } from './structural-fields.ts'

interface ConsequenceVcf {
  readonly name: string
  /** Uncompressed. */
  readonly text: AsyncIterable<Uint8Array>
  readonly sequence: SequenceSource
  readonly transcripts: TranscriptSource
  readonly rules: CallRules
  /** The samples are left aside: the first ALTs of all records are one haplotype. */
  readonly ignoreSamples: boolean
  /** "vcf": the file with INFO and FORMAT fields of this name added; or one text for each record. */
  readonly output:
    | { readonly vcfTag: string }
    | { readonly each: (called: CalledVariant<VariantRecord>) => string | undefined }
  readonly headerLines: readonly string[]
}

/** Samples' bits in one number of FORMAT, as bcftools writes them: the others mark a missing value. */
const BITS = 30

/** Consequences of every record of a VCF, as text; returns what was counted. */
export async function* consequenceVcf(task: ConsequenceVcf): AsyncGenerator<Uint8Array, CallCounts> {
  const out = new LineBuffer()
  const header: string[] = []
  const { output } = task
  const tag = 'vcfTag' in output ? output.vcfTag : undefined
  const caller = new ConsequenceCaller<VariantRecord>(
    task.sequence,
    task.transcripts,
    task.rules,
    (called) => {
      const text = 'vcfTag' in output ? recordLine(annotated(called, output.vcfTag)) : output.each(called)
      if (text !== undefined) out.push(text)
    },
  )
  yield* eachVcfLine(task.name, task.text, {
    meta: (line) => {
      header.push(line)
    },
    columns: (line) => {
      if (tag !== undefined) out.push(...withPass(header), ...tagLines(tag), ...task.headerLines, line)
    },
    record: (line, number) => {
      const record = parseRecordLine(line, number, task.name)
      const genotypes = task.ignoreSamples ? undefined : genotypesOf(record)
      const { contig, position, ref, alts } = record
      const phaseSets = genotypes === undefined ? undefined : phaseSetsOf(record)
      const fields = alts.some((alt) => /[<[\].]/.test(alt)) ? structuralFields(record) : undefined
      caller.take(
        { contig, position, ref, alts, genotypes, phaseSets, ...(fields === undefined ? {} : { fields }) },
        record,
      )
    },
    pause: () => out.drain(),
  })
  caller.finish()
  const rest = out.drain(true)
  if (rest !== undefined) yield rest
  return caller.counts
}

function genotypesOf(record: VariantRecord): string[] | undefined {
  if (record.format === '' || record.format === '.') return undefined
  const at = record.format.split(':').indexOf('GT')
  if (at < 0) return undefined
  return record.samples
    .split('\t')
    .map((sample) => (at === 0 ? sample.split(':', 1)[0]! : (sample.split(':')[at] ?? '.')))
}

/** Phase set of every sample by PS, or PSL; undefined where the record has neither. */
function phaseSetsOf(record: VariantRecord): (string | undefined)[] | undefined {
  if (!/(?:^|:)PSL?(?::|$)/.test(record.format)) return undefined
  const keys = record.format.split(':')
  const [one, list] = [keys.indexOf('PS'), keys.indexOf('PSL')]
  return record.samples.split('\t').map((sample) => {
    const cells = sample.split(':')
    return phaseSetOf(cells[one]) ?? phaseSetOf(cells[list])
  })
}

/** Each text once, whichever allele says it; samples point to it by its place. */
function annotated(
  { given, consequences, carried }: CalledVariant<VariantRecord>,
  tag: string,
): VariantRecord {
  if (consequences.length === 0) return given
  const keys = given.format.split(':').length
  if (consequences.length === 1 && given.format !== '' && !given.samples.includes('\t')) {
    const mask = (carried.get(0)?.has(0) ? 1 : 0) + (carried.get(1)?.has(0) ? 2 : 0)
    const format = `${given.format}:${tag}`
    return {
      ...given,
      info: withEntry(given.info, tag, bcsqText(consequences[0]!)),
      format,
      samples: `${filled(given.samples, keys)}:${mask}`,
    }
  }
  const places = new Map<string, number>()
  const placeOf = consequences.map((one) => {
    const text = bcsqText(one)
    const place = places.get(text) ?? places.size
    places.set(text, place)
    return place
  })
  const info = withEntry(given.info, tag, [...places.keys()].join(','))
  if (given.format === '' || given.format === '.') return { ...given, info }
  const samples = given.samples.split('\t')
  const masks = samples.map((_, sample) => maskOf(carried, sample, placeOf))
  const length = Math.max(...masks.map((mask) => mask.length))
  const texts = masks.map((mask) => Array.from({ length }, (_, i) => mask[i] ?? 0).join(','))
  return {
    ...given,
    info,
    format: `${given.format}:${tag}`,
    samples: samples.map((sample, i) => `${filled(sample, keys)}:${texts[i]}`).join('\t'),
  }
}

function withEntry(info: string, tag: string, value: string): string {
  return info === '.' || info === '' ? `${tag}=${value}` : `${info};${tag}=${value}`
}

/** Bit 2 × place + copy of each consequence that a sample's two copies carry. */
function maskOf(
  carried: ReadonlyMap<number, ReadonlySet<number>>,
  sample: number,
  placeOf: readonly number[],
): number[] {
  const mask = [0]
  for (const copy of [0, 1]) {
    const places = carried.get(2 * sample + copy)
    if (places === undefined) continue
    for (const one of places) {
      const bit = 2 * placeOf[one]! + copy
      const at = Math.floor(bit / BITS)
      while (mask.length <= at) mask.push(0)
      mask[at] = mask[at]! | (1 << (bit % BITS))
    }
  }
  return mask
}

function filled(sample: string, keys: number): string {
  let text = sample
  let have = 1
  for (let at = sample.indexOf(':'); at >= 0; at = sample.indexOf(':', at + 1)) have += 1
  for (; have < keys; have++) text += ':.'
  return text
}

function tagLines(tag: string): string[] {
  return [
    `##INFO=<ID=${tag},Number=.,Type=String,Description="Haplotype-aware consequence annotation: Consequence|gene|transcript|biotype|strand|amino_acid_change|dna_change">`,
    `##FORMAT=<ID=${tag},Number=.,Type=Integer,Description="Bitmask of indexes to INFO/${tag}, with interleaved haplotypes (limited to 15 consequences per number)">`,
  ]
}
