import { baseModification } from './base-modification.ts'
import { COUNT, type Reserved, type Row, reservedOf, SHARE } from './reserved-row.ts'
import {
  FORMAT_STRUCTURAL_FROM_44,
  FORMAT_STRUCTURAL_UP_TO_43,
  INFO_STRUCTURAL_FROM_44,
  INFO_STRUCTURAL_UP_TO_43,
} from './reserved-structural.ts'
import type { Minor } from './version.ts'

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
  return new Map(rows.map((row) => [row[0], reservedOf(row)]))
}

const MINORS: readonly Minor[] = [1, 2, 3, 4, 5]
const INFO_OF = new Map(
  MINORS.map((minor) => [
    minor,
    table([
      ...INFO,
      ...(minor >= 4 ? INFO_STRUCTURAL_FROM_44 : INFO_STRUCTURAL_UP_TO_43),
      ...(minor >= 3 ? INFO_FROM_43 : []),
    ]),
  ]),
)
const FORMAT_OF = new Map(
  MINORS.map((minor) => [
    minor,
    table([
      ...FORMAT,
      ...(minor < 3 ? FORMAT_UP_TO_42 : FORMAT_FROM_43),
      ...(minor >= 4 ? FORMAT_STRUCTURAL_FROM_44 : FORMAT_STRUCTURAL_UP_TO_43),
      ...(minor >= 4 ? FORMAT_FROM_44 : []),
      ...(minor >= 5 ? FORMAT_FROM_45 : []),
    ]),
  ]),
)

/** A reserved INFO key of a version. */
export function reservedInfo(id: string, minor: Minor): Reserved | undefined {
  return INFO_OF.get(minor)!.get(id)
}

/** A reserved FORMAT key of a version. LGL and LGP stay open: the table of 4.5 gives them another Type than GL and GP. */
export function reservedFormat(id: string, minor: Minor): Reserved | undefined {
  return FORMAT_OF.get(minor)!.get(id) ?? (minor >= 5 ? baseModification(id) : undefined)
}
