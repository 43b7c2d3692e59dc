import { AnyBundle, type HookRequest } from '../../../deliver/cds-hooks/hook-request.ts'
import { type EhrAccess, EhrClient, type Fetched } from './ehr-client.ts'

/** Most pages of one list that are followed. */
const MOST_PAGES = 20

/** A call with the data that the client left out, and sentences about what could not be had. */
export interface CompletedRequest {
  readonly request: HookRequest
  readonly notes: readonly string[]
}

/**
 * Fetches what the prefetch lacks: a key that is missing, and the pages after the first of a list. A key that is null
 * has no data, and one that holds an OperationOutcome failed already in the EHR: neither is asked for again
 * (CDS Hooks 2.0, "Prefetch Template").
 */
export async function completePrefetch(
  request: HookRequest,
  ehr: EhrAccess | undefined,
): Promise<CompletedRequest> {
  const { grant } = request
  if (grant === undefined || ehr === undefined || isComplete(request)) return { request, notes: [] }
  if (!ehr.allows(grant.fhirServer))
    return { request, notes: ['The FHIR server that the EHR named is not one that Garrod may call.'] }
  const client = new EhrClient(grant, ehr.timeLimit)
  const [patient, medications] = await Promise.all([
    'patient' in request.prefetch ? undefined : client.get(`Patient/${request.patientId}`),
    medicationsFrom(client, request),
  ])
  const prefetch = {
    ...request.prefetch,
    ...(patient?.resource === undefined ? {} : { patient: patient.resource }),
    ...(medications?.resource === undefined ? {} : { medications: medications.resource }),
  }
  const notes = [patient?.why, medications?.why].filter((why) => why !== undefined)
  return { request: { ...request, prefetch }, notes: [...new Set(notes)].map((why) => `${why}.`) }
}

function isComplete({ prefetch }: HookRequest): boolean {
  return 'patient' in prefetch && 'medications' in prefetch && nextPage(prefetch['medications']) === undefined
}

async function medicationsFrom(client: EhrClient, request: HookRequest): Promise<Fetched | undefined> {
  const sent = request.prefetch['medications']
  const first: Fetched =
    'medications' in request.prefetch
      ? { resource: sent as Record<string, unknown>, why: undefined }
      : await client.get(
          `MedicationRequest?patient=${encodeURIComponent(request.patientId)}&status=active&_count=200`,
        )
  const entries: unknown[] = []
  const seen = new Set<string>()
  for (let page = first; ; ) {
    const bundle = AnyBundle.safeParse(page.resource)
    if (!bundle.success) return entries.length === 0 ? page : cut(first, entries, page.why)
    entries.push(...(bundle.data.entry ?? []))
    const next = nextPage(bundle.data)
    if (next === undefined) return { resource: { ...bundle.data, link: [], entry: entries }, why: undefined }
    if (seen.has(next) || seen.size >= MOST_PAGES) return cut(first, entries, undefined)
    seen.add(next)
    page = await client.get(next)
  }
}

/** What was read so far, still marked as a part by the link of the first page. */
function cut(first: Fetched, entry: readonly unknown[], why: string | undefined): Fetched {
  return { resource: { ...first.resource, entry }, why }
}

function nextPage(list: unknown): string | undefined {
  const bundle = AnyBundle.safeParse(list)
  if (!bundle.success) return undefined
  const url = (bundle.data.link ?? []).find((one) => one.relation === 'next')?.['url']
  return typeof url === 'string' ? url : undefined
}
