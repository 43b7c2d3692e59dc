import type { ReactNode } from 'react'
import type { AmendmentView, Said } from '../../../src/app/amendments/amendment-task.ts'
import { useMay } from '../api/access.ts'
import { useAmend, useAmendments } from '../api/amendments.ts'
import { dayAndTime } from '../parts/day-and-time.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'
import type { PartProps } from '../patient/plan-part.tsx'
import { AskForm } from './ask-form.tsx'
import { DecideForm, GROUND_WORDS } from './decide-form.tsx'
import { OneText } from './one-text.tsx'

/** What a person wants corrected in the record, and what was answered (45 CFR 164.526). */
export function AmendmentsTab({ patient }: PartProps) {
  const amendments = useAmendments(patient.id)
  const ask = useMay({ action: 'create', kind: 'Amendment', patient: patient.id })
  const decide = useMay({ action: 'update', kind: 'AmendmentDecision', patient: patient.id })
  if (amendments.isError) return <ErrorNote error={amendments.error} />
  if (amendments.data === undefined) return <Waiting what="the requests" />
  return (
    <section className="amendments">
      <h2>Corrections that this person asked for</h2>
      {amendments.data.length === 0 && <p>None was asked for.</p>}
      {amendments.data.map((one) => (
        <Amendment
          key={one.id}
          one={one}
          asks={ask.data?.allow === true}
          decides={decide.data?.allow === true}
        />
      ))}
      {ask.data?.allow === true && <AskForm id={patient.id} />}
    </section>
  )
}

const STATES = { waiting: 'waits for an answer', amended: 'was corrected', denied: 'was denied' } as const

interface AmendmentProps {
  readonly one: AmendmentView
  /** Whether the reader may ask and disagree. */
  readonly asks: boolean
  /** Whether the reader may answer. */
  readonly decides: boolean
}

function Amendment({ one, asks, decides }: AmendmentProps) {
  return (
    <article aria-label={`Request: ${one.wanted}`}>
      <h3>
        {one.wanted} <span className={one.overdue ? 'late' : 'soft'}>({STATES[one.state]})</span>
      </h3>
      <dl>
        <Line title="Why">{one.why}</Line>
        {one.entry !== undefined && (
          <Line title="Entry">
            <span className="mono">{one.entry}</span>
          </Line>
        )}
        <Line title="Asked">{dayAndTime(one.askedAt)}</Line>
        {one.state === 'waiting' && (
          <Line title="Answer by">
            <span className={one.overdue ? 'late' : ''}>
              {dayAndTime(one.due)}
              {one.overdue && ', overdue'}
            </span>
          </Line>
        )}
        <Words title="More time was taken" said={one.extended} />
        <Words title="Answer" said={one.decision} />
        {one.ground !== undefined && <Line title="Ground">{GROUND_WORDS[one.ground]}</Line>}
        {one.amended.length > 0 && (
          <Line title="Corrected">
            <span className="mono">{one.amended.join(', ')}</span>
          </Line>
        )}
        <Words title="Disagreement of the person" said={one.disagreement} />
        <Words title="Reply to it" said={one.rebuttal} />
      </dl>
      {one.state === 'denied' && one.disagreement === undefined && asks && (
        <ul>
          {one.rights.map((right) => (
            <li key={right}>{right}</li>
          ))}
        </ul>
      )}
      <Steps one={one} asks={asks} decides={decides} />
    </article>
  )
}

function Line({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </>
  )
}

function Words({ title, said }: { readonly title: string; readonly said: Said | undefined }) {
  if (said === undefined) return null
  return (
    <Line title={title}>
      {said.text}{' '}
      <span className="soft">
        ({said.by}, {dayAndTime(said.at)})
      </span>
    </Line>
  )
}

/** What may be done with a request as it stands. */
function Steps({ one, asks, decides }: AmendmentProps) {
  const amend = useAmend(one.patient)
  const step = (what: string, body: object) => amend.mutate({ path: `/${one.id}/${what}`, body })
  return (
    <>
      {amend.isError && <ErrorNote error={amend.error} />}
      {one.state === 'waiting' && decides && (
        <DecideForm
          step={step}
          busy={amend.isPending}
          mayExtend={one.extended === undefined && !one.overdue}
        />
      )}
      {one.state === 'denied' && one.disagreement === undefined && asks && (
        <OneText
          label="Statement of disagreement"
          description="In the words of the person; it stays with the entry, wherever that is sent."
          button="Keep it with the entry"
          busy={amend.isPending}
          send={(text) => step('disagreement', { text })}
        />
      )}
      {one.disagreement !== undefined && one.rebuttal === undefined && decides && (
        <OneText
          label="Reply to the disagreement"
          button="Reply"
          busy={amend.isPending}
          send={(text) => step('rebuttal', { text })}
        />
      )}
    </>
  )
}
