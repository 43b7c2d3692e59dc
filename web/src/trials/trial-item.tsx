import { Anchor } from '@mantine/core'
import { Link } from 'react-router'
import type { KeptTrialAnswer } from '../../../src/app/trials/person-trials.ts'
import type { ClauseAnswer, Reason } from '../../../src/decide/enrol/explain.ts'
import { phaseWords } from '../../../src/decide/enrol/phase.ts'

/** One trial for one person: what is missing in front, every reason behind a click. */
export function TrialItem({ trial }: { readonly trial: KeptTrialAnswer }) {
  const { protocol, nctId, title, phases = [], drugs = [], study, verdict, where, clauses } = trial
  const [best] = clauses
  const about = [nctId, phaseWords(phases), drugs.join(', ')].filter((one) => one !== undefined && one !== '')
  return (
    <li className="trial">
      <div>
        <Anchor component={Link} to={`/trials/${study}`} underline="always">
          {protocol}
        </Anchor>{' '}
        <strong>{title}</strong>
        {about.length > 0 && <div className="soft">{about.join(' · ')}</div>}
        {where !== undefined && (
          <div className="soft">
            {where.verdict === 'met'
              ? 'Nearest open site'
              : where.verdict === 'unknown'
                ? 'Site unknown'
                : 'Site'}
            : {where.because}
          </div>
        )}
      </div>
      {verdict === 'unknown' && best !== undefined && <Missing clause={best} />}
      {verdict === 'not met' && best !== undefined && <Against clause={best} />}
      <details>
        <summary>Every criterion</summary>
        {clauses.map((clause) => (
          <Clause key={clause.path} clause={clause} alone={clauses.length === 1} />
        ))}
      </details>
    </li>
  )
}

function Missing({ clause }: { readonly clause: ClauseAnswer }) {
  const missing = clause.reasons.filter((one) => one.missing !== undefined)
  return (
    <div>
      {missing.length > 0 && <>Missing: {missing.map(({ because }) => because).join('; ')}. </>}
      {clause.next !== undefined && (
        <>
          Least test that settles something: <strong>{clause.next}</strong>.
        </>
      )}
    </div>
  )
}

function Against({ clause }: { readonly clause: ClauseAnswer }) {
  const against = clause.reasons.filter(({ verdict }) => verdict === 'not met')
  if (against.length === 0) return null
  return (
    <div>
      {against.map(({ criterion, because }) => `asked for: ${criterion}; found: ${because}`).join('; ')}.
    </div>
  )
}

function Clause({ clause, alone }: { readonly clause: ClauseAnswer; readonly alone: boolean }) {
  const name = clause.code === '' ? clause.path : clause.code
  return (
    <>
      {!alone && (
        <h4>
          {name}: {clause.verdict}
        </h4>
      )}
      <ul className="rulings">
        {clause.reasons.map((one) => (
          <li key={one.criterion} className={one.verdict.replace(' ', '-')}>
            <span className="mark">{one.verdict}</span>
            <span>
              {one.criterion}: {one.because}
              {settled(one)}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

function settled({ missing }: Reason): string {
  if (missing?.settledBy === undefined) return ''
  return `. To settle it: ${missing.settledBy}${missing.specimen === undefined ? '' : ` (${missing.specimen})`}`
}
