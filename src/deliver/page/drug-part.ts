import type { DrugAdvice, Plan } from '../../decide/plan.ts'
import { type DrugDetail, drugDetail } from './drug-detail.ts'
import { asked, type DrugLine, lineOf, type QuietDrug, quietOf } from './drug-line.ts'
import { markOf } from './mark.ts'
import type { PopulationCodes } from './report-input.ts'

export interface DrugPart {
  /** To act on, most harmful first: drugs taken or considered. */
  readonly now: readonly DrugLine[]
  /** To act on if ever prescribed. */
  readonly later: readonly DrugLine[]
  /** Taken or considered drugs of which something that could ask for a change is not known, with the reason. */
  readonly open: readonly DrugLine[]
  /** Remarks on the medication list: above all its entries that nobody could read as a drug, of which advice is silent. */
  readonly notes: readonly string[]
  /** The table by drug: what needs a change or is worth knowing, and every drug taken or considered. */
  readonly table: readonly DrugLine[]
  /** Drugs not taken of which the genes ask nothing, by name. */
  readonly quiet: readonly string[]
  /** What publishers say of drugs not taken that need no change: those worth a remark first, then the quiet ones. */
  readonly others: readonly QuietDrug[]
  /** Drugs not taken whose genes are not known, grouped by what is missing. */
  readonly notKnown: readonly UnknownGroup[]
  /** Drugs not taken whose answer is open, wholly or in part, by what is missing: `later` says nothing of them. */
  readonly laterOpen: readonly UnknownGroup[]
  readonly details: readonly DrugDetail[]
}

/** Drugs whose answer lacks the same. */
export interface UnknownGroup {
  readonly drugs: readonly string[]
  readonly because: string
}

const loud = (line: Pick<DrugLine, 'mark'>) => line.mark === 'critical' || line.mark === 'warning'

/** Nothing of it is to be acted on by what is known, and not all is known: silence would read as "no change". */
const isOpen = (advice: DrugAdvice) =>
  (advice.state === 'unknown' || advice.state === 'partial') && !loud({ mark: markOf(advice) })

/** Everything the report says by drug. The plan's order, most harmful first, is kept throughout. */
export function drugPart(plan: Plan, words?: PopulationCodes): DrugPart {
  // A dose estimate is always shown in full, and so is every drug that somebody asked about.
  const brief = plan.drugs.filter((one) => !asked(one) && one.dose.length === 0)
  const quiet = brief.filter((one) => markOf(one) === 'none')
  const dark = brief.filter((one) => one.state === 'unknown')
  const worth = brief.filter((one) => markOf(one) === 'info')
  const hidden = new Set([...quiet, ...dark])
  const shown = plan.drugs.filter((one) => !hidden.has(one))
  const table = shown.map(lineOf)
  return {
    now: table.filter((line) => loud(line) && line.status !== 'reference'),
    later: table.filter((line) => loud(line) && line.status === 'reference'),
    open: plan.drugs.filter((one) => asked(one) && isOpen(one)).map(lineOf),
    notes: plan.notes,
    table,
    quiet: quiet.map((one) => one.drug.name),
    others: [...worth, ...quiet].map(quietOf),
    notKnown: groupByReason(dark),
    laterOpen: groupByReason(plan.drugs.filter((one) => !asked(one) && isOpen(one))),
    details: shown.filter((one) => !worth.includes(one)).flatMap((one) => drugDetail(one, words) ?? []),
  }
}

function groupByReason(drugs: readonly DrugAdvice[]): readonly UnknownGroup[] {
  const groups = new Map<string, string[]>()
  for (const { drug, missing, headline } of drugs) {
    const because = missing.length > 0 ? missing.join('; ') : headline
    groups.set(because, [...(groups.get(because) ?? []), drug.name])
  }
  return [...groups].map(([because, names]) => ({ because, drugs: names }))
}
