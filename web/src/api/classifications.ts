import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type {
  ClassificationPage,
  ClassificationView,
} from '../../../src/app/classifications/classification-view.ts'
import type { Classification, Criterion } from '../../../src/interpret/finding/germline.ts'
import { getJson, sendJson } from './request.ts'

const pathOf = (id: string) => `/api/classifications/${encodeURIComponent(id)}`

/** What somebody decides; the class follows from it. */
export interface Assessment {
  readonly criteria: readonly Partial<Criterion>[]
  readonly panel?: string
  readonly comment: string
}

interface NewClassification {
  readonly variant: ClassificationView['subject']['variant']
  readonly condition?: string
  readonly names: Readonly<Record<string, string>>
}

export function useClassifications() {
  return useInfiniteQuery({
    queryKey: ['classifications'],
    queryFn: ({ pageParam }) => getJson<ClassificationPage>(`/api/classifications${pageParam}`),
    initialPageParam: '',
    getNextPageParam: ({ next }) =>
      next === undefined ? undefined : `?${new URLSearchParams({ after: next })}`,
    staleTime: 0,
  })
}

/** The newest version, or the one asked for. */
export function useClassification(id: string, version?: number) {
  return useQuery({
    queryKey: ['classification', id, version],
    queryFn: () =>
      getJson<ClassificationView>(`${pathOf(id)}${version === undefined ? '' : `?version=${version}`}`),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** What an assessment would be classified as; nothing is saved. */
export function usePreview(assessment: Assessment) {
  return useQuery({
    queryKey: ['classification-preview', assessment],
    queryFn: () => sendJson<Classification>('POST', '/api/classifications/preview', assessment),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
}

export function useOpenClassification() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (fresh: NewClassification) =>
      sendJson<ClassificationView>('POST', '/api/classifications', fresh),
    onSuccess: () => client.invalidateQueries({ queryKey: ['classifications'] }),
  })
}

/** Saves a draft, or signs the one that is there. */
export function useSaveClassification(id: string) {
  const client = useQueryClient()
  const kept = (view: ClassificationView) => {
    client.setQueryData(['classification', id, undefined], view)
    return Promise.all([
      client.invalidateQueries({ queryKey: ['classifications'] }),
      client.invalidateQueries({ queryKey: ['carriers'] }),
    ])
  }
  const save = useMutation({
    mutationFn: (change: { expected: number; assessment: Assessment }) =>
      sendJson<ClassificationView>('PUT', pathOf(id), change),
    onSuccess: kept,
  })
  const sign = useMutation({
    mutationFn: (expected: number) =>
      sendJson<ClassificationView>('POST', `${pathOf(id)}/sign`, { expected }),
    onSuccess: kept,
  })
  return { save, sign }
}
