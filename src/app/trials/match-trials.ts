import { accrualOf } from '../../decide/enrol/accrual.ts'
import type { ClinicalVocabulary } from '../../decide/enrol/ctml/clinical-leaf.ts'
import { feasibility } from '../../decide/enrol/feasibility.ts'
import { Program } from '../../decide/enrol/program.ts'
import type { Trial } from '../../decide/enrol/trial.ts'
import { readCandidates } from '../../intake/candidate/read-candidates.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { settlingTests } from '../../knowledge/trials/settling-test.ts'
import { oncoTree } from '../../knowledge/tumor/oncotree.ts'
import { treatmentNames } from '../../knowledge/tumor/treatment-names.ts'
import type { Candidate } from '../../record/candidate.ts'
import { Fault } from '../../terms/fault.ts'
import { howMany } from '../../terms/how-many.ts'
import type { ExitCode, Io } from '../command.ts'
import { answerTrials } from './answer-trials.ts'
import type { MatchOrder } from './match-order.ts'
import { matchAsPeer } from './match-peer.ts'
import { whereAsked } from './postal-codes.ts'
import { readSignedTrials } from './signed-trials.ts'
import { clinicalVocabulary, readText } from './trial-files.ts'
import { feasibilityText, matchText } from './trial-text.ts'

/** Matches people and trials in files and prints the answers; 1 when something is unknown or was left out. */
export async function matchTrials(order: MatchOrder, facts: Facts, io: Io): Promise<ExitCode> {
  const { trials, leftOut } = await wantedTrials(order, clinicalVocabulary(facts), io)
  const people = await wantedPeople(order)
  if (order.compat) return worse(await matchAsPeer(trials, people, order, facts, io), leftOut)
  const program = new Program(
    trials.flatMap(({ clauses }) => clauses).filter(({ suspended }) => order.closed || !suspended),
    { tree: oncoTree(facts), treatmentNames: treatmentNames(facts), today: order.today },
  )
  if (program.clauses.length === 0) {
    io.err(
      'no trial here is open and has an open step, arm or dose level with criteria; --closed takes the others along\n',
    )
  }
  if (order.trial !== undefined && order.patient === undefined) {
    const living = people.filter(({ deceased }) => order.deceased || deceased !== true)
    const answer = feasibility(program, living)
    await io.out(order.json ? `${JSON.stringify(answer)}\n` : feasibilityText(answer))
    return worse(answer.some(({ counts }) => counts.unknown > 0) ? 1 : 0, leftOut)
  }
  const about = new Map(trials.map((one) => [one.protocol, one]))
  const matching = { program, about, tests: settlingTests(facts), everything: order.patient !== undefined }
  let unknown = false
  for (const person of people) {
    if (person.deceased === true && !order.deceased) continue
    const answers = answerTrials(person, { ...matching, where: whereAsked(person.home, order) })
    unknown ||= answers.some(({ verdict }) => verdict === 'unknown')
    if (order.json) await io.out(answers.map((one) => `${JSON.stringify(one)}\n`).join(''))
    else await io.out(matchText(person.id, answers))
  }
  return worse(unknown ? 1 : 0, leftOut)
}

async function wantedTrials(
  order: MatchOrder,
  vocabulary: ClinicalVocabulary,
  io: Io,
): Promise<{ trials: readonly Trial[]; leftOut: boolean }> {
  const read = await readSignedTrials(order.trials, order.signed, vocabulary, io)
  const [first] = read
  if (first !== undefined && 'fault' in first && read.every((one) => 'fault' in one)) throw first.fault
  const trials: Trial[] = []
  let leftOut = false
  let closed = 0
  for (const one of read) {
    if ('fault' in one) {
      leftOut = true
      io.err(`left out: ${one.fault.message}\n`)
    } else if (
      order.trial === undefined ||
      one.trial.protocol === order.trial ||
      one.trial.nctId === order.trial
    ) {
      if (order.closed || isOpen(one.trial, order)) trials.push(one.trial)
      else closed++
    }
  }
  if (closed > 0) {
    io.err(`left out: ${howMany(closed, 'trial')} not open; --closed takes them along\n`)
  }
  if (order.trial !== undefined && trials.length === 0) throw notThere('trial', order.trial)
  return { trials, leftOut }
}

/** MatchMiner knows one word for it. */
function isOpen({ status }: Trial, { compat }: MatchOrder): boolean {
  return compat ? status?.toLowerCase() === 'open to accrual' : accrualOf(status) === 'open'
}

async function wantedPeople(order: MatchOrder): Promise<readonly Candidate[]> {
  const people: Candidate[] = []
  for (const path of order.patients) people.push(...readCandidates(await readText(path), path, order.assay))
  if (order.patient === undefined) return people
  const wanted = people.filter(({ id }) => id === order.patient)
  if (wanted.length === 0) throw notThere('patient', order.patient)
  return wanted
}

function notThere(what: string, id: string): Fault {
  return new Fault(
    `${what.toUpperCase()}_NOT_THERE`,
    `--${what}`,
    `no ${what} "${id}" can be matched`,
    'Check the files and the spelling.',
  )
}

function worse(exit: ExitCode, leftOut: boolean): ExitCode {
  return exit === 0 && leftOut ? 1 : exit
}
