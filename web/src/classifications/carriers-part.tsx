import { Button, Group } from '@mantine/core'
import { Link } from 'react-router'
import { type CarrierTask, useCarriers, useTaskStatus } from '../api/carriers.ts'
import { usePatient } from '../api/queries.ts'
import { dayAndTime } from '../parts/day-and-time.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { nameOf, pageOf } from '../patients/person.ts'

/** Rows whose person is named; the rest is told as a number. */
const MOST_NAMED = 50

/** The work list: people who carry a variant that was classified anew. */
export function CarriersPart() {
  const carriers = useCarriers(true)
  return (
    <>
      <h2>People to look at</h2>
      <p>
        They carry a variant whose class has changed, or an unsolved case has a better explanation. Those who
        do not want to be told are left out.
      </p>
      {carriers.isError && <ErrorNote error={carriers.error} />}
      {carriers.isPending && <Waiting what="the work list" />}
      {carriers.data?.length === 0 && <p>Nobody waits.</p>}
      {carriers.data !== undefined && carriers.data.length > 0 && <Rows tasks={carriers.data} />}
    </>
  )
}

function Rows({ tasks }: { readonly tasks: readonly CarrierTask[] }) {
  return (
    <>
      <table className="cards">
        <caption className="hidden">People to look at</caption>
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">What changed</th>
            <th scope="col">Their wish</th>
            <th scope="col">Since</th>
            <th scope="col">
              <span className="hidden">What to do</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {tasks.slice(0, MOST_NAMED).map((task) => (
            <Row key={task.id} task={task} />
          ))}
        </tbody>
      </table>
      {tasks.length > MOST_NAMED && <p>{tasks.length - MOST_NAMED} more wait behind these.</p>}
    </>
  )
}

function Row({ task }: { readonly task: CarrierTask }) {
  const person = usePatient(task.patient)
  const status = useTaskStatus()
  const name = person.data === undefined ? task.patient : nameOf(person.data)
  const { classification, what } = task
  return (
    <tr>
      <th scope="row">
        <Link to={pageOf(task.patient)}>{name}</Link>
      </th>
      <td data-label="What changed">
        {task.urgent && <strong className="message-state refused">care may change </strong>}
        {classification === undefined ? (
          what
        ) : (
          <Link to={`/classifications/${encodeURIComponent(classification)}`}>{what}</Link>
        )}
      </td>
      <td data-label="Their wish">{task.wish}</td>
      <td data-label="Since">{dayAndTime(task.since)}</td>
      <td>
        <Group gap="xs">
          {task.status === 'requested' && (
            <Button
              size="xs"
              variant="default"
              loading={status.isPending}
              onClick={() => status.mutate({ task, status: 'in-progress' })}
            >
              I look at it
            </Button>
          )}
          <Button
            size="xs"
            loading={status.isPending}
            onClick={() => status.mutate({ task, status: 'completed' })}
          >
            Done
          </Button>
        </Group>
        {status.isError && <ErrorNote error={status.error} />}
      </td>
    </tr>
  )
}
