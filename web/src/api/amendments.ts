import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AmendmentView } from '../../../src/app/amendments/amendment-task.ts'
import { patientPath } from './queries.ts'
import { getJson, sendJson } from './request.ts'

/** Requests of one person to amend the record, the newest first. */
export function useAmendments(id: string) {
  return useQuery({
    queryKey: ['patient', id, 'amendments'],
    queryFn: () => getJson<readonly AmendmentView[]>(`${patientPath(id)}/amendments`),
    staleTime: 0,
  })
}

/** Requests of everybody that wait for an answer, the first to be answered on top. */
export function useWaitingAmendments(enabled: boolean) {
  return useQuery({
    queryKey: ['amendments', 'waiting'],
    queryFn: () => getJson<readonly AmendmentView[]>('/api/amendments'),
    enabled,
    staleTime: 0,
    refetchInterval: 60_000,
  })
}

/** A new request, or a step of one that is there: `path` is what follows the address of the list. */
export function useAmend(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ path, body }: { readonly path: string; readonly body: object }) =>
      sendJson<AmendmentView>('POST', `${patientPath(id)}/amendments${path}`, body),
    onSettled: () =>
      Promise.all(
        [['patient', id, 'amendments'], ['amendments']].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  })
}
