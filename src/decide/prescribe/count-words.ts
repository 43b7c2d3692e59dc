/** Alleles or candidates named before the rest is only counted. */
const NAMED = 4

/** "*2, *3 and *4", "*2, *3, *4, *5 and 27 more". */
export function counted(names: readonly string[], join: 'and' | 'or'): string {
  if (names.length <= NAMED) {
    return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${join} ${names.at(-1)}`
  }
  return `${names.slice(0, NAMED).join(', ')} ${join} ${names.length - NAMED} more`
}

/** A probability, 0..1: "40 %", "below 0.1 %". */
export function percent(probability: number): string {
  return probability < 0.001 ? 'below 0.1 %' : `${Number((probability * 100).toPrecision(2))} %`
}
