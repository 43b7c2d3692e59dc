import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { FeasibilityReply } from '../../../src/app/trials/feasibility-routes.ts'
import type { PersonTrialsReply, TrialRow } from '../../../src/app/trials/trial-routes.ts'
import type { TrialWatchReply } from '../../../src/app/trials/watch-routes.ts'
import { patientPath } from './queries.ts'
import { getJson, sendJson } from './request.ts'

/** Every open trial for a person, those that are not met included; `within` in kilometres. */
export function usePersonTrials(id: string, within: number | undefined) {
  const query = new URLSearchParams({
    all: 'true',
    ...(within === undefined ? {} : { within: String(within) }),
  })
  return useQuery({
    queryKey: ['patient', id, 'trials', within],
    queryFn: () => getJson<PersonTrialsReply>(`${patientPath(id)}/trials?${query}`),
    placeholderData: keepPreviousData,
  })
}

export function useTrials() {
  return useQuery({
    queryKey: ['trials'],
    queryFn: () => getJson<{ readonly trials: readonly TrialRow[] }>('/api/trials'),
  })
}

/** Counts over everybody are worked out anew only when somebody asks again: for research each is a question. */
export function useFeasibility(study: string) {
  return useQuery({
    queryKey: ['trials', study],
    queryFn: () => getJson<FeasibilityReply>(`/api/trials/${encodeURIComponent(study)}/feasibility`),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
}

/** Whether the care team is told when the trials of this person change. */
export function useTrialWatch(id: string) {
  const client = useQueryClient()
  const path = `${patientPath(id)}/trials/watch`
  const queryKey = ['patient', id, 'trial-watch']
  const asked = useQuery({ queryKey, queryFn: () => getJson<TrialWatchReply>(path) })
  const ask = useMutation({
    mutationFn: (wanted: boolean) => sendJson<TrialWatchReply>('PUT', path, { wanted }),
    onSuccess: (reply) => client.setQueryData(queryKey, reply),
  })
  return { asked, ask }
}
