import { AnyBundle, type HookRequest } from '../../../deliver/cds-hooks/hook-request.ts'
import { type EhrAccess, EhrClient, type Fetched } from './ehr-client.ts'

/** Most pages of one list that are followed. */
const MOST_PAGES = 20

/** A call with the data that the client left out, and sentences about what could not be had. */
interface CompletedRequest {
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

/**
 * Results and diagnoses of the person in the EHR, for an order that asks for them: as they were sent, else fetched as above.
 * No other order pays for them.
 */
export async function tumorPrefetch(
  request: HookRequest,
  ehr: EhrAccess | undefined,
): Promise<{ readonly lists: readonly AnyBundle[]; readonly notes: readonly string[] }> {
  const { grant, prefetch } = request
  const may = grant !== undefined && ehr?.allows(grant.fhirServer) === true
  const client = may ? new EhrClient(grant, ehr.timeLimit) : undefined
  const person = encodeURIComponent(request.patientId)
  const found = await Promise.all(
    [
      ['observations', `Observation?patient=${person}&category=laboratory&_count=200`],
      ['conditions', `Condition?patient=${person}&_count=200`],
    ].map(([key, query]): Promise<Fetched> | Fetched =>
      client === undefined
        ? { resource: prefetch[key!] as Fetched['resource'], why: undefined }
        : listFrom(client, request, key!, query!),
    ),
  )
  const lists = found.flatMap(({ resource }) => {
    const bundle = AnyBundle.safeParse(resource)
    return bundle.success ? [bundle.data] : []
  })
  const cut = lists.some((list) => nextPage(list) !== undefined)
  const notes = [
    ...found.flatMap(({ why }) => (why === undefined ? [] : [`${why}.`])),
    ...(cut ? ['The EHR sent only a part of the results; the rest was not looked at.'] : []),
  ]
  return { lists, notes: [...new Set(notes)] }
}

function isComplete({ prefetch }: HookRequest): boolean {
  return 'patient' in prefetch && 'medications' in prefetch && nextPage(prefetch['medications']) === undefined
}

function medicationsFrom(client: EhrClient, request: HookRequest): Promise<Fetched> {
  const query = `MedicationRequest?patient=${encodeURIComponent(request.patientId)}&status=active&_count=200`
  return listFrom(client, request, 'medications', query)
}

/** Every page of a list: of the one that was sent under the key, else of the query. */
async function listFrom(
  client: EhrClient,
  request: HookRequest,
  key: string,
  query: string,
): Promise<Fetched> {
  const first: Fetched =
    key in request.prefetch
      ? { resource: request.prefetch[key] as Record<string, unknown>, why: undefined }
      : await client.get(query)
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
