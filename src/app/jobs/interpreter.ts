import type { Facts } from '../../knowledge/facts.ts'
import type { Store } from '../../store/store.ts'
import type { SiteAccess } from '../access/site-access.ts'
import type { Garrod } from '../garrod.ts'
import { keptFindings } from '../pgx/kept-findings.ts'
import { wholePlan } from '../pgx/whole-plan.ts'
import type { Interpreter } from './reinterpret-job.ts'

/** What jobs need of the journey, outside of the HTTP server. */
export function interpreterOn(
  store: Store,
  garrod: Garrod,
  site: SiteAccess,
): Interpreter & { readonly facts: Facts; readonly site: SiteAccess } {
  const findingsOf = keptFindings(garrod)
  const now = () => new Date()
  return {
    store,
    facts: garrod.facts,
    site,
    now,
    interpret(record, which) {
      const findings = findingsOf(record)
      const asOf = now().toISOString().slice(0, 10)
      return { findings, plan: wholePlan({ record, findings, facts: garrod.facts, asOf }, which) }
    },
  }
}
