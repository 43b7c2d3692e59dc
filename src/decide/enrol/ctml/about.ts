import type { OwnTrial } from '../own-trial.ts'
import { readPhases } from '../phase.ts'
import type { TrialSite } from '../site.ts'
import { type CtmlTrial, type Entry, isEntry } from './document.ts'

/** What a CTML document says beside its criteria: phase, drugs, and sites, which it places by postal code alone. */
export function aboutCtml({
  protocol,
  status,
  nctId,
  title,
  document,
}: CtmlTrial): Omit<OwnTrial, 'clauses'> {
  const drugs = isEntry(document['drug_list']) ? objects(document['drug_list']['drug']) : []
  return {
    protocol,
    status,
    nctId,
    title,
    phases: readPhases(word(document['phase']) ?? ''),
    drugs: drugs.flatMap((one) => word(one['drug_name']) ?? []),
    sites: objects(document['sites']).flatMap(siteOf),
  }
}

function siteOf(site: Entry): readonly TrialSite[] {
  const name = word(site['site_name'])
  if (name === undefined) return []
  const said = {
    status: word(site['recruitment_status']) ?? word(site['site_status']),
    city: word(site['org_city']),
    state: word(site['org_state_or_province']),
    postalCode: word(site['org_postal_code']),
    country: word(site['org_country']),
  }
  return [{ name, ...Object.fromEntries(Object.entries(said).filter(([, one]) => one !== undefined)) }]
}

function objects(value: unknown): readonly Entry[] {
  return Array.isArray(value) ? value.filter(isEntry) : []
}

function word(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}
