import { shown } from './findings.ts'
import type { RecordUnderCheck } from './record-under-check.ts'

/**
 * What no CIGAR holds (SAM specification, section 1.4): another character, two operations without a number between them,
 * a number missing at the beginning or an operation at the end.
 */
const NOT_CIGAR = /[^\dMIDNSHP=X]|[MIDNSHP=X]{2}|^\D|\d$/
const SVTYPES = new Set(['DEL', 'INS', 'DUP', 'INV', 'CNV', 'BND'])
/** Keys that give the bounds around a value as pairs (section 3). From 4.4 on CICN holds the copy numbers themselves. */
const INTERVALS = new Set(['CIPOS', 'CIEND', 'CILEN', 'CICN', 'CIRB', 'CIRUC'])

/** True for the keys that checkMeaning() looks at. */
export function isMeant(id: string): boolean {
  return id === 'END' || id === 'CIGAR' || id === 'SVTYPE' || INTERVALS.has(id)
}

/** What the meaning of a reserved key rules out, beyond its type and range. */
export function checkMeaning(
  id: string,
  values: readonly string[],
  { position, header, report }: RecordUnderCheck,
): void {
  if (id === 'END') {
    const end = Number(values[0])
    if (end >= 0 && end < position) report('VCF_INFO_END', 'INFO', id, () => `END is ${end}, POS ${position}`)
  } else if (id === 'CIGAR') {
    for (const value of values)
      if (value !== '.' && NOT_CIGAR.test(value))
        report('VCF_INFO_RANGE', 'INFO', id, () => `${shown(value)} is no CIGAR`)
  } else if (id === 'SVTYPE') {
    for (const value of values)
      if (value !== '.' && !SVTYPES.has(value))
        report('VCF_SVTYPE', 'INFO', id, () => `SVTYPE is ${shown(value)}`)
  } else if (INTERVALS.has(id) && !(id === 'CICN' && header.minor >= 4)) {
    for (const [i, value] of values.entries())
      if (i % 2 === 0 ? Number(value) > 0 : Number(value) < 0) {
        report('VCF_CONFIDENCE', 'INFO', id, () => `${id} is ${shown(values.join(','))}`)
        break
      }
  }
}
