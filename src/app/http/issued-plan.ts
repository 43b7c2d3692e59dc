import type { PatientKey } from '../../store/person.ts'
import type { PlanHead } from '../../store/record/plan-store.ts'
import { act, type Interpretation, type Services } from './services.ts'

/**
 * Keeps what a report is about to say, with the engine, the facts and the version of the record behind it, so that it
 * can be read again after any of them has changed. The same answer again is the version that is there.
 */
export function keepIssued(
  services: Pick<Services, 'store' | 'now'>,
  key: PatientKey,
  recordVersion: number,
  { findings, plan }: Interpretation,
  by = 'web',
): Promise<PlanHead> {
  return services.store.plans.save(
    key,
    {
      engine: plan.engine,
      facts: plan.facts,
      recordVersion,
      findings: findings.map((one) => ({ kind: one.kind, subject: one.gene, json: JSON.stringify(one) })),
      json: JSON.stringify(plan),
    },
    act(services, by),
  )
}
