import { checkRepeats } from './check-repeats.ts'
import { shown } from './findings.ts'
import { piecesOf } from './pieces.ts'
import type { RecordUnderCheck } from './record-under-check.ts'

/** Values for each ALT allele. */
const EACH: readonly (readonly [key: string, values: number])[] = [
  ['CIPOS', 2],
  ['CIEND', 2],
  ['CILEN', 2],
  ['CICN', 2],
  ['MEINFO', 4],
  ['METRANS', 4],
]
/** What an allele may claim, by the first level of its symbol; the reserved symbols of section 1.4.5. */
const CLAIMS: Readonly<Record<string, readonly string[]>> = {
  DEL: ['D', 'J', 'DJ'],
  DUP: ['D', 'J', 'DJ'],
  CNV: ['D'],
  INV: ['J', 'DJ'],
  INS: ['J', 'DJ'],
}
const SYMBOL = /^<(DEL|INS|DUP|INV|CNV)(?::[^>]*)?>$/

/** INFO keys of structural variants against the ALT alleles, as VCF 4.4 and 4.5 join them (section 3). */
export function checkStructural(text: string, record: RecordUnderCheck): void {
  const { alternates } = record
  const plain = alternates.every((one) => /^[ACGTNacgtn*]+$/.test(one))
  if (plain && !/\b(?:SV|CI|ME|END=|R[NUB])/.test(text)) return
  const info = new Map<string, readonly string[]>()
  for (const part of piecesOf(text, ';')) {
    const equals = part.indexOf('=')
    if (equals > 0) info.set(part.slice(0, equals), piecesOf(part.slice(equals + 1), ','))
  }
  for (const [key, each] of EACH) {
    const values = info.get(key)
    if (values !== undefined && !isMissing(values) && values.length !== each * alternates.length)
      record.report(
        'VCF_SV_COUNT',
        'INFO',
        key,
        () => `${key} has ${values.length} values for ${alternates.length} ALT alleles`,
      )
  }
  const types = alternates.map((one) => SYMBOL.exec(one)?.[1])
  checkLengths(types, info, record)
  checkClaims(types, info.get('SVCLAIM'), record)
  if (record.header.minor >= 5) checkEnd(types, info, record)
  checkRepeats(info, record)
}

function checkLengths(
  types: readonly (string | undefined)[],
  info: ReadonlyMap<string, readonly string[]>,
  { report, alternates }: RecordUnderCheck,
): void {
  const lengths = info.get('SVLEN')
  if (lengths === undefined) {
    const at = types.findIndex((type) => type !== undefined)
    if (at >= 0)
      report(info.has('END') ? 'VCF_SVLEN_FROM_END' : 'VCF_SVLEN', 'INFO', 'SVLEN', () =>
        shown(alternates[at]!),
      )
    return
  }
  for (const [i, length] of lengths.entries())
    if (length !== '.' && types.length === lengths.length && types[i] === undefined)
      report(
        'VCF_SVLEN_OTHER',
        'INFO',
        'SVLEN',
        () => `SVLEN of ${shown(alternates[i]!)} is ${shown(length)}`,
      )
    else if (length.startsWith('-'))
      report('VCF_SVLEN_SIGN', 'INFO', 'SVLEN', () => `SVLEN is ${shown(length)}`)
}

function checkClaims(
  types: readonly (string | undefined)[],
  claims: readonly string[] | undefined,
  { report, alternates }: RecordUnderCheck,
): void {
  for (const [i, type] of types.entries()) {
    const claim = claims?.[i] ?? '.'
    if (claim === '.') {
      if (type === 'DEL' || type === 'DUP')
        report('VCF_SVCLAIM_MISSING', 'INFO', 'SVCLAIM', () => shown(alternates[i]!))
      continue
    }
    const allowed = type !== undefined ? CLAIMS[type]! : /[[\].]/.test(alternates[i]!) ? ['J'] : []
    if (!allowed.includes(claim))
      report('VCF_SVCLAIM', 'INFO', 'SVCLAIM', () => `SVCLAIM of ${shown(alternates[i]!)} is ${shown(claim)}`)
  }
}

/** From 4.5 on END is computed: the last base of REF, of SVLEN or of LEN, whichever is greatest (section 1.6.1). */
function checkEnd(
  types: readonly (string | undefined)[],
  info: ReadonlyMap<string, readonly string[]>,
  { columns, alternates, position, report }: RecordUnderCheck,
): void {
  const stated = Number(info.get('END')?.[0])
  if (!Number.isInteger(stated)) return
  const lengths = info.get('SVLEN')
  let end = position + columns[3]!.length - 1
  for (const [i, alternate] of alternates.entries()) {
    if (!alternate.startsWith('<')) continue
    if (types[i] === 'INS') continue
    const reach =
      types[i] === undefined
        ? blockEnd(alternate, columns, position)
        : position + Math.abs(Number(lengths?.[i] ?? NaN))
    // A symbol of another kind, or a length that is not told: END is all there is.
    if (reach === undefined || !Number.isInteger(reach)) return
    end = Math.max(end, reach)
  }
  if (stated !== end)
    report('VCF_INFO_END_COMPUTED', 'INFO', 'END', () => `END is ${stated}, the record ends at ${end}`)
}

/** Where the longest reference block of the samples ends; undefined for another symbol, or where no sample has LEN. */
function blockEnd(alternate: string, columns: readonly string[], position: number): number | undefined {
  const at = alternate === '<*>' ? (columns[8]?.split(':').indexOf('LEN') ?? -1) : -1
  if (at < 0) return undefined
  const lengths = columns
    .slice(9)
    .map((sample) => Number(sample.split(':')[at] ?? NaN))
    .filter((length) => Number.isInteger(length) && length > 0)
  return lengths.length === 0 ? undefined : position + lengths.reduce((a, b) => Math.max(a, b)) - 1
}

function isMissing(values: readonly string[]): boolean {
  return values.every((one) => one === '.')
}
