import type { TargetSituation } from '../../../decide/target/option.ts'
import type { EstablishedVariants, Hotspots, Supplied } from '../../../interpret/tumor/tumor.ts'
import type { Facts } from '../../../knowledge/facts.ts'
import type { ReceivedTumor } from '../../../record/tumor-part.ts'
import type { PackRef } from '../../../terms/evidence.ts'
import type { ScoreOptions } from '../scores/score-options.ts'
import type { DiagnosisAnswer } from './diagnosis-answer.ts'

/** What a section answers from. */
export interface TumorCase {
  readonly received: ReceivedTumor
  readonly diagnosis: DiagnosisAnswer
  readonly facts: Facts
  /** What the options say of the patient beside the tumour. */
  readonly situation: TargetSituation
  /** Tables of the user. */
  readonly hotspots: Hotspots | undefined
  readonly established: EstablishedVariants | undefined
  readonly scores: ScoreOptions
  readonly supplied: Supplied
}

/**
 * One part of the answer about a tumour. Its value is what the document holds under `name`, so it is plain data, the same
 * bytes for the same input; its text is what a tumour board reads.
 */
export interface Section<T> {
  /** Key in the document: "oncogenicity". A name is kept for good. */
  readonly name: string
  /** `earlier` holds the sections that stand before this one. undefined: the section has nothing to say of this tumour. */
  answer(tumor: TumorCase, earlier: Answers): T | undefined
  /** Lines for a terminal, the title first; empty: nothing to print. */
  text(value: T, tumor: TumorCase): string
  /** Whether something is unknown or was left out, so that the command ends with exit 1. */
  gaps(value: T): boolean
  /** Packs that the value rests on. */
  packs?(value: T): readonly PackRef[]
}

/** The answers of the sections so far, each found by its section, so that its type is known. */
export class Answers {
  readonly #values = new Map<unknown, unknown>()

  get<T>(section: Section<T>): T | undefined {
    return this.#values.get(section) as T | undefined
  }

  set<T>(section: Section<T>, value: T): void {
    this.#values.set(section, value)
  }
}

/** A section that has answered. */
export interface Answered {
  readonly name: string
  readonly value: unknown
  readonly text: string
  readonly gaps: boolean
  readonly packs: readonly PackRef[]
}

/** A section in the list of all, whatever its value is. */
export interface Step {
  readonly name: string
  run(tumor: TumorCase, answers: Answers): Answered | undefined
}

export function step<T>(section: Section<T>): Step {
  return {
    name: section.name,
    run(tumor, answers) {
      const value = section.answer(tumor, answers)
      if (value === undefined) return undefined
      answers.set(section, value)
      return {
        name: section.name,
        value,
        text: section.text(value, tumor),
        gaps: section.gaps(value),
        packs: section.packs?.(value) ?? [],
      }
    },
  }
}
