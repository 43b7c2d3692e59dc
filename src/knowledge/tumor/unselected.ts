import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'
import { APPROVALS_PACK } from './approvals.ts'
import type { OncoTree } from './oncotree.ts'

/** Where a drug may be given although nobody looked for its biomarker. */
interface Unselected {
  /** OncoTree types that a label allows without the biomarker; "*": so much that an order says nothing of it. */
  readonly everyone: readonly string[]
  /** Types that are defined by the biomarker: the diagnosis says it. */
  readonly implied: readonly string[]
}

/** By lower-case generic name; a drug without a row is only for tumours with its biomarker. Throws FACTS_*, TABLE_COLUMN_MISSING. */
export function unselected(facts: Facts): ReadonlyMap<string, Unselected> {
  return facts.derived(`${APPROVALS_PACK} unselected`, () => {
    const pack = facts.pack(APPROVALS_PACK)
    const rows = readTable(
      pack.text('unselected.tsv'),
      ['drug', 'everyone', 'implied'],
      `${pack.folder}/unselected.tsv`,
    )
    return new Map(
      rows.map(({ drug, everyone, implied }) => [drug, { everyone: list(everyone), implied: list(implied) }]),
    )
  })
}

/** Whether the drug may be meant for a tumour without its biomarker. Without a diagnosis it may be meant for any of its types. */
export function mayBeUnselected(
  one: Unselected | undefined,
  code: string | undefined,
  tree: OncoTree,
): boolean {
  if (one === undefined) return false
  if (one.everyone.includes('*')) return true
  if (code === undefined) return one.everyone.length > 0
  const lineage = tree.lineage(code)
  return [...one.everyone, ...one.implied].some((type) => lineage.has(type) || tree.lineage(type).has(code))
}

function list(cell: string): string[] {
  return cell.split(' ').filter((code) => code !== '')
}
