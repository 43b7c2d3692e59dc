import type { DrugAdvice } from '../../decide/plan.ts'
import { basesWords, briefBasesWords, strengthWords, whoWords } from './advice-words.ts'
import { anchorOf } from './anchor.ts'
import { type Mark, markOf } from './mark.ts'
import { type Link, linksOf } from './source-link.ts'

/** One line of "Act on these" and of the table by drug. */
export interface DrugLine {
  readonly drug: string
  readonly status: DrugAdvice['status']
  readonly mark: Mark
  readonly headline: string
  readonly basis: readonly string[]
  readonly who: string
  /** What weakens the line: publishers differ, part of the answer is not known. */
  readonly caveats: readonly string[]
  /** Under the headline of "Act on these": result, publishers and caveats; shorter for a drug not taken. */
  readonly small: string
  /** Name of the drug's detail section; undefined when it has none. */
  readonly anchor: string | undefined
}

/** A drug not taken that needs no change: what the publishers say, in one row. */
export interface QuietDrug {
  readonly drug: string
  readonly anchor: string
  readonly basis: readonly string[]
  /** What was not known, although it did not change the answer. */
  readonly missing: readonly string[]
  readonly says: readonly { readonly text: string; readonly links: readonly Link[] }[]
}

/** Drugs the clinician asked about: taken now or considered. */
export const asked = (advice: DrugAdvice) => advice.status !== 'reference'

/** Whether there is anything to say beyond the headline. */
export const hasDetail = (one: DrugAdvice) =>
  one.recommendations.length + one.dose.length + one.missing.length + one.wouldChange.length > 0

export function lineOf(advice: DrugAdvice): DrugLine {
  const caveats: string[] = []
  if (advice.agreement === 'differ') caveats.push('publishers differ')
  if (advice.state === 'partial') caveats.push('part of the answer is not known')
  if (advice.recommendations.some((one) => one.applies === 'unknown'))
    caveats.push('asks for more information')
  if (advice.recommendations.some((one) => one.ambiguous === true))
    caveats.push('depends on which genotype is true')
  const basis = basesWords(advice.recommendations)
  const who = whoWords(advice.recommendations)
  const because = asked(advice) ? [advice.status, ...basis] : briefBasesWords(advice.recommendations)
  const small = [...because, who, ...caveats]
  return {
    drug: advice.drug.name,
    status: advice.status,
    mark: markOf(advice),
    headline: advice.headline,
    basis,
    who,
    caveats,
    small: small.filter((one) => one !== '').join(' · '),
    anchor: hasDetail(advice) ? anchorOf('drug', advice.drug.name) : undefined,
  }
}

export function quietOf(advice: DrugAdvice): QuietDrug {
  const says = new Map<string, Map<string, Link>>()
  for (const one of advice.recommendations) {
    const text = `${one.source} (${strengthWords(one.strength)}): ${one.doThis}`
    const links = says.get(text) ?? new Map<string, Link>()
    for (const link of linksOf(one.citation)) links.set(link.url, link)
    says.set(text, links)
  }
  return {
    drug: advice.drug.name,
    anchor: anchorOf('drug', advice.drug.name),
    basis: basesWords(advice.recommendations),
    missing: advice.missing,
    says: [...says].map(([text, links]) => ({ text, links: [...links.values()] })),
  }
}
