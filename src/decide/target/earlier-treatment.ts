import type { EarlierRule } from '../../knowledge/tumor/label-conditions.ts'

/** What a label asks of earlier treatment, beside what was given. */
export interface EarlierFit {
  /** A label for people who never had it: they had. */
  readonly refused: readonly string[]
  readonly met: readonly string[]
  /** What would have to be known: a list of treatments is not whole. */
  readonly missing: readonly string[]
}

/** `given`: generic names in lower case; undefined: nobody said what was given, and the line of treatment asks for it already. */
export function earlierFit(rules: readonly EarlierRule[], given: readonly string[] | undefined): EarlierFit {
  const had = new Set(given)
  const found = { refused: [] as string[], met: [] as string[], missing: [] as string[] }
  for (const { rule, groups, checked } of rules) {
    const doubt = checked === undefined ? ' (the rule is not verified)' : ''
    for (const { words, drugs } of groups) {
      const names = drugs.filter((one) => had.has(one))
      if (rule === 'never' && names.length > 0)
        found.refused.push(
          `the label is for people who never had ${words}: ${names.join(', ')} was given${doubt}`,
        )
      else if (rule === 'had' && names.length > 0)
        found.met.push(`${words} was given before, as the label asks: ${names.join(', ')}${doubt}`)
      else if (rule === 'never' || given !== undefined)
        found.missing.push(`whether ${words} was given before${doubt}`)
    }
  }
  return found
}
