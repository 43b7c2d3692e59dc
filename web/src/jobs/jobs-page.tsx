import { NativeSelect, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useSearchParams } from 'react-router'
import type { QueueJob } from '../../../src/app/http/api.ts'
import { useMay } from '../api/access.ts'
import { useJobs, useMendJob } from '../api/jobs.ts'
import { dayAndTime } from '../parts/day-and-time.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { jobWords } from './job-words.ts'

const STATES: Readonly<Record<QueueJob['state'], string>> = {
  running: 'running',
  waiting: 'waiting',
  dead: 'given up',
  done: 'done',
  cancelled: 'cancelled',
}

/** Work that goes on behind the pages: what runs, what waits, and what was given up and needs somebody. */
export function JobsPage() {
  const [query, setQuery] = useSearchParams()
  const asked = query.get('state')
  const state = Object.keys(STATES).find((one): one is QueueJob['state'] => one === asked)
  const jobs = useJobs(state)
  useDocumentTitle('Jobs · Garrod')
  return (
    <>
      <Title order={1} mb="xs">
        Jobs
      </Title>
      <p>
        Reading files and documents, working out advice again, exports. A job that fails is tried again by
        itself; one that was given up waits here.
      </p>
      <NativeSelect
        label="Show"
        value={state ?? ''}
        onChange={(event) =>
          setQuery(event.currentTarget.value === '' ? {} : { state: event.currentTarget.value })
        }
        data={[
          { value: '', label: 'all' },
          ...Object.entries(STATES).map(([value, label]) => ({ value, label })),
        ]}
        maw="16rem"
        mb="md"
      />
      {jobs.isError && <ErrorNote error={jobs.error} />}
      {jobs.isPending && <Waiting what="the jobs" />}
      {jobs.data?.length === 0 && <p>None.</p>}
      {jobs.data !== undefined && jobs.data.length > 0 && <Rows jobs={jobs.data} />}
    </>
  )
}

function Rows({ jobs }: { readonly jobs: readonly QueueJob[] }) {
  const may = useMay({ action: 'update', kind: 'Setting' })
  const mend = useMendJob()
  return (
    <>
      {mend.isError && <ErrorNote error={mend.error} />}
      <table className="cards">
        <caption className="hidden">Jobs</caption>
        <thead>
          <tr>
            <th scope="col">Job</th>
            <th scope="col">State</th>
            <th scope="col">Progress</th>
            <th scope="col">Tried</th>
            <th scope="col">Last change</th>
            <th scope="col">
              <span className="hidden">What to do</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <tr key={job.id}>
              <th scope="row">
                {jobWords(job.kind)} <div className="mono soft">{job.kind}</div>
              </th>
              <td data-label="State">
                <span className={job.state === 'dead' ? 'message-state refused' : ''}>
                  {STATES[job.state]}
                </span>
              </td>
              <td data-label="Progress">
                {progressWords(job)}
                {job.fault !== undefined && (
                  <div>
                    {job.fault.what} <span className="soft">{job.fault.mend}</span>{' '}
                    <span className="mono soft">{job.fault.code}</span>
                  </div>
                )}
              </td>
              <td data-label="Tried">
                {job.attempt} of {job.attempts}
              </td>
              <td data-label="Last change">{dayAndTime(job.changedAt)}</td>
              <td>{may.data?.allow === true && <Deed job={job} act={mend.mutate} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

interface DeedProps {
  readonly job: QueueJob
  readonly act: (deed: { id: string; verb: 'retry' | 'cancel' }) => void
}

function Deed({ job, act }: DeedProps) {
  const verb = job.state === 'dead' ? 'retry' : job.state === 'waiting' ? 'cancel' : undefined
  if (verb === undefined) return null
  const words = verb === 'retry' ? 'Try again' : 'Cancel'
  return (
    <button
      type="button"
      className="link"
      aria-label={`${words}: ${jobWords(job.kind)}, ${dayAndTime(job.madeAt)}`}
      onClick={() => act({ id: job.id, verb })}
    >
      {words}
    </button>
  )
}

function progressWords({ progress: { done, of, text } }: QueueJob): string {
  const count = of === undefined || of === 0 ? '' : `${done} of ${of}`
  return [count, text].filter((one) => one !== '').join(', ') || '–'
}
