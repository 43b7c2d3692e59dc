import {
  type CallColumns,
  CHROMOSOMES,
  genotypeCode,
  NONE,
  OTHER,
  REFERENCE,
  THIS,
  UNCALLED,
} from '../../record/variant-calls.ts'
import type { Chromosome } from '../../terms/genome.ts'
import { CallColumnsBuilder } from './call-columns-builder.ts'
import {
  ABSENT,
  type ColumnContext,
  type FormatLayout,
  layoutOf,
  PHASED,
  parseColumns,
  TOO_HIGH,
} from './genotype-columns.ts'
import { headerMissing, type VcfHeader } from './header.ts'
import type { Zones } from './panel-index.ts'
import { type RawRecord, RecordScanner } from './record-scanner.ts'
import { splitHeader } from './vcf.ts'

const LONGEST_LINE = 64 << 20
const BASES = /^[ACGTN]+$/

/** Every chromosome from end to end. */
const EVERYWHERE: ReadonlyMap<(typeof CHROMOSOMES)[number], Zones> = new Map(
  CHROMOSOMES.map((one) => [one, zoneOf(1, 2 ** 31 - 1)]),
)

function zoneOf(from: number, to: number): Zones {
  return { from: Int32Array.of(from), to: Int32Array.of(to), loci: [[]] }
}

/**
 * Every ALT allele that one sample carries, at any FILTER, in the order of the file. Left out: reference blocks and
 * genotypes without an ALT, symbolic and star alleles, and contigs other than chr1 to chr22, X, Y and M. Of more than
 * two alleles the first two are read. Undefined when there are more than `most`.
 * `near`: only of records that reach into the stretch, both ends included, 1-based.
 */
export async function readAllCalls(
  name: string,
  text: AsyncIterable<Uint8Array>,
  sample: string,
  most: number,
  near?: { readonly chromosome: Chromosome; readonly from: number; readonly to: number },
): Promise<CallColumns | undefined> {
  const zones = near === undefined ? EVERYWHERE : new Map([[near.chromosome, zoneOf(near.from, near.to)]])
  const builder = new CallColumnsBuilder()
  let scanner: RecordScanner | undefined
  for await (const part of splitHeader(name, text, LONGEST_LINE)) {
    scanner ??= new RecordScanner(
      name,
      zones,
      {
        // It was read before: what was accepted then is not refused now.
        sorted: false,
        lengthsInFormat: part.header.blockLengths,
        line: part.headerLines,
        longest: LONGEST_LINE,
      },
      callTaker(name, part.header, sample, builder),
    )
    scanner.scan(part.bytes, part.from)
    if (builder.count > most) return undefined
  }
  if (scanner === undefined) throw headerMissing(name, 'the file ends before the "#CHROM" line')
  return builder.columns()
}

function callTaker(
  name: string,
  { samples, alleleDepths }: VcfHeader,
  sample: string,
  builder: CallColumnsBuilder,
): (raw: RawRecord) => void {
  const slots = new Int32Array(samples.length).fill(-1)
  slots[samples.indexOf(sample)] = 0
  const context: ColumnContext = { fileName: name, samples, slots, wanted: 1 }
  const layouts = new Map<string, FormatLayout | undefined>()
  const places = new Map(CHROMOSOMES.map((one, i) => [one, i]))
  return ({ bytes, line, chromosome, position, columns, end }) => {
    const column = (n: number) => bytes.toString('latin1', columns[n]!, columns[n + 1]! - 1)
    const alts = column(2).toUpperCase().split(',')
    if (!alts.some((alt) => BASES.test(alt))) return
    const format = column(6)
    if (!layouts.has(format)) layouts.set(format, layoutOf(format, alleleDepths))
    const layout = layouts.get(format)
    if (layout === undefined) return
    const record = { line, position, alleles: alts.length + 1 }
    const { first, second, flags, depth, quality } = parseColumns(
      bytes,
      columns[7]!,
      end,
      layout,
      record,
      context,
    )
    const [a, b] = [first[0]!, second[0]!]
    if (!isAlt(a) && !isAlt(b)) return
    const ref = column(1).toUpperCase()
    const filter = column(4)
    const phased = (flags[0]! & PHASED) !== 0
    for (const allele of a === b || !isAlt(b) ? [a] : isAlt(a) ? [a, b] : [b]) {
      const alt = alts[allele - 1]
      if (alt === undefined || !BASES.test(alt)) continue
      const code = genotypeCode(seen(a, allele), seen(b, allele), phased)
      builder.add(
        places.get(chromosome)!,
        position,
        ref,
        alt,
        code,
        filter,
        depth?.[0] ?? -1,
        Math.round(quality?.[0] ?? -1),
      )
    }
  }
}

function isAlt(allele: number): boolean {
  return allele > 0 && allele < TOO_HIGH
}

/** An allele as it looks from one ALT. */
function seen(allele: number, from: number): number {
  if (allele === from) return THIS
  if (allele === 0) return REFERENCE
  if (allele === ABSENT) return NONE
  return allele < TOO_HIGH ? OTHER : UNCALLED
}
