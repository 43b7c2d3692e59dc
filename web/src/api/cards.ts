import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { CardCount } from '../../../src/app/card-counts.ts'
import type { CardSetting, StoredCardSetting } from '../../../src/store/cards/card-store.ts'
import { deleteJson, getJson, sendJson } from './request.ts'

const SETTINGS = ['cards', 'settings']

export function useCardSettings() {
  return useQuery({
    queryKey: SETTINGS,
    queryFn: () => getJson<readonly StoredCardSetting[]>('/api/cds/settings'),
  })
}

/** How often each rule's cards were shown, held back, followed and overridden. Days, the second not included. */
export function useCardReport(from: string, to: string) {
  return useQuery({
    queryKey: ['cards', 'report', from, to],
    queryFn: () => getJson<readonly CardCount[]>(`/api/cds/report?${new URLSearchParams({ from, to })}`),
    staleTime: 0,
  })
}

export function useSetCards() {
  const client = useQueryClient()
  const keep = (settings: readonly StoredCardSetting[]) => client.setQueryData(SETTINGS, settings)
  return {
    set: useMutation({
      mutationFn: (setting: CardSetting) =>
        sendJson<readonly StoredCardSetting[]>('PUT', '/api/cds/settings', setting),
      onSuccess: keep,
    }),
    unset: useMutation({
      mutationFn: ({ of, value, service }: Pick<CardSetting, 'of' | 'value' | 'service'>) => {
        const query = new URLSearchParams({ of, value, ...(service === undefined ? {} : { service }) })
        return deleteJson<readonly StoredCardSetting[]>(`/api/cds/settings?${query}`)
      },
      onSuccess: keep,
    }),
  }
}
