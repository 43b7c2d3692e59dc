import { drugPart } from '../../../src/deliver/page/drug-part.ts'
import { usePlan } from '../api/queries.ts'
import { MarkTag } from '../parts/mark-tag.tsx'

/** How many drugs need a change, those taken or considered first; read per row, so that the list itself is not kept waiting. */
export function ActionCount({ id, files }: { readonly id: string; readonly files: number }) {
  const plan = usePlan(id, files > 0)
  if (files === 0) return <span className="soft">no file yet</span>
  if (plan.isError) return <span className="soft">not known</span>
  if (plan.data === undefined) return <span className="soft">reading …</span>
  const { now, open, later } = drugPart(plan.data)
  const count = (mark: 'critical' | 'warning') => now.filter((line) => line.mark === mark).length
  return (
    <span className="marks">
      {count('critical') > 0 && <MarkTag mark="critical" count={count('critical')} />}
      {count('warning') > 0 && <MarkTag mark="warning" count={count('warning')} />}
      {open.length > 0 && <MarkTag mark="unknown" count={open.length} />}
      {now.length + open.length === 0 && <span>nothing now</span>}
      {later.length > 0 && <span className="soft">{later.length} if ever prescribed</span>}
    </span>
  )
}
