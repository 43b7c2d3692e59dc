import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { TermsReply } from '../../../src/app/diagnose/feature-routes.ts'
import type { Feature, Features } from '../../../src/app/diagnose/features.ts'
import type { ReanalysisReply } from '../../../src/app/reanalysis/reanalysis-routes.ts'
import type { PhenotypeFinding } from '../../../src/interpret/finding/phenotype.ts'
import { patientPath } from './queries.ts'
import { getJson, sendJson } from './request.ts'

/** HPO terms that words may mean. */
export function useTerms(query: string, language: string) {
  return useQuery({
    queryKey: ['hpo', language, query],
    queryFn: () => getJson<TermsReply>(`/api/hpo?${new URLSearchParams({ query, language })}`),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    enabled: query.length > 1,
  })
}

export function useFeatures(id: string) {
  return useQuery({
    queryKey: ['patient', id, 'features'],
    queryFn: () => getJson<Features>(`${patientPath(id)}/features`),
  })
}

/** Diseases that fit what was said so far. */
export function useDiagnosis(id: string) {
  return useQuery({
    queryKey: ['patient', id, 'diagnosis'],
    queryFn: () => getJson<PhenotypeFinding>(`${patientPath(id)}/diagnosis`),
    placeholderData: keepPreviousData,
  })
}

export function useSayFeature(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (said: { id: string; state: Feature['state'] | 'removed' }) =>
      sendJson<Features>('POST', `${patientPath(id)}/features`, said),
    onSuccess: (features) => {
      client.setQueryData(['patient', id, 'features'], features)
      // Not waited for: the next feature may be said while the diseases are ranked anew.
      void client.invalidateQueries({ queryKey: ['patient', id, 'diagnosis'] })
    },
  })
}

/** Whether this unsolved case is ranked again when facts change. */
export function useReanalysis(id: string) {
  const client = useQueryClient()
  const path = `${patientPath(id)}/reanalysis`
  const queryKey = ['patient', id, 'reanalysis']
  const asked = useQuery({ queryKey, queryFn: () => getJson<ReanalysisReply>(path) })
  const ask = useMutation({
    mutationFn: (wanted: boolean) => sendJson<ReanalysisReply>('PUT', path, { wanted }),
    onSuccess: (reply) => client.setQueryData(queryKey, reply),
  })
  return { asked, ask }
}
