import type { Effect } from '../../knowledge/guideline/guideline-rule.ts'
import type { GeneBasis } from '../plan.ts'
import { type CodeWords, wordsOf } from './code-words.ts'
import { capitalized, listed } from './list.ts'

type ResultOfGene = Pick<GeneBasis, 'gene' | 'result' | 'phenotype' | 'activityScore'>

/**
 * Why, one sentence per gene: "CYP2C19 poor metabolizer: lower exposure to active drug; higher risk of stent thrombosis."
 * Gene results whose effect the publisher does not describe are named after these, together: "CYP2D6 indeterminate."
 * Throws CODE_WITHOUT_WORDS.
 */
export function because(
  effects: readonly Effect[],
  basis: readonly ResultOfGene[],
  words: CodeWords,
): string {
  const genes = basis.length > 0 ? basis : genesOf(effects)
  const sentences: string[] = []
  const silent: string[] = []
  for (const result of genes) {
    const said = unique(
      effects
        .filter((one) => one.gene === result.gene && isDescribed(one))
        .flatMap((one) => effectPhrases(one, words)),
    )
    if (said.length > 0) sentences.push(`${resultName(result)}: ${said.join('; ')}.`)
    else silent.push(resultName(result))
  }
  if (silent.length > 0) sentences.push(`${listed(silent, 'and')}.`)
  return sentences.length > 0 ? sentences.join(' ') : 'No effect is described.'
}

/** Whether the publisher says anything of it at all. */
function isDescribed({ exposure, risk, term }: Effect): boolean {
  return exposure === 'up' || exposure === 'down' || risk !== 'unknown' || term !== undefined
}

function genesOf(effects: readonly Effect[]): ResultOfGene[] {
  return unique(effects.map((effect) => effect.gene)).map((gene) => ({
    gene,
    result: '',
    phenotype: undefined,
    activityScore: undefined,
  }))
}

function unique(parts: readonly string[]): string[] {
  return [...new Set(parts)]
}

/** "CYP2C19 poor metabolizer", "DPYD intermediate metabolizer (activity score 1.5)", "HLA-B*57:01 positive". */
export function resultName(basis: ResultOfGene): string {
  const named = basis.phenotype ?? basis.result
  const said = /^([A-Z][a-z]+ ?)+$/.test(named) ? named.toLowerCase() : named
  const join = said.startsWith('*') && basis.gene.startsWith('HLA-') ? '' : ' '
  const score = /^[≥0-9.]+$/.test(basis.activityScore ?? '') ? ` (activity score ${basis.activityScore})` : ''
  return capitalized(said === '' ? basis.gene : `${basis.gene}${join}${said}${score}`)
}

/** One effect as phrases: what happens to exposure, then what it risks. */
function effectPhrases(effect: Effect, words: CodeWords): string[] {
  const harmless = effect.risk === 'none'
  const noRisk = harmless || effect.risk === 'unknown'
  const exposure = exposurePhrase(effect, noRisk)
  const unknown = effect.risk === 'unknown'
  if (unknown && effect.term !== undefined)
    return [
      ...(exposure === '' ? [] : [exposure]),
      `risk of ${wordsOf(words, 'term', effect.term)} not known`,
    ]
  if (harmless) {
    if (exposure === '') return ['no relevant effect expected']
    return [`${exposure}, without a known change in benefit or harm`]
  }
  const risk = unknown ? [] : [riskPhrase(effect, words)]
  return exposure === '' ? risk : [exposure, ...risk]
}

function exposurePhrase(effect: Effect, alone: boolean): string {
  if (effect.exposure !== 'up' && effect.exposure !== 'down') return ''
  const more = effect.exposure === 'up' ? 'higher' : 'lower'
  return `${alone ? hedge(effect) : ''}${alone ? measure(effect) : ''}${more} exposure to active drug`
}

function riskPhrase(effect: Effect, words: CodeWords): string {
  const what =
    effect.term !== undefined
      ? wordsOf(words, 'term', effect.term)
      : effect.risk === 'toxicity'
        ? 'side effects'
        : effect.risk === 'inefficacy'
          ? 'too little effect'
          : 'side effects or too little effect'
  return `${hedge(effect)}${measure(effect)}higher risk of ${what}`
}

function hedge(effect: Effect): string {
  if (effect.certainty === undefined) return ''
  return effect.certainty === 'possible' ? 'possibly ' : 'in theory '
}

function measure(effect: Effect): string {
  if (effect.degree === 'great') return 'much '
  return effect.degree === 'slight' ? 'slightly ' : ''
}
