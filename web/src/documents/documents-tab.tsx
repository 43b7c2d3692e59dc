import { Button, FileButton, Group, Text } from '@mantine/core'
import { useRef } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import type { ProposalView } from '../../../src/app/documents/document-routes.ts'
import { type DocumentLine, useDocuments, useProposals, useSendDocument } from '../api/documents.ts'
import { dayAndTime } from '../parts/day-and-time.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { useDrop } from '../parts/use-drop.ts'
import { Waiting } from '../parts/waiting.tsx'
import type { PartProps } from '../patient/plan-part.tsx'
import { pageOf } from '../patients/person.ts'
import { DocumentReview } from './document-review.tsx'
import { ofDocument } from './fact-words.ts'

/** Reports as PDF: send one in, see which there are, review what was read from one. */
export function DocumentsTab({ patient }: PartProps) {
  const { document } = useParams()
  if (document !== undefined) return <DocumentReview patient={patient.id} document={document} />
  return (
    <>
      <h2>Documents</h2>
      <p>
        A laboratory's report as a PDF is kept as it is. What it seems to state is proposed to you and used
        only after you have confirmed it.
      </p>
      <SendPdf id={patient.id} />
      <List id={patient.id} />
    </>
  )
}

function SendPdf({ id }: { readonly id: string }) {
  const send = useSendDocument(id)
  const navigate = useNavigate()
  const reset = useRef<() => void>(null)
  const take = (file: File | null | undefined) => {
    if (!file || send.isPending) return
    send.mutate(file, {
      onSuccess: ({ document, found }) => {
        if (found > 0) navigate(reviewOf(id, document))
      },
      onSettled: () => reset.current?.(),
    })
  }
  const drop = useDrop(take)
  return (
    <section aria-label="Add a PDF">
      <Group gap="sm" {...drop}>
        <FileButton
          onChange={take}
          accept="application/pdf,.pdf"
          resetRef={reset}
          disabled={send.isPending}
          inputProps={{ 'aria-label': 'PDF' }}
        >
          {(props) => (
            <Button {...props} loading={send.isPending}>
              Add a PDF
            </Button>
          )}
        </FileButton>
        <Text size="sm" c="dimmed">
          or drop it here; at most 24 MB
        </Text>
      </Group>
      <div aria-live="polite">
        {send.isPending && <Waiting what="the document" />}
        {send.data?.found === 0 && (
          <p className="stored">
            <strong>The document was kept.</strong> No result was found in it: it may be a scan, which a
            person must read.
          </p>
        )}
      </div>
      {send.isError && <ErrorNote error={send.error} />}
    </section>
  )
}

export const reviewOf = (id: string, document: string) =>
  `${pageOf(id, 'documents')}/${encodeURIComponent(document)}`

function List({ id }: { readonly id: string }) {
  const documents = useDocuments(id)
  const proposals = useProposals(id)
  if (documents.isError) return <ErrorNote error={documents.error} />
  if (proposals.isError) return <ErrorNote error={proposals.error} />
  if (documents.data === undefined || proposals.data === undefined) return <Waiting what="the documents" />
  if (documents.data.length === 0) return <p>No document yet.</p>
  return (
    <table className="cards">
      <caption className="hidden">Documents</caption>
      <thead>
        <tr>
          <th scope="col">Document</th>
          <th scope="col">Received</th>
          <th scope="col">What was read from it</th>
        </tr>
      </thead>
      <tbody>
        {documents.data.map((line) => (
          <Row key={line.id} id={id} line={line} proposals={ofDocument(proposals.data, line.id)} />
        ))}
      </tbody>
    </table>
  )
}

interface RowProps {
  readonly id: string
  readonly line: DocumentLine
  readonly proposals: readonly ProposalView[]
}

function Row({ id, line, proposals }: RowProps) {
  const count = (state: ProposalView['state']) => proposals.filter((one) => one.state === state).length
  const waiting = count('proposed')
  return (
    <tr>
      <th scope="row">
        <Link to={reviewOf(id, line.id)}>{line.title}</Link>
        {line.withdrawn && <span className="soft"> withdrawn</span>}
      </th>
      <td data-label="Received">{dayAndTime(line.date)}</td>
      <td data-label="Read">
        {waiting > 0 && <strong>{waiting} to confirm. </strong>}
        {proposals.length === 0
          ? 'no result found'
          : [
              count('confirmed') > 0 ? `${count('confirmed')} confirmed` : '',
              count('rejected') > 0 ? `${count('rejected')} rejected` : '',
            ]
              .filter((one) => one !== '')
              .join(', ')}
      </td>
    </tr>
  )
}
