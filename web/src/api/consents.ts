import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { WhyReply } from '../../../src/app/access/why.ts'
import type { Resource } from '../../../src/record/resource.ts'
import { ACT_CODE } from '../../../src/safeguard/consent/consent-codes.ts'
import { consentOf, type Matter, switchOf } from '../consent/consent-resource.ts'
import { getJson, sendJson } from './request.ts'

interface Found {
  readonly entry?: readonly { readonly resource?: Resource }[]
}

/** What the person said, newest first. */
export function useConsents(id: string) {
  return useQuery({
    queryKey: ['patient', id, 'consents'],
    queryFn: async () => {
      const query = new URLSearchParams({ patient: id, _sort: '-date', _count: '100' })
      const { entry = [] } = await getJson<Found>(`/fhir/R4/Consent?${query}`)
      return entry.flatMap(({ resource }) => (resource?.resourceType === 'Consent' ? [resource] : []))
    },
    staleTime: 0,
  })
}

/** What the server makes of all of it, for genetic results and the caller's purpose. */
export function useGeneticAccess(id: string) {
  return useQuery({
    queryKey: ['patient', id, 'genetic-access'],
    queryFn: () => {
      const query = new URLSearchParams({
        action: 'read',
        kind: 'Observation',
        patient: id,
        label: `${ACT_CODE}|GDIS`,
      })
      return getJson<WhyReply>(`/api/access/why?${query}`)
    },
    staleTime: 0,
  })
}

/** Writes what the person said: replaces the Consent that this page wrote before, leaves every other one alone. */
export function useSetConsent(id: string, consents: readonly Resource[]) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ matter, permitted }: { matter: Matter; permitted: boolean }) => {
      const before = consents.find((one) => switchOf(one) === matter)
      const resource = consentOf(matter, permitted, id, new Date().toISOString())
      if (before?.id === undefined) return sendJson<Resource>('POST', '/fhir/R4/Consent', resource)
      const version = (before['meta'] as { versionId?: string } | undefined)?.versionId
      return sendJson<Resource>(
        'PUT',
        `/fhir/R4/Consent/${before.id}`,
        { ...resource, id: before.id },
        version === undefined ? {} : { 'if-match': `W/"${version}"` },
      )
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['patient', id] }),
  })
}
