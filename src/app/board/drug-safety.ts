import type { DrugAdvice } from '../../decide/plan.ts'
import { bySeverity } from '../../decide/reconcile.ts'
import type { DrugBook } from '../../knowledge/drug.ts'
import type { DrugUse } from '../../record/patient-record.ts'

/** What the person's own genome says of the drugs that a board speaks of. */
export interface DrugSafety {
  /** Most harmful first; drugs that have a guideline alone. */
  readonly advice: readonly DrugAdvice[]
  /** Drugs of the options for which nobody publishes advice by germline genes. */
  readonly without: readonly string[]
}

/** Partners of targeted treatment that no approval names, each with a gene that makes them dangerous. */
const OFTEN_ADDED = ['fluorouracil', 'capecitabine', 'irinotecan', 'mercaptopurine', 'rasburicase']

/** "encorafenib", "cetuximab" of a name that joins them. */
function drugsIn(names: readonly string[]): readonly string[] {
  return [
    ...new Set(names.flatMap((one) => [one, ...one.split(/, | and | \+ |\//)]).map((one) => one.trim())),
  ]
}

/** Advice on these drugs and on those that boards often add to them, under the germline results of the record. */
export function drugSafety(
  names: readonly string[],
  book: DrugBook,
  advise: (drugs: readonly DrugUse[]) => readonly DrugAdvice[],
): DrugSafety {
  const wanted = drugsIn(names.map((one) => one.toLowerCase()))
  const known = [...new Set([...wanted, ...OFTEN_ADDED].flatMap((one) => nameOf(one, book) ?? []))].sort()
  const advice = advise(known.map(considered)).filter(({ state }) => state !== 'no-guideline')
  const advised = new Set(advice.map(({ drug }) => drug.name))
  return {
    advice: [...advice].sort(
      (a, b) =>
        bySeverity(a.severity, b.severity) ||
        Number(a.state === 'unknown') - Number(b.state === 'unknown') ||
        (a.drug.name < b.drug.name ? -1 : 1),
    ),
    without: wanted.filter((one) => !advised.has(nameOf(one, book) ?? one) && !/, | and /.test(one)).sort(),
  }
}

function nameOf(text: string, book: DrugBook): string | undefined {
  return book.get(text)?.name ?? book.spelled(text)[0]?.name
}

function considered(text: string): DrugUse {
  return { text, rxcui: undefined, atc: undefined, status: 'considered' }
}
