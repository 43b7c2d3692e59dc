import { Anchor, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { Link } from 'react-router'
import { phaseWords } from '../../../src/decide/enrol/phase.ts'
import { useTrials } from '../api/trials.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'

/** The trials that are kept here. */
export function TrialsPage() {
  useDocumentTitle('Trials · Garrod')
  const trials = useTrials()
  return (
    <>
      <Title order={1}>Trials</Title>
      {trials.isError && <ErrorNote error={trials.error} />}
      {trials.isPending && <Waiting what="the trials" />}
      {trials.data?.trials.length === 0 && (
        <p>
          No trial is kept here yet: <code>garrod trials load FILE</code>, or POST to /api/trials.
        </p>
      )}
      <ul className="trials">
        {trials.data?.trials.map(({ study, protocol, nctId, title, status, phases, sites, clauses }) => (
          <li key={study} className="trial">
            <Anchor component={Link} to={`/trials/${study}`} underline="always">
              {protocol}
            </Anchor>{' '}
            <strong>{title}</strong>
            <div className="soft">
              {[
                nctId,
                phaseWords(phases),
                status ?? 'status not known',
                `${sites} ${sites === 1 ? 'site' : 'sites'}`,
                cohortWords(clauses),
              ]
                .filter((one) => one !== undefined && one !== '')
                .join(' · ')}
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}

function cohortWords(clauses: readonly { readonly open: boolean }[]): string {
  const open = clauses.filter((one) => one.open).length
  return clauses.length < 2 && open === clauses.length ? '' : `${open} of ${clauses.length} cohorts open`
}
