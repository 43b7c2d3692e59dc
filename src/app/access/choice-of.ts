import type { Resource } from '../../record/resource.ts'
import { onlyPatient, UNRESTRICTED } from '../../record/resource-query.ts'
import { type Chosen, type ResultChoice, resultChoice } from '../../safeguard/consent/result-choice.ts'
import type { Store } from '../../store/store.ts'
import type { PatientId, TenantId } from '../../terms/ids.ts'

/** What a registered person wants to be told or not, at an instant (ms since the epoch), by the Consents in the store. */
export async function choiceOf(
  store: Store,
  tenant: TenantId,
  patient: PatientId,
  choice: ResultChoice,
  at: number,
): Promise<Chosen> {
  const within = onlyPatient(patient, UNRESTRICTED)
  const query = { type: 'Consent', criteria: [], sort: [], count: 0, after: undefined, total: false, within }
  const consents: Resource[] = []
  for await (const batch of store.resources.scan(tenant, query, 100))
    for (const { json } of batch) if (json !== undefined) consents.push(JSON.parse(json) as Resource)
  return resultChoice(consents, choice, at)
}
