import { cell } from './release-rows.ts'

/** Columns of evidence.tsv, facts alone: no sentence of the source is kept. */
export const EVIDENCE_COLUMNS = [
  ...(['evidence', 'profile', 'disease', 'therapies', 'together', 'type', 'direction', 'level'] as const),
  ...(['significance', 'rating', 'source', 'trials', 'origin'] as const),
] as const
type EvidenceRow = Readonly<Record<(typeof EVIDENCE_COLUMNS)[number], string>>

const TYPES: Readonly<Record<string, string>> = {
  predictive: 'therapeutic',
  diagnostic: 'diagnostic',
  prognostic: 'prognostic',
  predisposing: 'predisposing',
  functional: 'functional',
  oncogenic: 'oncogenic',
}
const DIRECTIONS: Readonly<Record<string, string>> = {
  supports: 'supports',
  'does not support': 'disputes',
  does_not_support: 'disputes',
}
const SIGNIFICANCE: Readonly<Record<string, string>> = {
  'sensitivity/response': 'sensitivity',
  sensitivityresponse: 'sensitivity',
  resistance: 'resistance',
  'reduced sensitivity': 'reduced-sensitivity',
  'adverse response': 'adverse-response',
  positive: 'positive',
  negative: 'negative',
  'poor outcome': 'poor-outcome',
  'better outcome': 'better-outcome',
}
const TOGETHER: Readonly<Record<string, string>> = {
  combination: 'combination',
  sequential: 'sequence',
  substitutes: 'either',
}

/** A row as a fact, or the reason why it is left out. `profile` is the id of its variant or molecular profile. */
export function evidenceRow(
  row: Readonly<Record<string, string>>,
  profile: string,
): EvidenceRow | { readonly leftOut: string } {
  const word = (name: string, other = name) => cell(row, name, other).toLowerCase()
  const status = word('evidence_status')
  if (status !== '' && status !== 'accepted') return { leftOut: `evidence that is ${status}, not accepted` }
  if (/^(true|t|1)$/.test(word('is_flagged'))) return { leftOut: 'evidence that its curators flagged' }
  const type = TYPES[word('evidence_type')]
  if (type === undefined)
    return { leftOut: `evidence of a type that is not known: "${word('evidence_type')}"` }
  const level = cell(row, 'evidence_level').toUpperCase()
  if (!/^[A-E]$/.test(level)) return { leftOut: 'evidence without a level' }
  const rating = cell(row, 'rating')
  const source = cell(row, 'citation_id', 'pubmed_id')
  const doid = cell(row, 'doid').replace(/^DOID:/i, '')
  const therapies = cell(row, 'therapies', 'drugs')
  return {
    evidence: cell(row, 'evidence_id'),
    profile,
    disease: doid === '' ? cell(row, 'disease') : `DOID:${doid}`,
    therapies:
      therapies === ''
        ? ''
        : therapies
            .split(',')
            .map((one) => one.trim())
            .sort()
            .join('|'),
    together: TOGETHER[word('therapy_interaction_type', 'drug_interaction_type')] ?? '',
    type,
    direction: DIRECTIONS[word('evidence_direction')] ?? '',
    level,
    significance:
      SIGNIFICANCE[word('significance', 'clinical_significance')] ??
      word('significance', 'clinical_significance').replace(/[ _]+/g, '-'),
    rating: /^[1-5]$/.test(rating) ? rating : '',
    source:
      source === ''
        ? ''
        : `${/^(pubmed)?$/i.test(cell(row, 'source_type')) ? 'PubMed' : cell(row, 'source_type')} ${source}`,
    trials: cell(row, 'nct_ids')
      .split(/[,\s]+/)
      .filter((one) => one !== '')
      .join('|'),
    origin: word('variant_origin') === 'n/a' ? '' : word('variant_origin').replace(/[ _]+/g, '-'),
  }
}
