import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type {
  AccessReply,
  DrugList,
  DrugListReply,
  DrugsReply,
  FactsReply,
  FindingsReply,
  NewPatient,
  PatientPage,
  PatientSummary,
  TryReply,
} from '../../../src/app/http/api.ts'
import type { Plan } from '../../../src/decide/plan.ts'
import { getJson, sendJson } from './request.ts'

export const patientPath = (id: string) => `/api/patients/${encodeURIComponent(id)}`

/** One page of people; `after` is what the page before said as `next`. */
export function usePatients(search: string, after: string | undefined) {
  const query = new URLSearchParams({ search, ...(after === undefined ? {} : { after }) })
  return useQuery({
    queryKey: ['patients', search, after],
    queryFn: () => getJson<PatientPage>(`/api/patients?${query}`),
    placeholderData: keepPreviousData,
  })
}

export function usePatient(id: string, enabled = true) {
  return useQuery({
    queryKey: ['patient', id],
    queryFn: () => getJson<PatientSummary>(patientPath(id)),
    enabled,
  })
}

export function usePlan(id: string, enabled = true) {
  return useQuery({
    queryKey: ['patient', id, 'plan'],
    queryFn: () => getJson<Plan>(`${patientPath(id)}/plan`),
    enabled,
  })
}

/** The plan with every drug that has a guideline, those too that nothing changes for or nothing is known of. */
export function useFullPlan(id: string, enabled: boolean) {
  return useQuery({
    queryKey: ['patient', id, 'plan', 'all'],
    queryFn: () => getJson<Plan>(`${patientPath(id)}/plan?which=all`),
    enabled,
  })
}

export function useFindings(id: string) {
  return useQuery({
    queryKey: ['patient', id, 'findings'],
    queryFn: () => getJson<FindingsReply>(`${patientPath(id)}/findings`),
  })
}

/** Who looked, newest first, page after page. Asked for anew whenever the part is opened. */
export function useAccess(id: string) {
  return useInfiniteQuery({
    queryKey: ['patient', id, 'access'],
    queryFn: ({ pageParam }) => {
      const query = pageParam === undefined ? '' : `?${new URLSearchParams({ before: String(pageParam) })}`
      return getJson<AccessReply>(`${patientPath(id)}/access${query}`)
    },
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  })
}

export function useFacts() {
  return useQuery({ queryKey: ['facts'], queryFn: () => getJson<FactsReply>('/api/facts') })
}

/** Drugs whose names begin with or resemble the text; asked from two letters on. */
export function useDrugNames(query: string) {
  return useQuery({
    queryKey: ['drugs', query],
    queryFn: () => getJson<DrugsReply>(`/api/drugs?${new URLSearchParams({ query })}`),
    enabled: query.trim().length >= 2,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export function useAddPatient() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (patient: NewPatient) => sendJson<PatientSummary>('POST', '/api/patients', patient),
    onSuccess: () => client.invalidateQueries({ queryKey: ['patients'] }),
  })
}

export function useSaveDrugs(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (list: DrugList) => sendJson<DrugListReply>('POST', `${patientPath(id)}/drugs`, list),
    onSuccess: () => client.invalidateQueries({ queryKey: ['patient', id] }),
  })
}

export function useTryDrug(id: string) {
  return useMutation({
    mutationFn: (drug: string) => sendJson<TryReply>('POST', `${patientPath(id)}/try`, { drug }),
  })
}
