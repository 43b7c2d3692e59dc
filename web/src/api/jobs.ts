import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { QueueJob } from '../../../src/app/http/api.ts'
import { getJson, sendJson } from './request.ts'

const POLL_MS = 3000

/** Jobs, newest change first; asked again while something waits or runs. */
export function useJobs(state: QueueJob['state'] | undefined) {
  return useQuery({
    queryKey: ['jobs', state],
    queryFn: () => {
      const query = state === undefined ? '' : `?${new URLSearchParams({ state })}`
      return getJson<readonly QueueJob[]>(`/api/jobs${query}`)
    },
    staleTime: 0,
    refetchInterval: POLL_MS,
  })
}

export function useMendJob() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, verb }: { id: string; verb: 'retry' | 'cancel' }) =>
      sendJson<QueueJob>('POST', `/api/jobs/${encodeURIComponent(id)}/${verb}`, {}),
    onSettled: () => client.invalidateQueries({ queryKey: ['jobs'] }),
  })
}
