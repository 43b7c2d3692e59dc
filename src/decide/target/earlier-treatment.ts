import type { EarlierRule } from '../../knowledge/tumor/label-conditions.ts'
import type { TargetSituation } from './option.ts'

/** What a label asks of earlier treatment, beside what was given. */
interface EarlierFit {
  /** A label for people who never had it, and they had; or for people who had it, and they never had. */
  readonly refused: readonly string[]
  readonly met: readonly string[]
  /** What would have to be known: a list of treatments is not whole unless that is said. */
  readonly missing: readonly string[]
}

/** Where nobody said what was given nor how many lines, a label that asks for a treatment is left to its line, which asks for it already. */
export function earlierFit(
  rules: readonly EarlierRule[],
  {
    given,
    givenGroups = [],
    givenAdvanced = [],
    givenAll,
    linesGiven,
    linesAtLeast,
  }: Pick<
    TargetSituation,
    'given' | 'givenGroups' | 'givenAdvanced' | 'givenAll' | 'linesGiven' | 'linesAtLeast'
  >,
): EarlierFit {
  const had = new Set(given)
  const isTold =
    given !== undefined || givenGroups.length > 0 || (linesGiven ?? 0) > 0 || (linesAtLeast ?? 0) > 0
  const found = { refused: [] as string[], met: [] as string[], missing: [] as string[] }
  for (const { rule, groups, setting, checked } of rules) {
    const doubt = checked === undefined ? ' (the rule is not verified)' : ''
    for (const { words, drugs } of groups) {
      const names = [
        ...drugs.filter((one) => had.has(one)),
        ...givenGroups
          .filter((one) => one.drugs.every((drug) => drugs.includes(drug)))
          .map(({ name }) => name),
      ]
      // "Chemotherapy" was given: whether a platinum drug was among it is not told.
      const maybe = givenGroups.some((one) => one.drugs.some((drug) => drugs.includes(drug)))
      if (rule === 'never' && names.length > 0)
        found.refused.push(
          `the label is for people who never had ${words}: ${names.join(', ')} was given${doubt}`,
        )
      else if (rule === 'had' && names.length > 0) {
        const fitting = setting === undefined ? names : names.filter((one) => givenAdvanced.includes(one))
        const where = setting === undefined ? 'before' : 'for advanced disease'
        if (fitting.length > 0)
          found.met.push(`${words} was given ${where}, as the label asks: ${fitting.join(', ')}${doubt}`)
        else if (setting === 'advanced' && linesGiven === 0)
          found.refused.push(
            `the label is for people who had ${words} for advanced disease: nothing was given for it${doubt}`,
          )
        else
          found.missing.push(
            `whether ${names.join(', ')} was given for advanced disease, as the label asks${setting === 'relapse' ? ', or the tumour came back soon after it' : ''}${doubt}`,
          )
      } else if (givenAll === true && !maybe) {
        if (rule === 'had')
          found.refused.push(
            `the label is for people who had ${words} before: it was not given, as the list of treatments is whole${doubt}`,
          )
        else found.met.push(`${words} was never given, as the label asks${doubt}`)
      } else if (rule === 'never' || isTold) found.missing.push(`whether ${words} was given before${doubt}`)
    }
  }
  return found
}
