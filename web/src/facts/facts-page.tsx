import { Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useFacts } from '../api/queries.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'

/** What every answer rests on: each fact pack with its version, source, licence and limits. */
export function FactsPage() {
  const facts = useFacts()
  useDocumentTitle('Facts · Garrod')
  if (facts.isError) return <ErrorNote error={facts.error} />
  if (facts.data === undefined) return <Waiting what="the facts" />
  const { engine, packs } = facts.data
  return (
    <>
      <Title order={1} mb="xs">
        Facts
      </Title>
      <p>
        Every answer of {engine.name} {engine.version} rests on these packs. A report names the versions it
        used, and can be made again under them.
      </p>
      {packs.map((pack) => (
        <details key={pack.id} className="pack">
          <summary>
            <h2>{pack.title}</h2>{' '}
            <span className="mono soft">
              {pack.id}@{pack.version}
            </span>
          </summary>
          <dl className="facts">
            <div>
              <dt>Source</dt>
              <dd>
                <a href={pack.source} target="_blank" rel="noreferrer">
                  {pack.source}
                </a>
                , retrieved {pack.retrieved}
              </dd>
            </div>
            <div>
              <dt>Licence</dt>
              <dd>{pack.licence}</dd>
            </div>
            <div>
              <dt>Attribution</dt>
              <dd>{pack.attribution}</dd>
            </div>
            <div>
              <dt>Limits</dt>
              <dd>{pack.limits.join(' ') || 'none stated'}</dd>
            </div>
          </dl>
        </details>
      ))}
    </>
  )
}
