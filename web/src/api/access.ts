import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { GrantReply, ReviewQueue } from '../../../src/app/access/break-glass-routes.ts'
import type { WhyReply } from '../../../src/app/access/why.ts'
import { beginGrant } from '../emergency/grants.ts'
import { getJson, sendJson } from './request.ts'

interface Wanted {
  readonly action: string
  readonly kind: string
  readonly patient?: string
}

/** Whether the caller may do something, as the policies say it; asked before it is offered. */
export function useMay(wanted: Wanted, enabled = true) {
  return useQuery({
    queryKey: ['may', wanted],
    queryFn: () => getJson<WhyReply>(`/api/access/why?${new URLSearchParams({ ...wanted })}`),
    staleTime: Number.POSITIVE_INFINITY,
    enabled,
  })
}

interface BreakGlass {
  readonly patient: string
  readonly reason: string
  readonly explanation: string
}

export function useBreakGlass() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (asked: BreakGlass) => sendJson<GrantReply>('POST', '/api/access/break-glass', asked),
    onSuccess: (grant) => {
      beginGrant(grant)
      return client.resetQueries({ queryKey: ['patient', grant.patient] })
    },
  })
}

export function useReviews() {
  return useQuery({
    queryKey: ['reviews'],
    queryFn: () => getJson<ReviewQueue>('/api/access/break-glass'),
    staleTime: 0,
  })
}

export function useReview() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, outcome }: { id: string; outcome: 'appropriate' | 'inappropriate' }) =>
      sendJson<unknown>('POST', `/api/access/break-glass/${encodeURIComponent(id)}/review`, { outcome }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['reviews'] }),
  })
}
