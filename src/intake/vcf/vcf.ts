import type { GenotypeSet } from '../../record/genotype.ts'
import { Fault } from '../../terms/fault.ts'
import type { Assembly } from '../../terms/genome.ts'
import type { GenotypeFormat, ReadRequest } from '../format.ts'
import { nearestNames } from '../nearest-names.ts'
import { wholeLines } from '../whole-lines.ts'
import { AssemblyEvidence, assemblyOf } from './assembly-evidence.ts'
import { failureOf } from './filter.ts'
import {
  type ColumnContext,
  type FormatLayout,
  firstContradiction,
  layoutOf,
  parseColumns,
} from './genotype-columns.ts'
import { HeaderReader, headerMissing, type VcfHeader } from './header.ts'
import { type Reading, readLocus, type VcfRecord } from './locus-reading.ts'
import { type BuildLocus, indexPanel } from './panel-index.ts'
import { PanelStore } from './panel-store.ts'
import { infoEnd, type RawRecord, RecordScanner } from './record-scanner.ts'
import { DEFAULT_RULES } from './sample-call.ts'

const LONGEST_LINE = 64 << 20
const BUILDS: readonly Assembly[] = ['GRCh38', 'GRCh37']

/**
 * Variant Call Format 4.1 to 4.5, one or many samples, with or without gVCF reference blocks.
 * The file is read once, in memory that does not grow with the records that lie off the panel.
 */
export const vcf: GenotypeFormat = {
  name: 'VCF',
  source: 'vcf',
  sniff: (head) => /^(\ufeff)?(##|#CHROM\t)/.test(Buffer.from(head.subarray(0, 64)).toString('utf8')),
  read: readVcf,
  samples: async (name, text) => {
    for await (const { header } of splitHeader(name, text, LONGEST_LINE)) return header.samples
    throw headerMissing(name, 'the file ends before the "#CHROM" line')
  },
}

async function* readVcf(request: ReadRequest): AsyncGenerator<GenotypeSet> {
  const { name, panel, options } = request
  const evidence = new AssemblyEvidence()
  const store = new PanelStore(panel)
  const zones = indexPanel(panel, BUILDS)
  let header: VcfHeader | undefined
  let scanner: RecordScanner | undefined
  let wanted: readonly string[] = []
  const longest = options.longestLine ?? LONGEST_LINE
  for await (const part of splitHeader(name, request.text, longest)) {
    if (scanner === undefined) {
      header = part.header
      wanted = chosen(name, header.samples, options.samples)
      const takeRecord = recordTaker(name, header, wanted, evidence, store)
      scanner = new RecordScanner(
        name,
        zones,
        {
          sorted: (options.order ?? 'sorted') === 'sorted',
          lengthsInFormat: header.blockLengths,
          line: part.headerLines,
          longest,
        },
        takeRecord,
      )
    }
    if (!part.endsWithNewline) wholeLastLine(name, part.bytes, part.header)
    scanner.scan(part.bytes, part.from)
  }
  if (header === undefined) throw headerMissing(name, 'the file ends before the "#CHROM" line')
  scanner?.finish()
  const assembly = assemblyOf(name, header, evidence, options.assembly)
  const rules = { ...DEFAULT_RULES, ...options.rules }
  const notes = assembly === 'GRCh37' ? ['GRCh37 positions were translated to GRCh38 by the panel'] : []
  yield* store.sets(assembly, wanted, request.source(), rules, notes)
}

interface Part {
  readonly header: VcfHeader
  readonly headerLines: number
  readonly bytes: Buffer
  /** Where data lines begin in `bytes`. */
  readonly from: number
  readonly endsWithNewline: boolean
}

/** Reads the header lines, then hands on the runs of data lines (the first may be empty). */
export async function* splitHeader(
  name: string,
  text: AsyncIterable<Uint8Array>,
  longest: number,
): AsyncGenerator<Part> {
  const reader = new HeaderReader(name)
  let header: VcfHeader | undefined
  let lines = 0
  for await (const { bytes, endsWithNewline } of wholeLines(text, name, longest)) {
    let from = 0
    while (header === undefined && from < bytes.length) {
      const newline = bytes.indexOf(10, from)
      const end = newline < 0 ? bytes.length : newline
      const line = lineText(name, bytes.subarray(from, end), lines + 1)
      from = end + 1
      lines += 1
      if (line.startsWith('##')) reader.meta(line, lines)
      else if (line.startsWith('#')) header = reader.finish(line, lines)
      else if (line !== '')
        throw headerMissing(`${name}:${lines}`, 'a data line comes before the "#CHROM" line')
    }
    if (header !== undefined)
      yield { header, headerLines: lines, bytes, from: Math.min(from, bytes.length), endsWithNewline }
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true })

function lineText(name: string, bytes: Uint8Array, line: number): string {
  try {
    return UTF8.decode(bytes).replace(/\r$/, '')
  } catch {
    throw new Fault(
      'NOT_UTF8',
      `${name}:${line}`,
      'the header line is not UTF-8 text',
      'Save the file as UTF-8, as VCF asks.',
    )
  }
}

/** The last line of an uncompressed file that was cut has no newline, and seldom all its columns. */
function wholeLastLine(name: string, bytes: Buffer, header: VcfHeader): void {
  const last = bytes.subarray(bytes.lastIndexOf(10) + 1).toString('latin1')
  if (last === '' || last.startsWith('#')) return
  const columns = last.split('\t').length
  if (columns !== header.samples.length + 9) {
    throw new Fault(
      'VCF_TRUNCATED',
      `${name}, last line`,
      `the file ends in the middle of a line (column ${columns} of ${header.samples.length + 9})`,
      'The file was cut short. Copy or download it again; nothing of it was used.',
    )
  }
}

function chosen(
  name: string,
  samples: readonly string[],
  wanted: readonly string[] | undefined,
): readonly string[] {
  for (const sample of wanted ?? []) {
    if (samples.includes(sample)) continue
    const near = nearestNames(sample, samples, 3)
    const hint = near.length > 0 ? near : samples.slice(0, 5)
    throw new Fault(
      'VCF_SAMPLE_UNKNOWN',
      name,
      `there is no sample "${sample}" among the ${samples.length} of the file`,
      `Use a name from the "#CHROM" line, ${near.length > 0 ? 'nearest' : 'such as'}: ${hint.join(', ')}.`,
    )
  }
  return wanted ?? samples
}

/** Turns a raw line into readings at the loci it touches, in both builds; its genotypes are parsed only if there are any. */
function recordTaker(
  name: string,
  header: VcfHeader,
  wanted: readonly string[],
  evidence: AssemblyEvidence,
  store: PanelStore,
): (raw: RawRecord) => void {
  const slots = new Int32Array(header.samples.length).fill(-1)
  const places = new Map(header.samples.map((sample, i) => [sample, i]))
  for (const [slot, sample] of wanted.entries()) slots[places.get(sample)!] = slot
  const context: ColumnContext = { fileName: name, samples: header.samples, slots, wanted: wanted.length }
  const layouts = new Map<string, FormatLayout | undefined>()
  const layoutFor = (format: string): FormatLayout | undefined => {
    if (!layouts.has(format)) layouts.set(format, layoutOf(format, header.alleleDepths))
    return layouts.get(format)
  }
  return (raw) => {
    const { bytes, columns, position } = raw
    const text = (column: number): string =>
      bytes.toString('latin1', columns[column]!, columns[column + 1]! - 1)
    const ref = text(1).toUpperCase()
    const alts = text(2) === '.' ? [] : text(2).split(',').map(upperBases)
    const layout = layoutFor(text(6))
    const record: { -readonly [K in keyof VcfRecord]: VcfRecord[K] } = {
      line: raw.line,
      position,
      ref,
      alts,
      end: Math.max(position + ref.length - 1, endOf(raw, alts)),
      failed: failureOf(text(4)),
      genotypes: undefined,
    }
    const parse = (): void => {
      if (layout === undefined) return
      record.genotypes = parseColumns(
        bytes,
        columns[7]!,
        raw.end,
        layout,
        { line: raw.line, position, alleles: alts.length + 1 },
        context,
      )
      for (const end of record.genotypes.blockEnd ?? []) record.end = Math.max(record.end, end)
    }
    if (layout?.length) parse()
    const found: [BuildLocus, Reading][] = []
    for (let zone = raw.zone; zone < raw.zones.from.length && raw.zones.from[zone]! <= record.end; zone++) {
      for (const at of raw.zones.loci[zone]!) {
        if (at.to < position || at.from > record.end) continue
        evidence.see(record, at)
        const reading = readLocus(record, at)
        if (reading !== undefined) found.push([at, reading])
      }
    }
    if (found.length === 0) return
    if (record.genotypes === undefined) parse()
    for (const [at, reading] of found) {
      const twin = store.add(at, reading)
      if (twin !== undefined) refuseTwins(name, raw, twin, reading.record, wanted)
    }
  }
}

/** The same site twice with other genotypes: nobody can say which is this person's. */
function refuseTwins(
  name: string,
  raw: RawRecord,
  earlier: VcfRecord,
  later: VcfRecord,
  wanted: readonly string[],
): void {
  const slot = firstContradiction(earlier.genotypes, later.genotypes)
  if (slot === undefined) return
  throw new Fault(
    'VCF_DUPLICATE_POSITION',
    `${name}:${later.line}, sample "${wanted[slot]}"`,
    `${raw.chromosome}:${later.position} ${later.ref}>${later.alts.join(',')} has another genotype here than on line ${earlier.line}`,
    'Find out which call set is right and keep one record per site; two files may have been joined.',
  )
}

function upperBases(alt: string): string {
  return alt.startsWith('<') ? alt : alt.toUpperCase()
}

/** Last position of a block or symbolic allele: INFO END, else POS + |SVLEN| (VCF 4.5). */
function endOf(raw: RawRecord, alts: readonly string[]): number {
  if (alts.length > 0 && !alts.some((alt) => alt.startsWith('<'))) return 0
  const from = raw.columns[5]!
  const to = raw.columns[6]! - 1
  const end = infoEnd(raw.bytes, from, to)
  if (end > 0) return end
  const length = /(?:^|;)SVLEN=-?(\d+)/.exec(raw.bytes.toString('latin1', from, to))?.[1]
  return length === undefined ? 0 : raw.position + Number(length)
}
