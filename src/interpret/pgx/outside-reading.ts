import type { DiplotypeCall } from '../finding.ts'
import type { Interpreter } from './diplotype-call.ts'

/** One outside call, read into the words of this gene. */
export interface OutsideReading {
  readonly diplotype: DiplotypeCall | undefined
  readonly lookup: readonly DiplotypeCall[]
  readonly phenotypes: readonly string[]
  readonly activityScores: readonly string[]
  readonly markers: readonly string[]
  /** The laboratory's own statements do not contradict each other, and the tables know what they mean. */
  readonly certain: boolean
  /** ".", "./." or nothing: the laboratory tried and has no result. */
  readonly noCall: boolean
  readonly notes: readonly string[]
}

/** A reading from which nothing follows. */
export const NOTHING: OutsideReading = {
  diplotype: undefined,
  lookup: [],
  phenotypes: [],
  activityScores: [],
  markers: [],
  certain: false,
  noCall: false,
  notes: [],
}

/** A reading of a laboratory that has no result. */
export const NO_CALL: OutsideReading = {
  ...NOTHING,
  noCall: true,
  notes: ['The laboratory reported no call.'],
}

/** ".", "./.", "Unknown/Unknown": the laboratory made no call. */
export function isNoCall(text: string | undefined): boolean {
  return text === undefined || /^(\.|unknown)?(\/(\.|unknown))?$/i.test(text.trim())
}

/** "*13 + *1/*36 + *10x2" has two sides; "m.1555A>G" has one. */
export function splitDiplotype(text: string): string[] {
  return text.split('/').map((side) => side.trim())
}

/** "*1/*2/*3" is no diplotype: which two alleles are meant is not guessed. */
export function tooManySides(gene: Interpreter, diplotype: string): OutsideReading {
  return {
    ...NOTHING,
    notes: [
      `${gene.rule.gene} ${diplotype.trim()} names more than two chromosomes: nothing is concluded from it.`,
    ],
  }
}
