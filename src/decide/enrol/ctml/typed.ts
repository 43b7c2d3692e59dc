import { Fault } from '../../../terms/fault.ts'
import { type Criterion, unreadable } from '../criterion.ts'
import type { TypedClause } from '../program.ts'
import { type ClinicalVocabulary, clinicalCriterion } from './clinical-leaf.ts'
import { type CtmlTrial, type Entry, isEntry } from './document.ts'
import { genomicCriterion } from './genomic-leaf.ts'
import { treatmentCriterion } from './treatment-leaf.ts'

/** The criteria of a trial in the eligibility language. Nothing is left out: what cannot be read is an unreadable leaf. */
export function typedClauses(trial: CtmlTrial, vocabulary: ClinicalVocabulary): readonly TypedClause[] {
  return trial.clauses.map(({ path, level, code, suspended, match }) => ({
    protocol: trial.protocol,
    path,
    level,
    code,
    suspended,
    criterion: { kind: 'all', of: match.map((item) => itemOf(item, `${trial.protocol} ${path}`)) },
  }))

  /** One object of a list: all of its keys. */
  function itemOf(item: Entry, where: string): Criterion {
    const parts = Object.entries(item).map(([label, value]) => partOf(label, value, `${where}.${label}`))
    return parts.length === 1 ? parts[0]! : { kind: 'all', of: parts }
  }

  function partOf(label: string, value: unknown, where: string): Criterion {
    if (label.startsWith('and') || label.startsWith('or')) {
      if (!Array.isArray(value) || !value.every(isEntry)) {
        throw new Fault(
          'CTML_MALFORMED',
          where,
          `"${label}" holds no list of criteria`,
          'Write a list of objects.',
        )
      }
      const kind = label.startsWith('and') ? 'all' : 'any'
      return { kind, of: value.map((one, i) => itemOf(one, `${where}.${i}`)), written: { label } }
    }
    if (!isEntry(value)) {
      throw new Fault('CTML_MALFORMED', where, `"${label}" holds no criteria`, 'Write an object of criteria.')
    }
    return { ...leafOf(label, value), written: { label, leaf: value } }
  }

  function leafOf(label: string, leaf: Entry): Criterion {
    if (label === 'clinical') return clinicalCriterion(leaf, vocabulary)
    if (label === 'genomic') return genomicCriterion(leaf)
    if (label === 'prior_treatments') return treatmentCriterion(leaf)
    return unreadable(
      `"${label}" is no kind of criterion`,
      'Write genomic, clinical, prior_treatments, and… or or….',
    )
  }
}

/** The criteria as CTML again, equal to what was read. Criteria of another origin cannot be written. Throws CTML_FOREIGN. */
function writeMatch(criterion: Criterion): readonly Entry[] {
  if (criterion.kind !== 'all' || criterion.written !== undefined) throw foreign()
  return criterion.of.map(writeItem)
}

function writeItem(criterion: Criterion): Entry {
  const { written } = criterion
  if (written === undefined) {
    if (criterion.kind !== 'all') throw foreign()
    return Object.assign({}, ...criterion.of.map(writeItem)) as Entry
  }
  if (written.leaf !== undefined) return { [written.label]: written.leaf }
  if (criterion.kind !== 'all' && criterion.kind !== 'any') throw foreign()
  return { [written.label]: criterion.of.map(writeItem) }
}

function foreign(): Fault {
  return new Fault(
    'CTML_FOREIGN',
    'criteria',
    'these criteria were not read from CTML',
    'Only what was read can be written again.',
  )
}

/** The whole document with its criteria written from the language. */
export function writeCtml(trial: CtmlTrial, clauses: readonly TypedClause[]): Entry {
  const document = structuredClone(trial.document) as Record<string, unknown>
  for (const { path, criterion } of clauses) {
    const keys = path.split('.')
    const last = keys.pop()!
    const holder = keys.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document)
    ;(holder as Record<string, unknown>)[last] = writeMatch(criterion)
  }
  return document
}
