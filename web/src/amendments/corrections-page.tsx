import { Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { Link } from 'react-router'
import type { AmendmentView } from '../../../src/app/amendments/amendment-task.ts'
import { useWaitingAmendments } from '../api/amendments.ts'
import { usePatient } from '../api/queries.ts'
import { dayAndTime } from '../parts/day-and-time.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { nameOf, pageOf } from '../patients/person.ts'

/** Rows whose person is named; the rest is told as a number. */
const MOST_NAMED = 50

/** The work list of who keeps the records: corrections that people asked for, the first to be answered on top. */
export function CorrectionsPage() {
  const waiting = useWaitingAmendments(true)
  useDocumentTitle('Corrections · Garrod')
  return (
    <>
      <Title order={1} mb="xs">
        Corrections
      </Title>
      <p>People who asked for their record to be corrected. Each is answered within 60 days.</p>
      {waiting.isError && <ErrorNote error={waiting.error} />}
      {waiting.isPending && <Waiting what="the work list" />}
      {waiting.data?.length === 0 && <p>Nobody waits for an answer.</p>}
      {waiting.data !== undefined && waiting.data.length > 0 && <Rows rows={waiting.data} />}
    </>
  )
}

function Rows({ rows }: { readonly rows: readonly AmendmentView[] }) {
  return (
    <>
      <table className="cards">
        <caption className="hidden">Corrections that wait for an answer</caption>
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">What the record should say</th>
            <th scope="col">Asked</th>
            <th scope="col">Answer by</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_NAMED).map((one) => (
            <Row key={one.id} one={one} />
          ))}
        </tbody>
      </table>
      {rows.length > MOST_NAMED && <p>{rows.length - MOST_NAMED} more wait behind these.</p>}
    </>
  )
}

function Row({ one }: { readonly one: AmendmentView }) {
  const person = usePatient(one.patient)
  return (
    <tr>
      <th scope="row">
        <Link to={pageOf(one.patient, 'amendments')}>
          {person.data === undefined ? one.patient : nameOf(person.data)}
        </Link>
      </th>
      <td data-label="Should say">{one.wanted}</td>
      <td data-label="Asked" className="nowrap">
        {dayAndTime(one.askedAt)}
      </td>
      <td data-label="Answer by" className={one.overdue ? 'late nowrap' : 'nowrap'}>
        {dayAndTime(one.due)}
        {one.overdue && <div>overdue</div>}
      </td>
    </tr>
  )
}
