import { Anchor, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { Link, useParams } from 'react-router'
import type { FeasibilityReply, PeopleCount } from '../../../src/app/trials/feasibility-routes.ts'
import { usePatient } from '../api/queries.ts'
import { useFeasibility } from '../api/trials.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { nameOf, pageOf } from '../patients/person.ts'

/** People who are asked for by name; of the rest the id is shown. */
const MOST_NAMED = 50

/** The people for a trial: how many could enter, and which criterion costs how many. */
export function FeasibilityPage() {
  const { study = '' } = useParams()
  const counted = useFeasibility(study)
  const { data } = counted
  useDocumentTitle(`${data?.protocol ?? 'Trial'} · Garrod`)
  return (
    <>
      <Title order={1}>
        {data === undefined
          ? 'Trial'
          : [data.protocol, data.title].filter((one) => one !== undefined).join(' ')}
      </Title>
      {counted.isError && <ErrorNote error={counted.error} />}
      {counted.isPending && <Waiting what="the people for this trial" />}
      {data !== undefined && (
        <>
          <p>
            Looked at on {data.asOf}: {countWords(data.people)}.
            {data.research && ' For research, counts go in steps of twenty, and small ones are not told.'}
          </p>
          {data.clauses.map((clause) => (
            <ClausePart key={clause.path} clause={clause} alone={data.clauses.length === 1} />
          ))}
          <p className="soft">
            Costs: people who would fit, or might, without that criterion. Settles: people for whom nothing
            else is missing.
          </p>
        </>
      )}
    </>
  )
}

type Clause = FeasibilityReply['clauses'][number]

function ClausePart({ clause, alone }: { readonly clause: Clause; readonly alone: boolean }) {
  const { path, code, met, unknown, criteria, eligible = [], open = [] } = clause
  const name = code === '' ? path : code
  return (
    <section aria-label={name}>
      {!alone && <h2>{name}</h2>}
      <p>
        Every criterion is met: <strong>{countWords(met)}</strong>. Something is missing:{' '}
        <strong>{countWords(unknown)}</strong>.
      </p>
      <table className="cards">
        <caption>Criteria</caption>
        <thead>
          <tr>
            <th scope="col">Criterion</th>
            <th scope="col">Met</th>
            <th scope="col">Unknown</th>
            <th scope="col">Costs</th>
            <th scope="col">Settles</th>
          </tr>
        </thead>
        <tbody>
          {criteria.map((one) => (
            <tr key={one.criterion}>
              <th scope="row">{one.criterion}</th>
              <td data-label="Met">{countText(one.met)}</td>
              <td data-label="Unknown">{one.unknown ?? 'not told'}</td>
              <td data-label="Costs">{countText(one.costs)}</td>
              <td data-label="Settles">{one.wouldSettle ?? 'not told'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <People title="May enter" ids={eligible} />
      <People title="Something is missing" ids={open} />
    </section>
  )
}

function People({ title, ids }: { readonly title: string; readonly ids: readonly string[] }) {
  if (ids.length === 0) return null
  return (
    <details>
      <summary>
        {title} ({ids.length})
      </summary>
      <ul className="people">
        {ids.map((id, at) => (
          <li key={id}>
            <Person id={id} named={at < MOST_NAMED} />
          </li>
        ))}
      </ul>
    </details>
  )
}

/** By name where the reader may know it. */
function Person({ id, named }: { readonly id: string; readonly named: boolean }) {
  const person = usePatient(id, named)
  return (
    <Anchor component={Link} to={pageOf(id, 'trials')} underline="always">
      {person.data === undefined ? id : nameOf(person.data)}
    </Anchor>
  )
}

function countText(count: PeopleCount): string {
  if (typeof count === 'number') return String(count)
  return count.shown ? `${count.atLeast} to ${count.fewerThan - 1}` : 'not told'
}

function countWords(count: PeopleCount): string {
  const text = countText(count)
  return text === 'not told'
    ? 'a number of people that is not told'
    : `${text} ${text === '1' ? 'person' : 'people'}`
}
