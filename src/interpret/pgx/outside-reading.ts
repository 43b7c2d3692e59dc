import type { OutsideCall } from '../../record/genotype.ts'
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
  /** Why nothing follows from it, or what contradicts it: clauses, as in the finding. */
  readonly doubts: readonly string[]
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
  doubts: [],
  notes: [],
}

/** A reading of a laboratory that has no result. */
export const NO_CALL: OutsideReading = {
  ...NOTHING,
  noCall: true,
  doubts: ['the laboratory reported no call'],
  notes: ['The laboratory reported no call.'],
}

/** ".", "./.", "Unknown/Unknown": the laboratory made no call. */
export function isNoCall(text: string | undefined): boolean {
  return text === undefined || /^(\.|unknown)?(\/(\.|unknown))?$/i.test(text.trim())
}

/** "*13 + *1/*36 + *10x2" has two sides; "m.1555A>G" has one. "CYP2D6*4" is "*4". */
export function splitDiplotype(gene: string, text: string): string[] {
  return text.split('/').map((side) => withoutGene(gene, side.trim()))
}

function withoutGene(gene: string, side: string): string {
  const named = side.slice(0, gene.length).toUpperCase() === gene && side.slice(gene.length).trimStart()
  return typeof named === 'string' && named.startsWith('*') ? named : side
}

/**
 * "*2xN" says that an allele is there several times and not how often: two copies, and three or more, both fit. Any
 * other call is itself.
 */
export function copiesThatFit(call: OutsideCall): readonly OutsideCall[] {
  const { diplotype } = call
  if (diplotype === undefined || !SEVERAL.test(diplotype)) return [call]
  return ['x2', 'x≥3'].map((copies) => ({ ...call, diplotype: diplotype.replace(SEVERAL, `$1${copies}`) }))
}

const SEVERAL = /(\*\d+(?:\.\d+)?)\s*xN(?![\dA-Z])/i

/** "*1/*2/*3" is no diplotype: which two alleles are meant is not guessed. */
export function tooManySides(gene: Interpreter, diplotype: string): OutsideReading {
  return {
    ...NOTHING,
    doubts: [`"${diplotype.trim()}" names more than two chromosomes`],
    notes: [
      `${gene.rule.gene} ${diplotype.trim()} names more than two chromosomes: nothing is concluded from it.`,
    ],
  }
}
