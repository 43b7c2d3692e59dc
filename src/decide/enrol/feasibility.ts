import type { Candidate } from '../../record/candidate.ts'
import type { Program } from './program.ts'
import type { Verdict } from './ruling.ts'
import { leafWords } from './words.ts'

/** How many people. */
export interface Counts {
  readonly met: number
  readonly unknown: number
  readonly notMet: number
}

/** One criterion over many people. */
export interface CriterionCounts extends Counts {
  readonly criterion: string
  /** People who are not met, and would be met or unknown without this criterion. */
  readonly costs: number
  /** People who are unknown, and would be met if this criterion were known to hold. */
  readonly wouldSettle: number
}

/** One clause of a trial over many people. */
export interface Feasibility {
  readonly protocol: string
  readonly path: string
  readonly counts: Counts
  readonly criteria: readonly CriterionCounts[]
  /** Ids of those who are met, and of those for whom something is missing. */
  readonly eligible: readonly string[]
  readonly unknown: readonly string[]
}

/** Who could enter, clause by clause, and what each criterion costs. */
export function feasibility(program: Program, people: readonly Candidate[]): readonly Feasibility[] {
  const tables = program.clauses.map((_, clause) => ({
    leaves: program.leavesOf(clause),
    verdicts: [0, 0, 0] as [number, number, number],
    perLeaf: new Map<number, [number, number, number, number, number]>(
      program.leavesOf(clause).map((leaf) => [leaf, [0, 0, 0, 0, 0]]),
    ),
    eligible: [] as string[],
    unknown: [] as string[],
  }))
  for (const person of people) {
    program.take(person)
    for (const [clause, table] of tables.entries()) {
      let verdict = 0 as Verdict
      program.evaluate(clause, (_, found) => {
        verdict = found
      })
      table.verdicts[verdict]++
      if (verdict === 2) table.eligible.push(person.id)
      if (verdict === 1) table.unknown.push(person.id)
      for (const number of table.leaves) {
        const counts = table.perLeaf.get(number)!
        const leaf = leafOf(number)
        const ruled = program.rulingOf(leaf).verdict
        counts[number < 0 ? ((2 - ruled) as Verdict) : ruled]++
        if (verdict === 2) continue
        const without = program.verdictWithout(clause, leaf)
        if (verdict === 0 && without > 0) counts[3]++
        if (verdict === 1 && without === 2) counts[4]++
      }
    }
  }
  return tables.map(({ verdicts, perLeaf, eligible, unknown }, clause) => ({
    protocol: program.clauses[clause]!.protocol,
    path: program.clauses[clause]!.path,
    counts: { met: verdicts[2], unknown: verdicts[1], notMet: verdicts[0] },
    criteria: [...perLeaf].map(([number, [notMet, open, met, costs, wouldSettle]]) => ({
      criterion: `${number < 0 ? 'not: ' : ''}${leafWords(program.leaves[leafOf(number)]!)}`,
      met,
      unknown: open,
      notMet,
      costs,
      wouldSettle,
    })),
    eligible,
    unknown,
  }))
}

function leafOf(number: number): number {
  return number < 0 ? ~number : number
}
