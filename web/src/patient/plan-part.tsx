import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { PatientSummary } from '../../../src/app/http/api.ts'
import type { Plan } from '../../../src/decide/plan.ts'
import { useFullPlan, usePlan } from '../api/queries.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { pageOf } from '../patients/person.ts'

export interface PartProps {
  readonly patient: PatientSummary
}

interface PlanPartProps extends PartProps {
  /** Every drug that has a guideline, not only those that something changes for. */
  readonly full?: boolean
  readonly children: (plan: Plan) => ReactNode
}

/** Shows a part of the plan once it is there; without any file it says what to do first. */
export function PlanPart({ patient, full = false, children }: PlanPartProps) {
  const has = patient.files.length + patient.outsideCalls.length > 0
  const short = usePlan(patient.id, has && !full)
  const all = useFullPlan(patient.id, has && full)
  const plan = full ? all : short
  if (!has && patient.withheld !== undefined) return <p>Nothing about this person's genes is shown to you.</p>
  if (!has)
    return (
      <p>
        Nothing is known about this person's genes yet.{' '}
        <Link to={pageOf(patient.id, 'files')}>Add a genome file or laboratory result</Link>.
      </p>
    )
  if (plan.isError) return <ErrorNote error={plan.error} />
  if (plan.data === undefined) return <Waiting what="the advice" />
  return children(plan.data)
}
