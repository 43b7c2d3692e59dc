import type { DoseEstimate, DrugAdvice, Recommendation } from '../../decide/plan.ts'
import { basisWords, populationWords, strengthWords } from './advice-words.ts'
import { type DrugLine, hasDetail, lineOf } from './drug-line.ts'
import type { Mark } from './mark.ts'
import type { PopulationCodes } from './report-input.ts'
import { citationWords, type Link, linksOf } from './source-link.ts'

export interface RecommendationDetail {
  /** Rule and results it was found with: no two of one drug are the same. */
  readonly key: string
  readonly source: string
  readonly mark: Mark
  readonly doThis: string
  readonly because: string
  readonly strength: string
  readonly population: string
  /** Set when it is not known whether the person belongs to that population. */
  readonly asks: string | undefined
  /** Set when only some of the genotypes that fit the data lead to this recommendation. */
  readonly ambiguous: string | undefined
  readonly basis: readonly string[]
  readonly citation: string
  readonly links: readonly Link[]
  readonly pack: string
}

export interface DrugDetail {
  readonly line: DrugLine
  readonly codes: string
  readonly recommendations: readonly RecommendationDetail[]
  readonly difference: string | undefined
  readonly missing: readonly string[]
  readonly wouldChange: readonly string[]
  readonly doses: readonly DoseDetail[]
}

export interface DoseDetail {
  readonly equation: string
  /** "31.5 mg/week", "28 to 35 mg/week"; undefined when it was refused. */
  readonly dose: string | undefined
  readonly rows: readonly { readonly name: string; readonly value: string }[]
  readonly notes: readonly string[]
  readonly citation: string
  readonly links: readonly Link[]
}

/** Undefined when there is nothing to say beyond the headline. */
export function drugDetail(advice: DrugAdvice, words?: PopulationCodes): DrugDetail | undefined {
  if (!hasDetail(advice)) return undefined
  const { rxcui, atc } = advice.drug
  const codes = [rxcui === undefined ? [] : [`RxNorm ${rxcui}`], atc.map((code) => `ATC ${code}`)].flat()
  return {
    line: lineOf(advice),
    codes: codes.length > 0 ? codes.join(', ') : 'no code',
    recommendations: advice.recommendations.map((one) => recommendationOf(one, words)),
    difference: advice.difference,
    missing: advice.missing,
    wouldChange: advice.wouldChange,
    doses: advice.dose.map(doseOf),
  }
}

function recommendationOf(one: Recommendation, words: PopulationCodes | undefined): RecommendationDetail {
  return {
    key: [one.rule, ...one.basis.map(basisWords)].join(' '),
    source: one.source,
    mark: one.severity,
    doThis: one.doThis,
    because: one.because,
    strength: strengthWords(one.strength),
    population: populationWords(one.population, words),
    asks:
      one.applies === 'yes'
        ? undefined
        : one.asks.length > 0
          ? `not known; find out: ${one.asks.join(', ')}`
          : 'not known',
    ambiguous:
      one.ambiguous === true ? 'only if this result is the true one; others fit the data too' : undefined,
    basis: one.basis.map(basisWords),
    citation: citationWords(one.citation),
    links: linksOf(one.citation),
    pack: `${one.citation.pack.id}@${one.citation.pack.version}`,
  }
}

function doseOf(dose: DoseEstimate): DoseDetail {
  return {
    equation: dose.equation,
    dose: dose.known ? doseText(dose) : undefined,
    rows: dose.known ? dose.inputs : dose.missing.map((name) => ({ name, value: 'missing' })),
    notes: dose.notes,
    citation: citationWords(dose.citation),
    links: linksOf(dose.citation),
  }
}

function doseText({ value, range, unit }: Extract<DoseEstimate, { known: true }>): string {
  return range === undefined || range.from === range.to
    ? `${value} ${unit}`
    : `${range.from} to ${range.to} ${unit}`
}
