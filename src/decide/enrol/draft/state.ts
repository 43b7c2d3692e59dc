import type { Criterion } from '../criterion.ts'
import type { Piece } from './piece.ts'

/** States of a person that criteria name again and again, as results of a marker. */
const STATES: readonly (readonly [RegExp, string, readonly string[]])[] = [
  [
    /\b(?:active|untreated|symptomatic|unstable|progressing|progressive|uncontrolled)(?:,? (?:and\/or |or |and )?(?:active|untreated|symptomatic|unstable|progressive|uncontrolled))* (?:brain|CNS|central nervous system|leptomeningeal)(?: \(CNS\))? (?:metasta(?:sis|ses|tic disease)|involvement|disease)\b/gi,
    'brain-metastases',
    ['active'],
  ],
  [
    /\b(?:brain|CNS|central nervous system)(?: \(CNS\))? (?:metasta(?:sis|ses|tic disease)|involvement)\b/gi,
    'brain-metastases',
    ['active', 'stable'],
  ],
  [
    /\bleptomeningeal (?:disease|metasta(?:sis|ses)|carcinomatosis|involvement)\b|\bcarcinomatous meningitis\b/gi,
    'leptomeningeal-disease',
    ['present'],
  ],
  [
    /\b(?:pregnan(?:t|cy)(?! test)(?:\s*(?:,|or|and|and\/or|\/)\s*(?:lactating|breast-?feeding|nursing))*|(?:lactating|breast-?feeding|nursing)(?:\s*(?:,|or|and|\/)\s*pregnan(?:t|cy))?)\b/gi,
    'pregnancy-or-breastfeeding',
    ['yes'],
  ],
  [
    /\bnegative (?:serum |urine |serum or urine |urine or serum )?(?:β-?hCG |beta-?hCG )?pregnancy test\b/gi,
    'pregnancy-test',
    ['negative'],
  ],
  [
    /\b(?:other|another|second|secondary|prior|previous|concurrent|history of (?:other|another|prior)) (?:active |invasive |primary |concurrent |known )*(?:malignanc(?:y|ies)|cancers?)\b/gi,
    'other-malignancy',
    ['present'],
  ],
  [
    /\b(?:HIV|human immunodeficiency virus)(?: \(HIV\))?(?:[- ](?:infection|positive|positivity))?\b/g,
    'hiv',
    ['positive'],
  ],
  [/\b(?:HBV|hepatitis B)(?: \(HBV\))?(?: virus)?(?: infection)?\b/gi, 'hepatitis-b', ['positive']],
  [/\b(?:HCV|hepatitis C)(?: \(HCV\))?(?: virus)?(?: infection)?\b/gi, 'hepatitis-c', ['positive']],
  [/\bmeasurable disease\b/gi, 'measurable-disease', ['yes']],
]

/** Brain metastases, pregnancy, another malignancy, chronic infections, measurable disease. */
export function states(text: string): readonly Piece[] {
  const found: Piece[] = []
  for (const [pattern, marker, values] of STATES)
    for (const { 0: name, index } of text.matchAll(pattern)) {
      const criterion: Criterion = { kind: 'marker', marker, values }
      found.push({ criterion, start: index, end: index + name.length })
    }
  return found
}
