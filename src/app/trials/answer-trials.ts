import { type ClauseAnswer, explain } from '../../decide/enrol/explain.ts'
import type { Program } from '../../decide/enrol/program.ts'
import { VERDICT_WORDS, type Verdict, type VerdictWord } from '../../decide/enrol/ruling.ts'
import { byStanding, standingOf } from '../../decide/enrol/standing.ts'
import type { Trial } from '../../decide/enrol/trial.ts'
import { type WhereAsked, whereOf } from '../../decide/enrol/where.ts'
import type { SettlingTests } from '../../knowledge/trials/settling-test.ts'
import type { Candidate } from '../../record/candidate.ts'
import type { TrialAnswer } from './trial-answer.ts'

/** What a person is matched against, and how much is told. */
interface Matching {
  readonly program: Program
  /** By protocol number. */
  readonly about: ReadonlyMap<string, Trial>
  readonly tests: SettlingTests
  readonly where: WhereAsked
  /** Also the trials that are not met. */
  readonly everything: boolean
}

/** The trials of a program for one person, best first. */
export function answerTrials(person: Candidate, matching: Matching): readonly TrialAnswer[] {
  const { program, about, tests, where, everything } = matching
  const byTrial = new Map<string, ClauseAnswer[]>()
  const telling = { tests, partlyShown: person.partlyShown === true }
  const sink = (clause: number, verdict: Verdict, reasons: Int32Array, from: number, to: number) => {
    const { protocol } = program.clauses[clause]!
    const answer = explain(program, clause, verdict, reasons.subarray(from, to), telling)
    const list = byTrial.get(protocol)
    if (list === undefined) byTrial.set(protocol, [answer])
    else list.push(answer)
  }
  program.take(person)
  if (everything) program.evaluateAll(sink)
  else program.search(sink)
  return [...byTrial]
    .map(([protocol, clauses]): TrialAnswer => {
      const { nctId, title, phases, drugs, sites } = about.get(protocol)!
      const ordered = [...clauses].sort(
        (a, b) => byStanding(alone(a), alone(b)) || (a.path < b.path ? -1 : 1),
      )
      const reached = whereOf(sites, where)
      return {
        protocol,
        ...(nctId === undefined ? {} : { nctId }),
        ...(title === undefined ? {} : { title }),
        ...(phases.length === 0 ? {} : { phases }),
        ...(drugs.length === 0 ? {} : { drugs }),
        patient: person.id,
        verdict: lesser(ordered[0]!.verdict, reached?.verdict),
        ...(reached === undefined ? {} : { where: reached }),
        clauses: ordered,
      }
    })
    .filter(({ verdict }) => everything || verdict !== 'not met')
    .map((one) => ({ one, standing: standingOf(one.verdict, one.clauses[0], one.where) }))
    .sort((a, b) => byStanding(a.standing, b.standing) || (a.one.protocol < b.one.protocol ? -1 : 1))
    .map(({ one }) => one)
}

const order = (verdict: VerdictWord) => 2 - VERDICT_WORDS.indexOf(verdict)

/** "And" of two verdicts. */
function lesser(one: VerdictWord, other: VerdictWord | undefined): VerdictWord {
  return other !== undefined && order(other) > order(one) ? other : one
}

const alone = (clause: ClauseAnswer) => standingOf(clause.verdict, clause, undefined)
