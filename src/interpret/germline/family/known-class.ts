import type { SiteNotes } from '../../../record/family-variant.ts'
import type { AcmgClass, KnownClass } from '../../finding/germline.ts'

const CLASSES: Readonly<Record<string, AcmgClass>> = {
  pathogenic: 'pathogenic',
  'pathogenic/likely_pathogenic': 'pathogenic',
  likely_pathogenic: 'likely-pathogenic',
  uncertain_significance: 'uncertain',
  likely_benign: 'likely-benign',
  'benign/likely_benign': 'benign',
  benign: 'benign',
}

/** Stars of the review status, as ClinVar counts them. */
const STARS: readonly (readonly [words: RegExp, stars: number])[] = [
  [/practice_guideline/, 4],
  [/expert_panel/, 3],
  [/multiple_submitters.*no_conflicts/, 2],
  [/conflicting|single_submitter|multiple_submitters/, 1],
]

/** ClinVar's words as a class: the first statement of the list, and none where they conflict. */
export function knownClass(clinvar: SiteNotes['clinvar']): KnownClass | undefined {
  if (clinvar === undefined) return undefined
  const words = clinvar.significance.toLowerCase().replaceAll(' ', '_')
  const review = (clinvar.review ?? '').toLowerCase().replaceAll(/[ &]/g, '_')
  const [main = ''] = words.split(/[|,&]/)
  return {
    by: 'ClinVar',
    class: CLASSES[main.replace(/^_+/, '')],
    text: clinvar.significance.replaceAll('_', ' '),
    stars: STARS.find(([pattern]) => pattern.test(review))?.[1] ?? 0,
    id: clinvar.id,
  }
}
