import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  CodeMapEntry,
  MessageLine,
  MessageState,
  SenderSettings,
  UnmappedCode,
} from '../../../src/store/messages/message-store.ts'
import { getJson, sendJson } from './request.ts'

/** A message with its content as it arrived. */
export interface OneMessage extends MessageLine {
  readonly content: string
  readonly ack: string | undefined
}

const PAGE = 50
const messagePath = (id: string) => `/api/exchange/messages/${encodeURIComponent(id)}`
const codesPath = (sender: string) => `/api/exchange/senders/${encodeURIComponent(sender)}/codes`

/** Messages in any of the states, newest first, page after page. */
export function useMessages(states: readonly MessageState[]) {
  return useInfiniteQuery({
    queryKey: ['exchange', 'messages', states],
    queryFn: ({ pageParam }) => getJson<readonly MessageLine[]>(listPath(states, undefined, pageParam)),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => (page.length < PAGE ? undefined : page.at(-1)?.id),
    staleTime: 0,
  })
}

function listPath(states: readonly MessageState[], sender?: string, after?: string, limit = PAGE): string {
  const query = new URLSearchParams({ limit: String(limit) })
  for (const state of states) query.append('state', state)
  if (sender !== undefined) query.set('sender', sender)
  if (after !== undefined) query.set('after', after)
  return `/api/exchange/messages?${query}`
}

export function useMessage(id: string) {
  return useQuery({
    queryKey: ['exchange', 'message', id],
    queryFn: () => getJson<OneMessage>(messagePath(id)),
    staleTime: 0,
    gcTime: 0,
  })
}

export interface Replay {
  readonly patient?: string
  readonly register?: boolean
  readonly confirmIdentity?: boolean
}

/** Processes a message once more, or decides that it will not be used. */
export function useSettle(id: string) {
  const changed = useChanged()
  return {
    replay: useMutation({
      mutationFn: (decision: Replay) => sendJson<MessageLine>('POST', `${messagePath(id)}/replay`, decision),
      onSettled: changed,
    }),
    discard: useMutation({
      mutationFn: () => sendJson<MessageLine>('POST', `${messagePath(id)}/discard`, {}),
      onSettled: changed,
    }),
  }
}

export function useUnmapped() {
  return useQuery({
    queryKey: ['exchange', 'unmapped'],
    queryFn: () => getJson<readonly UnmappedCode[]>('/api/exchange/unmapped'),
    staleTime: 0,
  })
}

export function useSenders() {
  return useQuery({
    queryKey: ['exchange', 'senders'],
    queryFn: () => getJson<readonly SenderSettings[]>('/api/exchange/senders'),
  })
}

export function useCodeMap(sender: string) {
  return useQuery({
    queryKey: ['exchange', 'codes', sender],
    queryFn: () => getJson<readonly CodeMapEntry[]>(codesPath(sender)),
    staleTime: 0,
  })
}

export function useSetSender() {
  const changed = useChanged()
  return useMutation({
    mutationFn: ({ sender, utcOffset, registers }: SenderSettings) =>
      sendJson<SenderSettings>('PUT', `/api/exchange/senders/${encodeURIComponent(sender)}`, {
        ...(utcOffset === undefined ? {} : { utcOffset }),
        registers,
      }),
    onSuccess: changed,
  })
}

const sameCode = (a: CodeMapEntry | UnmappedCode, b: CodeMapEntry) =>
  a.system.toUpperCase() === b.system.toUpperCase() && a.code === b.code

/** Explains a code, then reads again the messages that hold it. Resolves with how many those were. */
export function useMapCode(sender: string) {
  const changed = useChanged()
  return useMutation({
    mutationFn: async (row: CodeMapEntry) => {
      const rows = await getJson<readonly CodeMapEntry[]>(codesPath(sender))
      await sendJson('PUT', codesPath(sender), [...rows.filter((one) => !sameCode(one, row)), row])
      return readAgain(sender, row)
    },
    onSettled: changed,
  })
}

async function readAgain(sender: string, row: CodeMapEntry): Promise<number> {
  let read = 0
  let after: string | undefined
  for (;;) {
    const page = await getJson<readonly MessageLine[]>(listPath(['unmapped'], sender, after, 500))
    for (const message of page.filter(({ unmapped }) => unmapped.some((one) => isCode(one, row)))) {
      await sendJson('POST', `${messagePath(message.id)}/replay`, {})
      read++
    }
    after = page.at(-1)?.id
    if (page.length < 500) return read
  }
}

const isCode = (one: { readonly system: string; readonly code: string }, row: CodeMapEntry) =>
  one.system.toUpperCase() === row.system.toUpperCase() && (row.code === '*' || one.code === row.code)

export function useRemoveCode(sender: string) {
  const changed = useChanged()
  return useMutation({
    mutationFn: async (row: CodeMapEntry) => {
      const rows = await getJson<readonly CodeMapEntry[]>(codesPath(sender))
      await sendJson(
        'PUT',
        codesPath(sender),
        rows.filter((one) => !sameCode(one, row)),
      )
    },
    onSettled: changed,
  })
}

function useChanged() {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: ['exchange'] })
}
