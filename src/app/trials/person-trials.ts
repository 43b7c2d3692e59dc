import type { Program } from '../../decide/enrol/program.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { settlingTests } from '../../knowledge/trials/settling-test.ts'
import { oncoTree } from '../../knowledge/tumor/oncotree.ts'
import type { Candidate } from '../../record/candidate.ts'
import { answerTrials } from './answer-trials.ts'
import { type PostalCodes, whereAsked } from './postal-codes.ts'
import type { TrialAnswer } from './trial-answer.ts'
import type { Shelf } from './trial-shelf.ts'

/** A trial that is kept here, for one person. */
export interface KeptTrialAnswer extends TrialAnswer {
  /** Id of its ResearchStudy. */
  readonly study: string
  readonly studyVersion: string
}

interface PersonTrialsAsked {
  readonly withinKilometres?: number
  readonly postalCodes?: PostalCodes | undefined
  /** Also trials and cohorts that are closed. */
  readonly closed: boolean
  /** Also trials that are not met. */
  readonly everything: boolean
}

/** The trials of a shelf for one person, best first. Nobody who died is eligible for anything: none. */
export function personTrials(
  shelf: Shelf,
  person: Candidate,
  facts: Facts,
  asked: PersonTrialsAsked,
): readonly KeptTrialAnswer[] {
  if (person.deceased === true) return []
  const program: Program = asked.closed ? shelf.all() : shelf.open
  const about = new Map([...shelf.about].map(([protocol, { trial }]) => [protocol, trial]))
  const matching = {
    program,
    about,
    tests: settlingTests(facts),
    where: whereAsked(person.home, asked),
    everything: asked.everything,
  }
  return answerTrials(person, matching).map((one) => ({
    ...one,
    study: shelf.about.get(one.protocol)!.study,
    studyVersion: shelf.about.get(one.protocol)!.version,
  }))
}

/** The tree that diagnoses were compared by. */
export function treeVersion(facts: Facts): string {
  return `oncotree ${oncoTree(facts).version}`
}
