import { SearchIndex } from '../../fhir/search/search-index.ts'
import { searchFacts } from '../../knowledge/fhir/search-parameter.ts'
import { FHIR_ROOT } from '../fhir/routes.ts'
import type { Services } from '../http/services.ts'
import type { JobHandlers } from '../jobs/worker.ts'
import { NOTIFY } from './follow.ts'
import { notifyJob } from './notify-job.ts'

/** The server alone notifies: it knows which addresses it may call. */
export function notifyHandlers(services: Services): JobHandlers {
  const { mayNotify, facts, publicUrl } = services
  if (mayNotify === undefined) return {}
  const index = new SearchIndex(searchFacts(facts))
  return { [NOTIFY]: notifyJob(services, index, `${publicUrl()}${FHIR_ROOT}`, mayNotify) }
}
