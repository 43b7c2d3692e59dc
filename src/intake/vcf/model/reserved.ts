import type { Cardinality, Definition, ValueType } from './definition.ts'
import type { Minor } from './version.ts'

/** A reserved key: what its definition must say, and the range of its values where the meaning bounds it. */
export interface Reserved extends Definition {
  readonly least?: number
  readonly most?: number
  /** Other Types that versions of the specification or the programs that wrote most files give it. */
  readonly or?: readonly ValueType[]
}

type Row = readonly [
  id: string,
  number: Cardinality,
  type: ValueType,
  range?: readonly [least: number, most?: number] | undefined,
  or?: readonly ValueType[],
]

const COUNT = [0] as const
/** Floats in text may pass their bound by rounding. */
const SHARE = [0, 1.0001] as const

/** Tables "Reserved INFO keys" of section 1.6.1 (4.3 on); the same meanings as text in 4.1 and 4.2, section 1.4.1. */
const INFO: readonly Row[] = [
  ['AA', 1, 'String'],
  ['AC', 'A', 'Integer', COUNT],
  ['AF', 'A', 'Float', SHARE],
  ['AN', 1, 'Integer', COUNT],
  ['BQ', 1, 'Float', COUNT],
  ['CIGAR', 'A', 'String'],
  ['DB', 0, 'Flag'],
  ['DP', 1, 'Integer', COUNT],
  ['END', 1, 'Integer', COUNT],
  ['H2', 0, 'Flag'],
  ['H3', 0, 'Flag'],
  ['MQ', 1, 'Float', COUNT, ['Integer']],
  ['MQ0', 1, 'Integer', COUNT],
  ['NS', 1, 'Integer', COUNT],
  // Its Number and Type changed within 4.3; what no line declares is a number.
  ['SB', '.', 'Float', undefined, ['Integer', 'String', 'Character', 'Flag']],
  ['SOMATIC', 0, 'Flag'],
  ['VALIDATED', 0, 'Flag'],
  ['1000G', 0, 'Flag'],
]
const INFO_FROM_43: readonly Row[] = [
  ['AD', 'R', 'Integer', COUNT],
  ['ADF', 'R', 'Integer', COUNT],
  ['ADR', 'R', 'Integer', COUNT],
]
/** Section 3. Keys whose Number changed between versions are "." in the earlier ones: any Number is accepted. */
const INFO_STRUCTURAL: readonly Row[] = [
  ['IMPRECISE', 0, 'Flag'],
  ['NOVEL', 0, 'Flag'],
  ['SVTYPE', 1, 'String'],
  ['SVLEN', '.', 'Integer'],
  ['CIPOS', '.', 'Integer'],
  ['CIEND', '.', 'Integer'],
  ['HOMLEN', '.', 'Integer'],
  ['HOMSEQ', '.', 'String'],
  ['BKPTID', '.', 'String'],
]

/** Tables "Reserved genotype keys" of section 1.6.2; text of section 1.4.2 in 4.1 and 4.2. */
const FORMAT: readonly Row[] = [
  ['GT', 1, 'String'],
  ['DP', 1, 'Integer', COUNT],
  ['EC', 'A', 'Integer', COUNT],
  ['FT', 1, 'String'],
  ['GL', 'G', 'Float'],
  ['GP', 'G', 'Float'],
  ['GQ', 1, 'Integer', COUNT],
  ['HQ', 2, 'Integer', COUNT],
  ['MQ', 1, 'Integer', COUNT],
  ['PL', 'G', 'Integer'],
  ['PQ', 1, 'Integer', COUNT],
  ['PS', 1, 'Integer', COUNT],
]
const FORMAT_UP_TO_42: readonly Row[] = [['GLE', 'G', 'String']]
const FORMAT_FROM_43: readonly Row[] = [
  ['AD', 'R', 'Integer', COUNT],
  ['ADF', 'R', 'Integer', COUNT],
  ['ADR', 'R', 'Integer', COUNT],
  ['GP', 'G', 'Float', SHARE],
  ['PP', 'G', 'Integer'],
]
const FORMAT_FROM_44: readonly Row[] = [
  ['PSL', 'P', 'String'],
  ['PSO', 'P', 'Integer'],
  ['PSQ', 'P', 'Integer'],
]
const FORMAT_FROM_45: readonly Row[] = [
  ['LEN', 1, 'Integer', COUNT],
  ['LAA', '.', 'Integer', [1]],
  ['LAD', 'LR', 'Integer', COUNT],
  ['LADF', 'LR', 'Integer', COUNT],
  ['LADR', 'LR', 'Integer', COUNT],
  ['LEC', 'LA', 'Integer', COUNT],
  ['LPL', 'LG', 'Integer'],
  ['LPP', 'LG', 'Integer'],
]

function table(rows: readonly Row[]): ReadonlyMap<string, Reserved> {
  return new Map(
    rows.map(([id, number, type, range, or]) => [
      id,
      {
        id,
        number,
        type,
        ...(range === undefined ? {} : { least: range[0] }),
        ...(range?.[1] === undefined ? {} : { most: range[1] }),
        ...(or === undefined ? {} : { or }),
      },
    ]),
  )
}

const MINORS: readonly Minor[] = [1, 2, 3, 4, 5]
const INFO_OF = new Map(
  MINORS.map((minor) => [minor, table([...INFO, ...INFO_STRUCTURAL, ...(minor >= 3 ? INFO_FROM_43 : [])])]),
)
const FORMAT_OF = new Map(
  MINORS.map((minor) => [
    minor,
    table([
      ...FORMAT,
      ...(minor < 3 ? FORMAT_UP_TO_42 : FORMAT_FROM_43),
      ...(minor >= 4 ? FORMAT_FROM_44 : []),
      ...(minor >= 5 ? FORMAT_FROM_45 : []),
    ]),
  ]),
)

/** The reserved INFO keys of a version. */
export function reservedInfo(minor: Minor): ReadonlyMap<string, Reserved> {
  return INFO_OF.get(minor)!
}

/** The reserved FORMAT keys of a version. Likelihoods of local alleles are Floats in some writers; LGL, LGP stay open. */
export function reservedFormat(minor: Minor): ReadonlyMap<string, Reserved> {
  return FORMAT_OF.get(minor)!
}
