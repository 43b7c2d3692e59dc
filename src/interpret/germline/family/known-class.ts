import type { SiteNotes } from '../../../record/family-variant.ts'
import type { AcmgClass, KnownClass } from '../../finding/germline.ts'

/** What ClinVar's words say; what is not here (drug response, risk allele, low penetrance, other) leaves the class as it is. */
const CLASSES: Readonly<Record<string, AcmgClass>> = {
  pathogenic: 'pathogenic',
  likely_pathogenic: 'likely-pathogenic',
  uncertain_significance: 'uncertain',
  likely_benign: 'likely-benign',
  benign: 'benign',
}

/**
 * One class of all words, the surer one of a side; undefined where they speak for two sides or say that they conflict. They stand in any
 * order and with further words: "Pathogenic/Pathogenic,_low_penetrance|other", "drug_response|Pathogenic".
 */
function classOfWords(significance: string): AcmgClass | undefined {
  const words = significance
    .toLowerCase()
    .split(/[|,&/;]/)
    .map((word) => word.trim().replaceAll(' ', '_').replace(/^_+/, ''))
  if (words.some((word) => word.startsWith('conflicting'))) return undefined
  const found = words.flatMap((word) => CLASSES[word] ?? [])
  const sides = new Set(found.map((one) => one.replace('likely-', '')))
  const [side] = sides
  if (sides.size !== 1) return undefined
  return found.find((one) => one === side) ?? found[0]
}

/** Stars of the review status, as ClinVar counts them. */
const STARS: readonly (readonly [words: RegExp, stars: number])[] = [
  [/practice_guideline/, 4],
  [/expert_panel/, 3],
  [/multiple_submitters.*no_conflicts/, 2],
  [/conflicting|single_submitter|multiple_submitters/, 1],
]

/** ClinVar's words as a class with the stars of its review; no class where they conflict. */
export function knownClass(clinvar: SiteNotes['clinvar']): KnownClass | undefined {
  if (clinvar === undefined) return undefined
  const review = (clinvar.review ?? '').toLowerCase().replaceAll(/[ &]/g, '_')
  return {
    by: 'ClinVar',
    class: classOfWords(clinvar.significance),
    text: clinvar.significance.replaceAll('_', ' '),
    stars: STARS.find(([pattern]) => pattern.test(review))?.[1] ?? 0,
    id: clinvar.id,
    ...(clinvar.ofSomeAlt ? { ofSomeAlt: true } : {}),
  }
}
