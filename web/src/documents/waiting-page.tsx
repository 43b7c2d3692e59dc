import { Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { Link } from 'react-router'
import type { WaitingDocument } from '../../../src/store/uploads/proposal-store.ts'
import { useWaitingDocuments } from '../api/documents.ts'
import { usePatient } from '../api/queries.ts'
import { dayAndTime } from '../parts/day-and-time.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { bornOf, nameOf } from '../patients/person.ts'
import { reviewOf } from './documents-tab.tsx'

/** Rows whose person is named; the rest is told as a number. */
const MOST_NAMED = 50

/** The work list: documents of everybody with something that waits for a person, the longest first. */
export function WaitingPage() {
  const waiting = useWaitingDocuments(true)
  useDocumentTitle('Documents to confirm · Garrod')
  return (
    <>
      <Title order={1} mb="xs">
        Documents to confirm
      </Title>
      <p>Read from PDFs by a program, and used for nothing before somebody has confirmed it.</p>
      {waiting.isError && <ErrorNote error={waiting.error} />}
      {waiting.isPending && <Waiting what="the work list" />}
      {waiting.data !== undefined && <Rows rows={waiting.data} />}
    </>
  )
}

function Rows({ rows }: { readonly rows: readonly WaitingDocument[] }) {
  if (rows.length === 0) return <p>Nothing waits.</p>
  return (
    <>
      <table className="cards">
        <caption className="hidden">Documents that wait</caption>
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Born</th>
            <th scope="col">To confirm</th>
            <th scope="col">Since</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_NAMED).map((row) => (
            <Row key={row.document} row={row} />
          ))}
        </tbody>
      </table>
      {rows.length > MOST_NAMED && <p>{rows.length - MOST_NAMED} more wait behind these.</p>}
    </>
  )
}

function Row({ row }: { readonly row: WaitingDocument }) {
  const person = usePatient(row.patient)
  const name = person.data === undefined ? row.patient : nameOf(person.data)
  return (
    <tr>
      <th scope="row">
        <Link to={reviewOf(row.patient, row.document)}>{name}</Link>
      </th>
      <td data-label="Born">{person.data === undefined ? '…' : bornOf(person.data)}</td>
      <td data-label="To confirm">{row.waiting === 1 ? '1 result' : `${row.waiting} results`}</td>
      <td data-label="Since">{dayAndTime(row.since)}</td>
    </tr>
  )
}
