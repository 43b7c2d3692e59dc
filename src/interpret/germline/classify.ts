import type { AcmgCombining, CombiningPanel } from '../../knowledge/acmg/combining.ts'
import type { Classification, Criterion, CriterionCode, Strength } from '../finding/germline.ts'
import { type AppliedCriterion, criterionText, isPathogenic } from './applied.ts'
import { type Combined, combine } from './combine.ts'

/**
 * The class of assessed criteria with everything a reader needs to check it: what decided, what the rule set leaves open and
 * what one more criterion would change.
 */
export function classificationOf(
  criteria: readonly Criterion[],
  rules: AcmgCombining,
  panel: CombiningPanel | undefined,
): Classification {
  const applied = metOf(criteria)
  const combined = combine(applied, rules, panel)
  const newer = newerOf(applied, rules, panel)
  return {
    class: combined.class,
    decidedBy: combined.decidedBy,
    points: combined.points,
    criteria,
    panel: panel && { id: panel.id, name: panel.name, basis: panel.basis },
    ...(newer === undefined ? {} : { byNewer: newer }),
    ruleSet: rules.pack,
    why: [...whyOf(applied, combined, rules, panel), ...newerText(combined, newer)],
    wouldChange: changesOf(applied, combined, rules, panel),
  }
}

/** The class by the specification in force, which counts points alone, where the panel's row is older. */
function newerOf(
  applied: readonly AppliedCriterion[],
  rules: AcmgCombining,
  panel: CombiningPanel | undefined,
): Classification['byNewer'] {
  if (panel?.newerScale === undefined) return undefined
  const { class: is, decidedBy } = combine(applied, rules, {
    ...panel,
    method: 'points',
    scale: panel.newerScale,
    rules: [],
  })
  return { class: is, clause: decidedBy.clause, specification: panel.inForce.split(':')[0]! }
}

function newerText(now: Combined, newer: Classification['byNewer']): readonly string[] {
  if (newer === undefined) return []
  const { specification, class: is, clause } = newer
  return [
    is === now.class
      ? `By ${specification}, in force: ${is} too (${clause}).`
      : `By ${specification}, in force, it is ${is} (${clause}): the two disagree, and what is signed today goes by the specification in force.`,
  ]
}

/** The criteria that count. */
export function metOf(criteria: readonly Criterion[]): AppliedCriterion[] {
  return criteria.flatMap(({ code, state, strength }) =>
    state === 'met' && strength !== undefined ? [{ code, strength }] : [],
  )
}

/** A criterion that somebody else assessed: it counts, and says no more than that. */
export function statedCriterion({ code, strength }: AppliedCriterion, source: string): Criterion {
  return {
    code,
    state: 'met',
    strength,
    because: 'Stated as met.',
    facts: [{ what: `${criterionText({ code, strength })} stated`, source }],
    missing: [],
  }
}

function whyOf(
  applied: readonly AppliedCriterion[],
  { decidedBy, points, class: is }: Combined,
  rules: AcmgCombining,
  panel: CombiningPanel | undefined,
): string[] {
  if (applied.length === 0) return ['No criterion is met: uncertain.']
  const source = rules.source(decidedBy.source).title
  const list = applied.map(criterionText).join(', ')
  const why = [
    decidedBy.method === 'table'
      ? `${list}: ${is}, by the clause "${decidedBy.clause}" of ${source}.`
      : decidedBy.method === 'points'
        ? `${list}: ${is}, by ${decidedBy.clause} (${source}).`
        : `${list}: ${is}. ${rules.rule(decidedBy.clause)}`,
  ]
  if (applied.some(({ code }) => isPathogenic(code)) && applied.some(({ code }) => !isPathogenic(code)))
    why.push(`Pathogenic and benign evidence meet (sum ${points}): look at both before relying on it.`)
  const byOthers = applied.filter(({ code }) => code === 'PP5' || code === 'BP6').map(({ code }) => code)
  if (byOthers.length > 0)
    why.push(
      `${byOthers.join(' and ')} counts because it was given: a class of somebody else without its evidence, which ClinGen advises not to use (Biesecker 2018, PMID 29543229).`,
    )
  if (panel !== undefined)
    why.push(`${basisText(panel, rules)} In force when this was written: ${panel.inForce}.`)
  return why
}

function basisText({ name, basis, variants, source }: CombiningPanel, rules: AcmgCombining): string {
  switch (basis) {
    case 'published':
      return `Combined as ${name} has published (${rules.source(source).title}).`
    case 'inferred':
      return `Combined as ${name} does, inferred from ${variants} of its classifications.`
    case 'default':
      return `Combined in the general way, which ${variants} classifications of ${name} agree with best.`
    case 'unknown':
      return `How ${name} combines is not known here: combined in the general way.`
  }
}

/** Which single criterion more, at its weakest strength that does so, would move the class; and which one less. */
function changesOf(
  applied: readonly AppliedCriterion[],
  now: Combined,
  rules: AcmgCombining,
  panel: CombiningPanel | undefined,
): string[] {
  const changes: string[] = []
  for (const side of ['pathogenic', 'benign'] as const) {
    const code = spareCode(applied, side)
    if (code === undefined) continue
    for (const strength of ['supporting', 'moderate', 'strong', 'very-strong'] satisfies Strength[]) {
      const then = combine([...applied, { code, strength }], rules, panel).class
      if (then === now.class) continue
      changes.push(`one more ${side} criterion of strength ${strength}: ${then}`)
      break
    }
  }
  for (const one of applied) {
    const then = combine(
      applied.filter((other) => other !== one),
      rules,
      panel,
    ).class
    if (then !== now.class) changes.push(`without ${criterionText(one)}: ${then}`)
  }
  return changes
}

/** A code of that side which is not in use yet; PM2 and BA1 have rules of their own and stand for no other criterion. */
function spareCode(
  applied: readonly AppliedCriterion[],
  side: 'pathogenic' | 'benign',
): CriterionCode | undefined {
  const codes: readonly CriterionCode[] =
    side === 'pathogenic'
      ? ['PP1', 'PP3', 'PP4', 'PS3', 'PS4', 'PM1', 'PM3', 'PM5']
      : ['BP4', 'BS3', 'BS4', 'BP2', 'BP5', 'BP7']
  return codes.find((code) => applied.every((one) => one.code !== code))
}
