import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getJson, sendJson } from './request.ts'

/** A person whose variant was classified anew, or whose case has a better explanation, as the FHIR Task says it. */
export interface CarrierTask {
  readonly id: string
  readonly patient: string
  readonly what: string
  readonly wish: string
  readonly since: string
  readonly urgent: boolean
  readonly status: string
  readonly classification: string | undefined
  /** The Task as it was read. */
  readonly resource: Readonly<Record<string, unknown>>
}

interface Found {
  readonly total?: number
  readonly entry?: readonly { readonly resource?: Record<string, unknown> }[]
}

/** Open Tasks, the newest first. */
export function useCarriers(enabled: boolean) {
  return useQuery({
    queryKey: ['carriers'],
    queryFn: async () => {
      const query = new URLSearchParams({
        code: 'urn:garrod:task|variant-reclassified,urn:garrod:task|case-reanalysed',
        status: 'requested,in-progress',
        _sort: '-authored-on',
        _count: '200',
      })
      const { entry = [] } = await getJson<Found>(`/fhir/R4/Task?${query}`)
      return entry
        .flatMap(({ resource }) => (resource === undefined ? [] : [taskOf(resource)]))
        .sort((a, b) => Number(b.urgent) - Number(a.urgent))
    },
    enabled,
    staleTime: 0,
  })
}

/** Writes what became of a Task. */
export function useTaskStatus() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ task, status }: { task: CarrierTask; status: 'in-progress' | 'completed' }) =>
      sendJson<unknown>(
        'PUT',
        `/fhir/R4/Task/${encodeURIComponent(task.id)}`,
        { ...task.resource, status, lastModified: new Date().toISOString() },
        { 'if-match': `W/"${(task.resource['meta'] as { versionId?: string }).versionId ?? ''}"` },
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ['carriers'] }),
  })
}

function taskOf(resource: Record<string, unknown>): CarrierTask {
  const { reference = '' } = (resource['for'] ?? {}) as { reference?: string }
  const { value } = (resource['groupIdentifier'] ?? {}) as { value?: string }
  return {
    id: String(resource['id']),
    patient: reference.replace('Patient/', ''),
    what: String(resource['description'] ?? ''),
    wish: String((resource['businessStatus'] as { text?: string } | undefined)?.text ?? ''),
    since: String(resource['authoredOn'] ?? ''),
    urgent: resource['priority'] === 'urgent',
    status: String(resource['status']),
    classification: value,
    resource,
  }
}
