import type { Interpreter } from './diplotype-call.ts'

/** Short forms that laboratories print for CPIC's phenotype terms (CPIC term standardisation, PMID 27441996). */
const SHORT: Readonly<Record<string, string>> = {
  PM: 'Poor Metabolizer',
  IM: 'Intermediate Metabolizer',
  NM: 'Normal Metabolizer',
  EM: 'Normal Metabolizer',
  RM: 'Rapid Metabolizer',
  UM: 'Ultrarapid Metabolizer',
  'EXTENSIVE METABOLIZER': 'Normal Metabolizer',
  'ULTRA-RAPID METABOLIZER': 'Ultrarapid Metabolizer',
  'ULTRA RAPID METABOLIZER': 'Ultrarapid Metabolizer',
}

/** The CPIC term for a phenotype as it was sent; the text itself where no term fits. */
export function normalPhenotype(gene: Interpreter, text: string): string {
  const plain = text
    .trim()
    .replaceAll(/metaboliser/gi, 'Metabolizer')
    .replaceAll(/\s+/g, ' ')
  const upper = plain.toUpperCase()
  const long = SHORT[upper] ?? plain
  const terms = gene.tables.phenotypesOf(gene.rule.gene)
  const term = (words: string) => terms.find((one) => one.toUpperCase() === words.toUpperCase())
  // "Intermediate" and "slow acetylator" where the gene has one term that they can mean.
  const word = long.replace(/ (metabolizer|acetylator|function)$/i, '')
  const grade = word.toUpperCase() === 'SLOW' ? 'Poor' : word
  return term(long) ?? term(`${grade} Metabolizer`) ?? term(`${grade} Function`) ?? long
}

/** An activity score as CPIC prints it: "1" is "1.0", ">=3" is "≥3.0". */
export function normalScore(text: string): string {
  const match = /^(>=|≥|>)?\s*(\d+(?:\.\d+)?)$/.exec(text.trim())
  if (match === null) return text.trim()
  const number = match[2]!.includes('.')
    ? match[2]!.replace(/(\.\d*?[1-9])0+$/, '$1').replace(/\.0+$/, '.0')
    : `${match[2]}.0`
  return match[1] === undefined ? number : `≥${number}`
}
