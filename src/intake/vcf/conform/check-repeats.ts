import { shown } from './findings.ts'
import type { RecordUnderCheck } from './record-under-check.ts'

type Info = ReadonlyMap<string, readonly string[]>

/** Lists with one value for each repeat sequence, and those with a pair. */
const LISTS: readonly (readonly [key: string, each: number])[] = [
  ['RUS', 1],
  ['RUL', 1],
  ['RUC', 1],
  ['RB', 1],
  ['CIRUC', 2],
  ['CIRB', 2],
]
const BASES = /^(?:\.|[ACGTURYSWKMBDHVN]+)$/i

/** Tandem repeats <CNV:TR>: RN says how many values the other lists have (VCF 4.4 on, section 3). */
export function checkRepeats(info: Info, { alternates, report }: RecordUnderCheck): void {
  if (!LISTS.some(([key]) => info.has(key)) || !alternates.includes('<CNV:TR>')) return
  const stated = info.get('RN')
  const repeats =
    stated === undefined
      ? alternates.filter((one) => one === '<CNV:TR>').length
      : stated.reduce((sum, one) => sum + (one === '.' ? 0 : Number(one)), 0)
  for (const [key, each] of LISTS) {
    const values = info.get(key)
    if (values === undefined || (values.length === 1 && values[0] === '.')) continue
    if (values.length !== repeats * each)
      report(
        'VCF_REPEAT',
        'INFO',
        key,
        () => `${key} has ${values.length} values, ${repeats} repeat sequences ask for ${repeats * each}`,
      )
  }
  const units = info.get('RUS') ?? []
  const lengths = info.get('RUL') ?? []
  for (const [i, unit] of units.entries()) {
    const length = lengths[i] ?? '.'
    if (!BASES.test(unit)) report('VCF_REPEAT', 'INFO', 'RUS', () => `${shown(unit)} is not made of bases`)
    else if (unit !== '.' && length !== '.' && Number(length) !== unit.length)
      report('VCF_REPEAT', 'INFO', 'RUL', () => `RUS is ${shown(unit)}, RUL ${shown(length)}`)
  }
}
