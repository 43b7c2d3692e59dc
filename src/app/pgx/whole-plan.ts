import { makePlan } from '../../decide/make-plan.ts'
import type { Plan } from '../../decide/plan.ts'
import { bySeverity } from '../../decide/reconcile.ts'
import type { PgxFinding } from '../../interpret/finding.ts'
import type { Facts } from '../../knowledge/facts.ts'
import type { DrugUse, PatientRecord } from '../../record/patient-record.ts'
import { VERSION } from '../version.ts'

/** One person's results, and the day ages are counted to. */
export interface Known {
  readonly record: PatientRecord
  readonly findings: readonly PgxFinding[]
  readonly facts: Facts
  /** YYYY-MM-DD. */
  readonly asOf: string
}

/** Advice on these drugs alone; on every drug that the findings change something for where there is none. */
export function planFor(
  known: Known,
  drugs: readonly DrugUse[],
  reference: 'actionable' | 'all' = 'actionable',
): Plan {
  return makePlan({ ...known, drugs, reference, engineVersion: VERSION })
}

/**
 * Advice on the drugs of the record, and on every other drug that the findings change something for: what a report
 * that stays in the chart should hold, as the next prescription is not known yet. With "all", every drug that has a
 * guideline is advised on, those too that nothing changes for or nothing is known of.
 */
export function wholePlan(known: Known, which: 'actionable' | 'all' = 'actionable'): Plan {
  const reference = planFor(known, [], which)
  if (known.record.drugs.length === 0) return reference
  const named = planFor(known, known.record.drugs)
  const own = new Set(named.drugs.map((one) => one.drug.name))
  const drugs = [...named.drugs, ...reference.drugs.filter((one) => !own.has(one.drug.name))].sort(
    (a, b) => bySeverity(a.severity, b.severity) || (a.drug.name < b.drug.name ? -1 : 1),
  )
  const facts = new Map([...reference.facts, ...named.facts].map((one) => [`${one.id}@${one.version}`, one]))
  return {
    ...named,
    drugs,
    facts: [...facts.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
  }
}
