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

/** A new request, or a step of one that is there: `path` is what follows the address of the list. */
export function useAmend(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ path, body }: { readonly path: string; readonly body: object }) =>
      sendJson<AmendmentView>('POST', `${patientPath(id)}/amendments${path}`, body),
    onSettled: () => client.invalidateQueries({ queryKey: ['patient', id, 'amendments'] }),
  })
}
