import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ProposalView } from '../../../src/app/documents/document-routes.ts'
import type { WaitingDocument } from '../../../src/store/uploads/proposal-store.ts'
import { patientPath } from './queries.ts'
import { getBytes, getJson, sendFile, sendJson } from './request.ts'

/** A document of the record, without its content. */
export interface DocumentLine {
  readonly id: string
  readonly date: string | undefined
  readonly title: string
  readonly withdrawn: boolean
}

interface Listed {
  readonly entry?: readonly { readonly resource?: Record<string, unknown> }[]
}

const POLL_MS = 400
/** A document is read within seconds; after this long the page stops asking by itself. */
const WAIT_MS = 30_000

/** Documents with proposals that wait for a person, of everybody. */
export function useWaitingDocuments(enabled: boolean) {
  return useQuery({
    queryKey: ['documents', 'waiting'],
    queryFn: () => getJson<readonly WaitingDocument[]>('/api/documents/waiting'),
    enabled,
    refetchInterval: 60_000,
  })
}

export function useProposals(id: string) {
  return useQuery({
    queryKey: ['patient', id, 'proposals'],
    queryFn: () => getJson<readonly ProposalView[]>(`${patientPath(id)}/proposals`),
    staleTime: 0,
  })
}

/** Documents of the record, newest first; what is in them is asked for one by one. */
export function useDocuments(id: string) {
  return useQuery({
    queryKey: ['patient', id, 'documents'],
    queryFn: async () => {
      const query = new URLSearchParams({
        patient: id,
        _elements: 'date,type,description,status',
        _sort: '-date',
        _count: '100',
      })
      const { entry = [] } = await getJson<Listed>(`/fhir/R4/DocumentReference?${query}`)
      return entry.flatMap(({ resource }) => (resource === undefined ? [] : [lineOf(resource)]))
    },
    staleTime: 0,
  })
}

function lineOf(resource: Record<string, unknown>): DocumentLine {
  const type = resource['type'] as { text?: string; coding?: readonly { display?: string }[] } | undefined
  const date = resource['date']
  return {
    id: String(resource['id']),
    date: typeof date === 'string' ? date : undefined,
    title:
      (resource['description'] as string | undefined) ??
      type?.text ??
      type?.coding?.[0]?.display ??
      'Document',
    withdrawn: resource['status'] !== 'current',
  }
}

export const documentPath = (id: string, document: string) =>
  `${patientPath(id)}/documents/${encodeURIComponent(document)}`

export function useDocumentBytes(id: string, document: string) {
  return useQuery({
    queryKey: ['patient', id, 'document', document],
    queryFn: () => getBytes(documentPath(id, document)),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
}

/** Sends a PDF and waits until its proposals are there. Resolves with the document and how many there are. */
export function useSendDocument(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (file: File) => {
      const sent = await sendFile<{ document: string }>(
        `${patientPath(id)}/documents`,
        file,
        'application/pdf',
      )
      const until = Date.now() + WAIT_MS
      for (;;) {
        const list = await getJson<readonly ProposalView[]>(`${patientPath(id)}/proposals`)
        const found = list.filter((one) => one.document === sent.document).length
        if (found > 0 || Date.now() > until) return { document: sent.document, found }
        await new Promise((resolve) => setTimeout(resolve, POLL_MS))
      }
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['patient', id] }),
        client.invalidateQueries({ queryKey: ['documents'] }),
      ]),
  })
}

export interface Decision {
  readonly decision: 'confirm' | 'reject'
  readonly corrected?: Readonly<Record<string, string>>
  readonly samePerson?: boolean
}

export function useDecide(id: string, { document, documentVersion, ordinal }: ProposalView) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (decision: Decision) =>
      sendJson<readonly ProposalView[]>('POST', `${patientPath(id)}/proposals`, {
        document,
        documentVersion,
        ordinal,
        ...decision,
      }),
    onSuccess: (list) => {
      client.setQueryData(['patient', id, 'proposals'], list)
      return Promise.all([
        client.invalidateQueries({ queryKey: ['patient', id] }),
        client.invalidateQueries({ queryKey: ['documents'] }),
      ])
    },
  })
}
