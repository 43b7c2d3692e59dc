import type { Facts } from '../../knowledge/facts.ts'
import { approvals } from '../../knowledge/tumor/approvals.ts'

/** What a brand, salt or generic name stands for; a drug of no approval here is its own name: chemotherapy. */
export function genericNames(name: string, facts: Facts): readonly string[] {
  const found = approvals(facts).drugsNamed(name)
  return found.length > 0 ? found : [name.trim().toLowerCase()]
}
