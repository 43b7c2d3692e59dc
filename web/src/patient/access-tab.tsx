import { Badge, Button } from '@mantine/core'
import { useAccess } from '../api/queries.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { byDayAndPerson, type Deed } from './access-groups.ts'
import type { PartProps } from './plan-part.tsx'

/** Who looked at the record, and why, as the person it is about reads it. */
export function AccessTab({ patient }: PartProps) {
  const access = useAccess(patient.id)
  if (access.isError) return <ErrorNote error={access.error} />
  if (access.data === undefined) return <Waiting what="the list of who looked" />
  const days = byDayAndPerson(access.data.pages.flatMap((page) => page.accesses))
  return (
    <section className="access">
      <h2>Who looked at this record</h2>
      <p>
        In words for the person it is about. Everybody who looks is written down, in a log that nobody can
        change unseen.
      </p>
      {days.length === 0 && <p>Nobody has looked yet.</p>}
      {days.map(({ day, people }) => (
        <section key={day} aria-label={day}>
          <h3>{day}</h3>
          <dl>
            {people.map(({ who, role, deeds }) => (
              <div key={`${who} ${role}`}>
                <dt>
                  <strong>{role === 'not said' ? who : role}</strong>
                  {role !== 'not said' && <span>{who}</span>}
                </dt>
                <dd>
                  <ul>
                    {deeds.map((deed) => (
                      <li key={[deed.did, deed.thing, deed.purpose, deed.refused].join('|')}>
                        <DeedLine deed={deed} />
                      </li>
                    ))}
                  </ul>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      {access.hasNextPage && (
        <Button variant="default" loading={access.isFetchingNextPage} onClick={() => access.fetchNextPage()}>
          Show older
        </Button>
      )}
    </section>
  )
}

function DeedLine({ deed }: { readonly deed: Deed }) {
  const { did, thing, purpose, refused, emergency, times } = deed
  const [last] = times
  const first = times.at(-1)
  const when = times.length === 1 || first === last ? `at ${last}` : `between ${first} and ${last}`
  return (
    <>
      {refused ? `tried to see or change ${thing}, and did not get it` : `${did} ${thing}`}, {purpose}
      <span className="when">
        {' '}
        {when}
        {times.length > 1 && `, ${times.length} times`}
      </span>
      {emergency && (
        <Badge variant="default" tt="none" mx={4}>
          emergency
        </Badge>
      )}
    </>
  )
}
