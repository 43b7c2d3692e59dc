import { drugPart } from '../../../src/deliver/page/drug-part.ts'
import { usePlan } from '../api/queries.ts'
import { MarkTag } from '../parts/mark-tag.tsx'

/** How many drugs of a person's plan need a change, taken or not; read per row, so that the list itself is not kept waiting. */
export function ActionCount({ id, files }: { readonly id: string; readonly files: number }) {
  const plan = usePlan(id, files > 0)
  if (files === 0) return <span className="soft">no file yet</span>
  if (plan.isError) return <span className="soft">not known</span>
  if (plan.data === undefined) return <span className="soft">reading …</span>
  const { now, later } = drugPart(plan.data)
  const lines = [...now, ...later]
  const count = (mark: 'critical' | 'warning') => lines.filter((line) => line.mark === mark).length
  if (lines.length === 0) return <span className="soft">none</span>
  return (
    <span className="marks">
      {count('critical') > 0 && <MarkTag mark="critical" count={count('critical')} />}
      {count('warning') > 0 && <MarkTag mark="warning" count={count('warning')} />}
    </span>
  )
}
