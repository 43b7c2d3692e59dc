import { useState } from 'react'
import type { BoardDocument } from '../../../src/app/board/board-document.ts'
import type { DecisionVersion, DecisionView } from '../../../src/app/board/decision-view.ts'
import { type Supposed, useDecisions } from '../api/tumor.ts'
import { dayAndTime } from '../parts/day-and-time.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { DecisionForm } from './decision-form.tsx'

interface Props {
  readonly patient: string
  readonly document: BoardDocument
  readonly supposed: Supposed
}

const STATES = { draft: 'Draft', final: 'Decided', amended: 'Amended' } as const

/** What the board decided on this tumour, what has changed since, and a form for the next decision. */
export function DecisionsPart({ patient, document, supposed }: Props) {
  const decisions = useDecisions(patient)
  const [edited, setEdited] = useState<string>()
  if (decisions.isError) return <ErrorNote error={decisions.error} />
  if (decisions.data === undefined) return <Waiting what="the decisions" />
  const { hidden, mayWrite } = decisions.data
  const own = decisions.data.decisions.filter(({ specimen }) => specimen === document.specimen)
  const form = (decision?: DecisionView) => (
    <DecisionForm {...{ patient, document, supposed, decision }} onDone={() => setEdited(undefined)} />
  )
  return (
    <section aria-labelledby="board-decisions" className="board-decisions">
      <h2 id="board-decisions">Decisions of the board</h2>
      {hidden > 0 && <p role="note">{hidden} rest on what is not shown to you, and are not shown either.</p>}
      {own.length === 0 && edited === undefined && <p>Nothing was decided here yet.</p>}
      {own.map((one) => (
        <article key={one.id} className="board-decision" aria-label={`Decision of ${dayAndTime(one.at)}`}>
          <Version one={one} />
          <Changes changes={one.changes} />
          {one.earlier.length > 0 && (
            <details>
              <summary>{one.earlier.length} earlier</summary>
              {one.earlier.map((version) => (
                <Version key={version.version} one={version} />
              ))}
            </details>
          )}
          {mayWrite && edited !== one.id && (
            <button type="button" className="link" onClick={() => setEdited(one.id)}>
              {one.state === 'draft' ? 'Go on with this draft' : 'Amend'}
            </button>
          )}
          {edited === one.id && form(one)}
        </article>
      ))}
      {mayWrite && edited !== 'new' && (
        <button type="button" className="link" onClick={() => setEdited('new')}>
          Record a decision
        </button>
      )}
      {edited === 'new' && form()}
    </section>
  )
}

function Version({ one }: { readonly one: DecisionVersion }) {
  const { state, at, by, decided, reason, on, version } = one
  return (
    <div className="board-version">
      <p>
        <strong>{STATES[state]}</strong>{' '}
        <span className="soft">
          version {version}, {dayAndTime(at)}, {by}
        </span>
      </p>
      {decided.question !== undefined && <p className="soft">Asked: {decided.question}</p>}
      <p className="verdict">{decided.decision}</p>
      {reason !== undefined && <p>Changed because: {reason}</p>}
      {decided.considered.length > 0 && <p>Considered: {decided.considered.join('; ')}</p>}
      {decided.votes.length > 0 && (
        <ul>
          {decided.votes.map(({ member, role, vote, dissent, own }) => (
            <li key={member}>
              {member} ({role}): <strong>{vote}</strong>
              {own !== undefined && <span className="soft">, own account</span>}
              {dissent !== undefined && <div>Dissent: {dissent}</div>}
            </li>
          ))}
        </ul>
      )}
      {decided.followUp.length > 0 && (
        <ul>
          {decided.followUp.map(({ what, owner, due }) => (
            <li key={`${what} ${due}`}>
              {what}: {owner}, until {due}
            </li>
          ))}
        </ul>
      )}
      <p className="soft">
        On the case of {on.asOf}, engine {on.engine}, document{' '}
        <span className="mono">{on.hash.slice(0, 12)}</span>
        {on.partial && '; the writer did not see all of the record'}
      </p>
    </div>
  )
}

function Changes({ changes }: Pick<DecisionView, 'changes'>) {
  if (changes === undefined) return <p role="note">The files of this tumour cannot be read together now.</p>
  if (changes.length === 0) return <p className="soft">Nothing has changed since.</p>
  return (
    <div className="differ" role="note">
      <strong>Changed since this decision</strong>
      <ul>
        {changes.map(({ about, what }) => (
          <li key={about}>
            {about}: {what.slice(0, 4).join('; ')}
            {what.length > 4 && ` and ${what.length - 4} more`}
          </li>
        ))}
      </ul>
    </div>
  )
}
