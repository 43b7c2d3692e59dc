import { createHash } from 'node:crypto'
import type { DraftLeaf } from '../criterion.ts'
import type { ClinicalVocabulary } from '../ctml/clinical-leaf.ts'
import type { ReadItem } from '../draft/reading.ts'
import { joinsLast, joinsNext, listMeaning } from '../draft/sublist.ts'
import { readPhases } from '../phase.ts'
import type { Trial } from '../trial.ts'
import { splitEligibility, type TextItem } from './eligibility-text.ts'
import { structuredCriteria } from './structured.ts'
import type { RegistryStudy } from './study.ts'

const DRUG_KINDS: ReadonlySet<string> = new Set(['DRUG', 'BIOLOGICAL', 'COMBINATION_PRODUCT', 'GENETIC'])

/**
 * A study of the registry in the eligibility language: its fields as criteria, each criterion of its free text as a draft.
 */
export function registryTrial(study: RegistryStudy, vocabulary: ClinicalVocabulary): Trial {
  const { readItem = () => ({ reads: null, rest: [] }) } = vocabulary
  const { nctId, title, status } = study
  return {
    ctml: undefined,
    registry: study,
    protocol: nctId,
    nctId,
    title,
    status,
    phases: readPhases(study.phases.join(' ')),
    drugs: study.interventions.flatMap(({ name, kind }) => (DRUG_KINDS.has(kind ?? '') ? name : [])),
    sites: study.sites,
    clauses: [
      {
        protocol: nctId,
        path: 'protocolSection.eligibilityModule',
        level: 'trial',
        code: '',
        suspended: false,
        criterion: {
          kind: 'all',
          of: [...structuredCriteria(study, vocabulary), ...draftsOf(study.eligibility, readItem)],
        },
      },
    ],
  }
}

/** "Patients must meet all of the following criteria:": it only announces the items below it. */
const ANNOUNCEMENT = /\b(?:criteria|all of the following|requirements|eligible|excluded)\b[^:]{0,80}:$/i

/** A draft for each item that stands for itself, with all that stands below it. */
export function draftsOf(text: string, read: ReadItem): readonly DraftLeaf[] {
  const items = splitEligibility(text)
  const announces: boolean[] = []
  for (const [i, { text: one, side, under }] of items.entries()) {
    const own = items.filter((item) => item.under === i).map((item) => item.text)
    const meant = side === 'exclusion' ? 'any' : 'all'
    announces.push(
      own.length > 0 &&
        (under === undefined || announces[under]!) &&
        ANNOUNCEMENT.test(one) &&
        listMeaning(one, own, side) === meant,
    )
  }
  const roots = items.map((_, i) => i)
  for (const [i, { under }] of items.entries()) {
    if (under !== undefined && !announces[under]!) roots[i] = roots[under]!
  }
  const below = new Map<number, TextItem[]>()
  for (const [i, item] of items.entries()) {
    if (roots[i] !== i) below.set(roots[i]!, [...(below.get(roots[i]!) ?? []), item])
  }
  const seen = new Set<string>()
  const standing = items.filter((_, i) => roots[i] === i && !announces[i]!)
  return items.flatMap((item, i) => {
    if (roots[i] !== i || announces[i]!) return []
    const children = below.get(i) ?? []
    const whole = [item, ...children].map((one) => one.text).join(' • ')
    const side = item.side ?? 'unstated'
    const id = draftId(side, whole)
    if (seen.has(id)) return []
    seen.add(id)
    const [before, after] = [-1, 1].map((step) => standing[standing.indexOf(item) + step])
    // "A", "or", "B" as three items: neither of the two is asked for by itself.
    const linked =
      (before !== undefined && before.side === item.side && joinsNext(before.text)) ||
      joinsNext(item.text) ||
      joinsLast(item.text) ||
      (after !== undefined && after.side === item.side && joinsLast(after.text))
    const reading = linked ? { reads: null, rest: [whole] } : read(item, children)
    return [{ kind: 'draft' as const, id, side, text: whole, ...reading }]
  })
}

function draftId(side: string, text: string): string {
  return createHash('sha256').update(`${side}\n${text}`).digest('hex').slice(0, 12)
}
