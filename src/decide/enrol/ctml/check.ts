import type { Fault } from '../../../terms/fault.ts'
import { editDistance } from '../../edit-distance.ts'
import { readBound } from '../comparison.ts'
import { type ClinicalVocabulary, diagnosisWithin } from './clinical-leaf.ts'
import { type CtmlTrial, type Entry, isEntry } from './document.ts'
import {
  CATEGORIES,
  CLASSIFICATIONS,
  CLINICAL_KEYS,
  COPY_NUMBERS,
  GENOMIC_KEYS,
  keyOf,
  MISMATCH_REPAIR,
  RECEPTORS,
  SIGNATURE_KEYS,
  TREATMENT_KEYS,
  withoutNegation,
} from './vocabulary.ts'

/** Something in a trial that does not mean what its author will have meant. */
export interface CheckFinding {
  /** An error can keep people out or let them in; a note says how something is read. */
  readonly severity: 'error' | 'note'
  readonly code: string
  readonly where: string
  readonly what: string
  readonly mend: string
}

/** Looks through one trial for fields, values and logic that no one could match by. */
export function checkCtml(trial: CtmlTrial, vocabulary: ClinicalVocabulary): readonly CheckFinding[] {
  const found: CheckFinding[] = []
  const error = (code: string, where: string, what: string, mend: string) =>
    found.push({ severity: 'error', code, where, what, mend })
  const note = (code: string, where: string, what: string, mend: string) =>
    found.push({ severity: 'note', code, where, what, mend })

  if (!/^\d+(-\d+)*$/.test(trial.protocol)) {
    error(
      'CTML_PROTOCOL_NUMBER',
      'protocol_no',
      `"${trial.protocol}" is not digits and hyphens`,
      'MatchMiner sorts by its numbers and ends with an error on letters; use "nct_id" for a registry number.',
    )
  }
  if (trial.status === undefined || trial.status.toLowerCase() !== 'open to accrual') {
    note(
      'CTML_NOT_OPEN',
      'status',
      `the status is "${trial.status ?? ''}", not "open to accrual"`,
      'The trial is matched only when closed ones are asked for.',
    )
  }
  if (trial.clauses.length === 0)
    error(
      'CTML_NO_CRITERIA',
      'treatment_list',
      'no step, arm or dose level has a "match"',
      'Curate the criteria.',
    )
  for (const { path, match, armless } of trial.clauses) {
    if (armless) {
      note(
        'CTML_STEP_WITHOUT_ARMS',
        path,
        'MatchMiner takes a step without arms for suspended',
        'Garrod takes it as open, except with --compat matchminer; name its arms.',
      )
    }
    if (match.length === 0)
      error(
        'CTML_EMPTY_MATCH',
        path,
        'the list of criteria is empty',
        'It matches nobody: fill it or leave it out.',
      )
    for (const [i, item] of match.entries()) walk(item, `${path}.${i}`)
  }
  return found

  function walk(item: Entry, where: string): void {
    for (const [label, value] of Object.entries(item)) {
      const at = `${where}.${label}`
      if (label.startsWith('and') || label.startsWith('or')) {
        if (!Array.isArray(value) || !value.every(isEntry))
          error('CTML_MALFORMED', at, `"${label}" holds no list of criteria`, 'Write a list of objects.')
        else if (value.length === 0)
          error('CTML_EMPTY_LOGIC', at, `"${label}" holds nothing`, 'Fill it or leave it out.')
        else for (const [i, one] of value.entries()) walk(one, `${at}.${i}`)
      } else if (label !== 'clinical' && label !== 'genomic' && label !== 'prior_treatments') {
        error(
          'CTML_KIND_UNKNOWN',
          at,
          `"${label}" is no kind of criterion`,
          nearest(label, ['clinical', 'genomic', 'prior_treatments', 'and', 'or']),
        )
      } else if (!isEntry(value)) {
        error('CTML_MALFORMED', at, `"${label}" holds no criteria`, 'Write an object of criteria.')
      } else {
        checkLeaf(label, value, at)
      }
    }
  }

  function checkLeaf(label: 'clinical' | 'genomic' | 'prior_treatments', leaf: Entry, where: string): void {
    const known: readonly string[] =
      label === 'clinical' ? CLINICAL_KEYS : label === 'genomic' ? GENOMIC_KEYS : TREATMENT_KEYS
    const keys = Object.keys(leaf).map(keyOf)
    if (keys.length === 0)
      error('CTML_EMPTY_LEAF', where, 'the criterion asks for nothing', 'Fill it or leave it out.')
    // A signature or repair status says nothing about the gene beside it, which MatchMiner drops.
    const aboutGenome = keys.some(
      (key) => key === 'mmr_status' || key === 'ms_status' || key.endsWith('_signature'),
    )
    for (const [key, value] of Object.entries(leaf)) {
      if (label === 'genomic' && keyOf(key) === 'hugo_symbol' && aboutGenome) continue
      if (known.includes(keyOf(key))) checkValue(keyOf(key), value, `${where}.${key}`)
      else
        error(
          'CTML_FIELD_UNKNOWN',
          `${where}.${key}`,
          `there is no ${label} field "${key}"`,
          nearest(key, known),
        )
    }
    if (label !== 'genomic') return
    const negated = Object.entries(leaf).filter(([, value]) => withoutNegation(value)[1])
    if (negated.length > 0 && keys.filter((key) => key !== 'display_name').length > 1) {
      note(
        'CTML_WHOLE_NEGATED',
        where,
        `"!" on ${negated.map(([key]) => key).join(', ')} turns the whole criterion around`,
        'It is read as "no change for which all of these hold"; who has no change in the gene meets it.',
      )
    }
    if (!aboutGenome && !keys.some((key) => key === 'hugo_symbol' || key === 'fusion_partner_hugo_symbol'))
      error('CTML_GENE_MISSING', where, 'the criterion names no gene', 'Name hugo_symbol.')
  }

  function checkValue(key: string, value: unknown, where: string): void {
    const [bare, negate] = withoutNegation(value)
    const text = typeof bare === 'string' ? bare : undefined
    const refuse = (mend: string) =>
      error('CTML_VALUE_UNKNOWN', where, `${key} cannot be ${JSON.stringify(value)}`, mend)
    switch (key) {
      case 'age_numerical':
      case 'tmb_numerical':
        if (negate || text === undefined || readBound(text) === undefined)
          refuse('Write a comparison and a number: ">=18".')
        else if (/\s/.test(text))
          error('CTML_BOUND_SPACE', where, `"${text}" holds a space`, 'MatchMiner ends with an error on it.')
        break
      case 'oncotree_primary_diagnosis':
        checkDiagnosis(text, value, where)
        break
      case 'gender':
        if (text !== 'Male' && text !== 'Female') refuse('Write Male or Female; leave it out for both.')
        break
      case 'hugo_symbol':
      case 'fusion_partner_hugo_symbol':
        checkGene(key, text, refuse)
        break
      case 'variant_category':
        if (text === undefined || !CATEGORIES.has(text.toLowerCase()))
          refuse(nearest(text ?? '', [...CATEGORIES.keys()]))
        break
      case 'cnv_call':
        if (text === undefined || !COPY_NUMBERS.has(text.toLowerCase()))
          refuse(nearest(text ?? '', [...COPY_NUMBERS.keys()]))
        break
      case 'variant_classification':
        if (text === undefined || !CLASSIFICATIONS.has(text))
          refuse(nearest(text ?? '', [...CLASSIFICATIONS]))
        break
      case 'protein_change':
      case 'wildcard_protein_change':
        if (text === undefined || !/^(p\.)?[A-Z*]\d+[\w*=]*$/.test(text))
          refuse('Write one-letter protein changes: p.V600E, p.V600.')
        break
      case 'exon':
        if (!Number.isInteger(Number(bare))) refuse('Write the number of one exon.')
        break
      case 'wildtype':
        if (typeof bare !== 'boolean')
          refuse('Write true or false without quotation marks: MatchMiner never finds a text equal to them.')
        break
      case 'mmr_status':
      case 'ms_status':
        if (text === undefined || !MISMATCH_REPAIR.has(text.toLowerCase()))
          refuse('Write MMR-Deficient, MMR-Proficient, MSI-H, MSI-L or MSS.')
        break
      case 'drug':
        if (text === undefined || text === '') refuse('Write the name of one drug.')
        break
      default:
        if (RECEPTORS.has(key)) {
          if (text === undefined || !['positive', 'negative', 'unknown'].includes(text.toLowerCase()))
            refuse('Write Positive, Negative, or Unknown where any will do.')
          else if (text.toLowerCase() !== 'unknown')
            note(
              'CTML_PEER_IGNORES',
              where,
              `MatchMiner ignores ${key}`,
              'Garrod rules on it, except with --compat matchminer.',
            )
        } else if (SIGNATURE_KEYS.some((one) => one === key)) {
          if (text !== 'Yes' && text !== 'No') refuse('Write Yes or No.')
        }
    }
  }

  function checkGene(key: string, text: string | undefined, refuse: (mend: string) => void): void {
    const word = text?.toLowerCase().replaceAll(' ', '_')
    if (word === 'any_gene' || (word === 'intergenic' && key === 'fusion_partner_hugo_symbol')) return
    if (
      text === undefined ||
      !/^[A-Z][A-Za-z0-9@-]{0,29}$/.test(text) ||
      word === 'none' ||
      word === 'unknown'
    )
      refuse('Write one HGNC symbol, or any_gene.')
  }

  function checkDiagnosis(text: string | undefined, value: unknown, where: string): void {
    const { tree, groups } = vocabulary
    if (text !== undefined && diagnosisWithin(text, tree, groups) !== undefined) {
      if (!groups.has(text))
        note(
          'CTML_PEER_UNKNOWN',
          where,
          `MatchMiner's own list has no "${text}": it matches only people with these very words`,
          'Garrod reads it from OncoTree.',
        )
      return
    }
    const solid = /\b(solid|liquid|h(a?e)matolog|blood)/i.exec(text ?? '')?.[1]?.toLowerCase()
    const mend =
      solid === undefined
        ? nearest(text ?? '', tree.names)
        : `Write ${solid === 'solid' ? '_SOLID_' : '_LIQUID_'} for all of them.`
    error(
      'CTML_DIAGNOSIS_UNKNOWN',
      where,
      `${JSON.stringify(value)} is no tumour type of OncoTree ${tree.version}: nobody would match it`,
      mend,
    )
  }
}

/** A proposal, or the whole list when it is short. */
function nearest(text: string, names: readonly string[]): string {
  const wanted = text.toLowerCase()
  const limit = Math.max(3, Math.floor(wanted.length / 3))
  const close = names
    .map((name) => {
      const lower = name.toLowerCase()
      const part = wanted.length > 3 && (lower.includes(wanted) || wanted.includes(lower))
      return { name, distance: part ? 0 : editDistance(wanted, lower, limit) }
    })
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
  if (close.length > 0) return `Did you mean ${close.map(({ name }) => `"${name}"`).join(' or ')}?`
  return names.length <= 24 ? `Write one of ${names.join(', ')}.` : 'Look the name up at oncotree.mskcc.org.'
}

/** A fault of reading, as a finding. */
export function faultFinding({ code, where, what, mend }: Fault): CheckFinding {
  return { severity: 'error', code, where, what, mend }
}
