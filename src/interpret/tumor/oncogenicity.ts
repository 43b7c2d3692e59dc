import type { OncogenicityRules } from '../../knowledge/tumor/oncogenicity-sop.ts'
import type { Oncogenicity, OncogenicityClass, OncogenicityCriterion } from '../finding/tumor.ts'

/**
 * The class that assessed codes make: whole points are added, after the exclusions of the standard.
 * Source: Horak 2022, table 2 and figure 2 (PMID 35101336).
 */
export function oncogenicityOf(
  criteria: readonly OncogenicityCriterion[],
  rules: OncogenicityRules,
): Oncogenicity {
  const used = withoutExcluded(criteria, rules)
  const points = sumOf(used)
  const is = rules.classOf(points)
  return {
    class: is,
    points,
    pointsBeforeExclusions: sumOf(criteria),
    criteria: used,
    ruleSet: rules.pack,
    why: whyOf(used, points, is, rules),
    wouldChange: changesOf(used, is, rules),
  }
}

/** Codes that are met beside one that the standard puts before them become not-used. */
function withoutExcluded(
  criteria: readonly OncogenicityCriterion[],
  rules: OncogenicityRules,
): OncogenicityCriterion[] {
  // The exclusions are read in the order of the table's strengths: a code that is itself excluded excludes nothing.
  const counting = new Set(criteria.filter(({ state }) => state === 'met').map(({ code }) => code as string))
  const reasons = new Map<string, string>()
  for (const code of [...counting].sort((a, b) => rules.points(b) - rules.points(a) || order(a) - order(b))) {
    const by = rules.excludedBy(code).find((one) => counting.has(one.code))
    if (by === undefined) continue
    counting.delete(code)
    reasons.set(code, `Not counted beside ${by.code}: ${by.because}.`)
  }
  return criteria.map((one) => {
    const because = one.state === 'met' ? reasons.get(one.code) : undefined
    return because === undefined ? one : { ...one, state: 'not-used', points: 0, because }
  })
}

/** OM1 and OM4 are read before OM3, which gives way to either; else as the codes are numbered. */
function order(code: string): number {
  return ['OM1', 'OM2', 'OM4', 'OM3'].indexOf(code)
}

function sumOf(criteria: readonly OncogenicityCriterion[]): number {
  return criteria.reduce((sum, { state, points }) => (state === 'met' ? sum + points : sum), 0)
}

function whyOf(
  criteria: readonly OncogenicityCriterion[],
  points: number,
  is: OncogenicityClass,
  rules: OncogenicityRules,
): string[] {
  const met = criteria.filter(({ state }) => state === 'met')
  if (met.length === 0) return ['No code is met: uncertain.']
  const list = met.map((one) => `${one.code} ${signed(one.points)}`).join(', ')
  const why = [`${list}: ${points} point${Math.abs(points) === 1 ? '' : 's'}, ${is} (${rules.standard}).`]
  for (const one of criteria) if (one.state === 'not-used') why.push(`${one.code}: ${one.because}`)
  if (met.some((one) => one.points > 0) && met.some((one) => one.points < 0))
    why.push('Oncogenic and benign evidence meet: look at both before relying on it.')
  return why
}

/** What each open code would do if it were met, and what each met one holds up. */
function changesOf(
  criteria: readonly OncogenicityCriterion[],
  now: OncogenicityClass,
  rules: OncogenicityRules,
): string[] {
  const classWith = (changed: readonly OncogenicityCriterion[]) =>
    rules.classOf(sumOf(withoutExcluded(changed, rules)))
  const changes: string[] = []
  for (const one of criteria) {
    const others = criteria.filter((other) => other !== one)
    if (one.state === 'not-assessed') {
      const then = classWith([...others, { ...one, state: 'met', points: rules.points(one.code) }])
      if (then !== now)
        changes.push(`with ${one.code}, which was not assessed (${one.missing.join('; ')}): ${then}`)
    } else if (one.state === 'met') {
      const then = classWith(others)
      if (then !== now) changes.push(`without ${one.code}: ${then}`)
    }
  }
  return changes
}

function signed(points: number): string {
  return points > 0 ? `+${points}` : String(points)
}
