import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { AcmgClass } from '../../../src/interpret/finding/germline.ts'
import {
  type AppliedCriterion,
  type Combined,
  combine,
  readCriteria,
} from '../../../src/interpret/germline/germline.ts'
import type { AcmgCombining, CombiningPanel } from '../../../src/knowledge/acmg/combining.ts'
import { sharedData } from '../../support/shared-data.ts'

export const EREPO = 'germline/clingen-erepo.tsv.gz'

/** One classification of an expert panel. */
interface PanelRow {
  readonly variation: string
  readonly alleleId: string
  readonly gene: string
  readonly panel: string
  readonly class: AcmgClass
  readonly criteria: readonly AppliedCriterion[]
  readonly codes: string
}

const CLASSES: Readonly<Record<string, AcmgClass>> = {
  Pathogenic: 'pathogenic',
  'Likely Pathogenic': 'likely-pathogenic',
  'Uncertain Significance': 'uncertain',
  'Likely Benign': 'likely-benign',
  Benign: 'benign',
}

/** Classifications that the panels did not retract. */
export function panelRows(): PanelRow[] {
  const [head, ...lines] = gunzipSync(readFileSync(sharedData(EREPO)!))
    .toString('utf8')
    .trimEnd()
    .split('\n')
  const columns = head!.split('\t')
  return lines.flatMap((line) => {
    const cells = line.split('\t')
    const row = Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? '']))
    if (row['retracted'] !== 'FALSE') return []
    return [
      {
        variation: row['variation']!,
        alleleId: row['allele_registry_id']!,
        gene: row['gene']!,
        panel: row['expert_panel']!,
        class: CLASSES[row['assertion']!]!,
        criteria: readCriteria(row['codes_met']!, row['variation']!),
        codes: row['codes_met']!,
      },
    ]
  })
}

export interface Agreement {
  readonly rows: number
  readonly five: number
  readonly three: number
  /** Pathogenic or likely so on one side, benign or likely so on the other. */
  readonly opposite: number
}

/** A way to combine: the panel's row is chosen by the caller. */
type Way = (row: PanelRow) => AcmgClass

export function agreement(rows: readonly PanelRow[], way: Way): Agreement {
  let five = 0
  let three = 0
  let opposite = 0
  for (const row of rows) {
    const found = way(row)
    if (found === row.class) five++
    if (side(found) === side(row.class)) three++
    if (side(found) * side(row.class) < 0) opposite++
  }
  return { rows: rows.length, five, three, opposite }
}

function side(one: AcmgClass): -1 | 0 | 1 {
  return one.endsWith('pathogenic') ? 1 : one.endsWith('benign') ? -1 : 0
}

export function ways(rules: AcmgCombining): Readonly<Record<'panel' | 'general' | 'points' | 'table', Way>> {
  const points = {
    id: '',
    name: '',
    genes: [],
    method: 'points',
    rules: [],
    basis: 'default',
    variants: 0,
    source: 'garrod',
    inForce: '',
    newerScale: undefined,
  } satisfies Omit<CombiningPanel, 'scale'>
  return {
    panel: (row) => combine(row.criteria, rules, rules.panel(row.panel)).class,
    general: (row) => combine(row.criteria, rules).class,
    points: (row) => combine(row.criteria, rules, { ...points, scale: rules.panel('ryr1')!.scale }).class,
    table: (row) => onlyTable(combine(row.criteria, rules)),
  }
}

/** What the table of 2015 alone says: uncertain where anything else decided. */
function onlyTable({ class: is, decidedBy }: Combined): AcmgClass {
  return decidedBy.method === 'table' ? is : 'uncertain'
}

/** What a panel may do otherwise than the general way; one of these is chosen for it in the cross-validation. */
const ALTERNATIVES: readonly Pick<CombiningPanel, 'method' | 'rules'>[] = [
  { method: '2015-then-points', rules: [] },
  { method: 'points', rules: [] },
  { method: '2015-then-points', rules: ['ba1-yields-to-pathogenic'] },
  { method: '2015-then-points', rules: ['lone-strong-benign-is-uncertain'] },
  { method: '2015-then-points', rules: ['strong-and-two-supporting-is-benign'] },
  { method: '2015-then-points', rules: ['contradiction-is-uncertain'] },
  {
    method: '2015-then-points',
    rules: ['contradicted-strong-benign-is-uncertain', 'lone-strong-benign-is-uncertain'],
  },
]

const FOLDS = 10

/**
 * What the panels' rows are worth on variants they were not chosen by: for each tenth of the variants every panel's alternative is
 * chosen anew on the other nine, and kept only when it is right on two variants more than the general way.
 */
export function crossValidated(rows: readonly PanelRow[], rules: AcmgCombining): Agreement {
  const folds = rows.map(
    (row) => [...row.variation].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 9973, 7) % FOLDS,
  )
  const total = { rows: 0, five: 0, three: 0, opposite: 0 }
  for (const name of new Set(rows.map(({ panel }) => panel))) {
    const own = rows.map((row, i) => ({ row, fold: folds[i]! })).filter(({ row }) => row.panel === name)
    const candidates = ALTERNATIVES.map(
      (one): CombiningPanel => ({
        id: name,
        name,
        genes: [],
        scale: rules.scale,
        basis: 'inferred',
        variants: 0,
        source: 'erepo',
        inForce: '',
        newerScale: undefined,
        ...one,
      }),
    )
    for (let fold = 0; fold < FOLDS; fold++) {
      const [seen, held] = [
        own.filter((one) => one.fold !== fold).map(({ row }) => row),
        own.filter((one) => one.fold === fold).map(({ row }) => row),
      ]
      const right = candidates.map(
        (panel) => agreement(seen, (row) => combine(row.criteria, rules, panel).class).five,
      )
      const best = right.indexOf(Math.max(...right))
      const panel = candidates[right[best]! - right[0]! >= 2 ? best : 0]!
      const found = agreement(held, (row) => combine(row.criteria, rules, panel).class)
      for (const key of ['rows', 'five', 'three', 'opposite'] as const) total[key] += found[key]
    }
  }
  return total
}

interface Disagreement {
  readonly row: PanelRow
  readonly found: Combined
}

export function disagreements(rows: readonly PanelRow[], rules: AcmgCombining): Disagreement[] {
  return rows
    .map((row) => ({ row, found: combine(row.criteria, rules, rules.panel(row.panel)) }))
    .filter(({ row, found }) => row.class !== found.class)
    .sort((a, b) => (a.row.panel + a.row.variation < b.row.panel + b.row.variation ? -1 : 1))
}
