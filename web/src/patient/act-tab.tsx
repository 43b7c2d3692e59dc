import { Link } from 'react-router'
import type { Plan } from '../../../src/decide/plan.ts'
import type { DrugLine } from '../../../src/deliver/page/drug-line.ts'
import { drugPart } from '../../../src/deliver/page/drug-part.ts'
import { summaryOf } from '../../../src/deliver/page/drug-summary.ts'
import { type InteractionLine, interactionLines } from '../../../src/deliver/page/interaction-line.ts'
import { LOOKS, type Mark } from '../../../src/deliver/page/mark.ts'
import { MarkTag } from '../parts/mark-tag.tsx'
import { pageOf } from '../patients/person.ts'
import { UnknownDrugs } from './other-drugs.tsx'
import { type PartProps, PlanPart } from './plan-part.tsx'

/** The ten-second answer: what to change now, what is not known, what to remember before prescribing. */
export function ActTab({ patient }: PartProps) {
  return (
    <PlanPart patient={patient} full>
      {(plan) => <Acts plan={plan} patient={patient} />}
    </PlanPart>
  )
}

function Acts({ plan, patient }: PartProps & { readonly plan: Plan }) {
  const part = drugPart(plan)
  const { now, open, notes, later, laterOpen } = part
  // Without a list the notes count what this page itself shows.
  const remarks = patient.drugs.length === 0 ? [] : notes
  const interactions = interactionLines(plan.interactions)
  const quiet = interactions.filter(({ mark }) => mark === 'info')
  return (
    <>
      <p className="headline">{summaryOf(part)}</p>
      <h2>Taken or considered now</h2>
      {patient.drugs.length === 0 ? (
        <p>
          No drug is on the medication list.{' '}
          <Link to={pageOf(patient.id, 'files')}>Add what this person takes</Link>.
        </p>
      ) : (
        now.length === 0 && <p>None is known to need a change.</p>
      )}
      <Lines lines={now} id={patient.id} />
      {open.length > 0 && <h2>Not known for a drug taken or considered now</h2>}
      <Lines lines={open} id={patient.id} />
      {remarks.length > 0 && <h2>To know about this list</h2>}
      {remarks.map((note) => (
        <p key={note}>{note}</p>
      ))}
      {interactions.length > 0 && <h2>Drug, drug and gene together</h2>}
      <Interactions lines={interactions.filter((one) => !quiet.includes(one))} />
      {quiet.length > 0 && (
        <details>
          <summary>{quiet.length} more that no rule asks a change for</summary>
          <Interactions lines={quiet} />
        </details>
      )}
      {later.length > 0 && <h2>If ever prescribed</h2>}
      <Lines lines={later} id={patient.id} kind="later" />
      <UnknownDrugs title="Not known, if ever prescribed" groups={laterOpen} />
    </>
  )
}

function Interactions({ lines }: { readonly lines: readonly InteractionLine[] }) {
  return (
    <ul className="acts">
      {lines.map((one) => (
        <Strip key={one.sentence} mark={one.mark}>
          <span className="act-drug">{one.drugs}</span>
          <div>
            <p>{one.sentence}</p>
            <p className="soft">{one.gene}</p>
          </div>
        </Strip>
      ))}
    </ul>
  )
}

interface LinesProps {
  readonly lines: readonly DrugLine[]
  readonly id: string
  readonly kind?: 'now' | 'later'
}

function Lines({ lines, id, kind = 'now' }: LinesProps) {
  return (
    <ul className={`acts ${kind}`}>
      {lines.map((line) => (
        <Strip key={`${line.drug} ${line.status}`} mark={line.mark}>
          <span className="act-drug">
            {line.anchor === undefined ? (
              line.drug
            ) : (
              <Link to={`${pageOf(id, 'drugs')}#${line.anchor}`}>{line.drug}</Link>
            )}
          </span>
          <div>
            <p>{line.headline}</p>
            <p className="soft">{line.small}</p>
          </div>
        </Strip>
      ))}
    </ul>
  )
}

function Strip({ mark, children }: { readonly mark: Mark; readonly children: React.ReactNode }) {
  const { ink, paper } = LOOKS[mark]
  return (
    <li className="act" style={{ borderColor: ink, '--paper': paper } as React.CSSProperties}>
      <MarkTag mark={mark} />
      {children}
    </li>
  )
}
