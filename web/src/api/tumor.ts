import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  AmendedDecision,
  DecisionsReply,
  NewDecision,
  TumorReply,
} from '../../../src/app/board/board-api.ts'
import { patientPath } from './queries.ts'
import { getJson, sendJson, sendNothing } from './request.ts'

/** What is asked of a case beside the record; empty: what the record says. */
export interface Supposed {
  readonly specimen: string
  readonly stage: '' | 'early' | 'advanced'
  readonly lines: string
}

export function useTumor(id: string, supposed: Supposed) {
  const query = new URLSearchParams(Object.entries(supposed).filter(([, value]) => value !== ''))
  return useQuery({
    queryKey: ['patient', id, 'tumor', supposed],
    queryFn: () => getJson<TumorReply>(`${patientPath(id)}/tumor?${query}`),
    placeholderData: keepPreviousData,
  })
}

export function useDecisions(id: string) {
  return useQuery({
    queryKey: ['patient', id, 'decisions'],
    queryFn: () => getJson<DecisionsReply>(`${patientPath(id)}/tumor/decisions`),
  })
}

/** A new decision, or with `decision` the next version of one. */
export function useSaveDecision(id: string) {
  const client = useQueryClient()
  const path = `${patientPath(id)}/tumor/decisions`
  return useMutation({
    mutationFn: ({ decision, body }: { decision?: string; body: NewDecision | AmendedDecision }) =>
      decision === undefined
        ? sendJson<DecisionsReply>('POST', path, body)
        : sendJson<DecisionsReply>('PUT', `${path}/${encodeURIComponent(decision)}`, body),
    onSettled: () => client.invalidateQueries({ queryKey: ['patient', id] }),
  })
}

export function useWithdrawFile(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (file: string) =>
      sendNothing('DELETE', `${patientPath(id)}/tumor/files/${encodeURIComponent(file)}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['patient', id] }),
  })
}
