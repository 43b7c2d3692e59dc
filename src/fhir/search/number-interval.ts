/** A number as written, and the values that round to it at that precision: [low, high). */
interface WrittenNumber {
  readonly value: number
  readonly low: number
  readonly high: number
}

const WRITTEN = /^([+ -]?)(\d+)(?:\.(\d+))?(?:[eE]([+ -]?\d{1,3}))?$/

/**
 * What a number in a search covers (FHIR R4, "Search", number): 100 is [99.5, 100.5), 100.00 is [99.995, 100.005),
 * 5.40e-3 is [0.005395, 0.005405) and 1e2, by the standard's own table, [95, 105). Undefined when it is not a number.
 */
export function writtenNumber(text: string): WrittenNumber | undefined {
  const parts = WRITTEN.exec(text)
  if (parts === null) return undefined
  const [, , , decimals, exponent] = parts
  const value = Number(text.replaceAll(' ', '+'))
  if (!Number.isFinite(value)) return undefined
  const power = Number((exponent ?? '0').replace(' ', '+'))
  const places = decimals === undefined ? (exponent === undefined ? 0 : 1) : decimals.length
  const half = 0.5 * 10 ** (power - places)
  return { value, low: round(value - half), high: round(value + half) }
}

/** Without the last bits that floating point leaves: 0.3 - 0.05 is 0.25. */
function round(value: number): number {
  return Number(value.toPrecision(15))
}
