/** How well records hide among each other, by what somebody may know of a person already. */
export interface AnonymityReport {
  readonly records: number
  /** Groups of records alike in every quasi-identifier. */
  readonly classes: number
  /** Size of the smallest group; 0 without records. */
  readonly k: number
  /** Records that are alone in their group. */
  readonly unique: number
  readonly below5: number
  readonly below11: number
  /** Chance of picking out the right record, for the most exposed one and on average (prosecutor risk). 0..1. */
  readonly maximumRisk: number
  readonly meanRisk: number
  /** Fewest distinct sensitive values in a group: 1 tells the value of everybody in it. Undefined: none was named. */
  readonly diversity: number | undefined
}

/**
 * k-anonymity (Sweeney 2002) and distinct l-diversity (Machanavajjhala 2007) of records, to be shown to a data steward
 * before any export. Each record is given as its generalised quasi-identifiers and its sensitive value; a missing
 * value is a value.
 */
export function anonymityReport(
  records: readonly { readonly quasi: readonly string[]; readonly sensitive?: string }[],
): AnonymityReport {
  const groups = new Map<string, { size: number; values: Set<string> }>()
  for (const { quasi, sensitive } of records) {
    const key = JSON.stringify(quasi)
    const group = groups.get(key) ?? { size: 0, values: new Set<string>() }
    group.size += 1
    if (sensitive !== undefined) group.values.add(sensitive)
    groups.set(key, group)
  }
  const sizes = [...groups.values()].map(({ size }) => size)
  const inSmaller = (than: number) => sizes.filter((size) => size < than).reduce((sum, size) => sum + size, 0)
  const k = sizes.length === 0 ? 0 : Math.min(...sizes)
  const named = records.some(({ sensitive }) => sensitive !== undefined)
  return {
    records: records.length,
    classes: sizes.length,
    k,
    unique: inSmaller(2),
    below5: inSmaller(5),
    below11: inSmaller(11),
    maximumRisk: k === 0 ? 0 : 1 / k,
    meanRisk: records.length === 0 ? 0 : sizes.length / records.length,
    diversity: named ? Math.min(...[...groups.values()].map(({ values }) => values.size)) : undefined,
  }
}
