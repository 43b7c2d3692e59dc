import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'
import { APPROVALS_PACK } from './approvals.ts'

/** Alterations that make a drug work less. */
export interface Resistance {
  readonly drugs: readonly string[]
  /** As text of the language of categories. */
  readonly biomarker: string
  /** Key of a disease of the approvals; undefined: any. */
  readonly disease: string | undefined
  readonly effect: 'resistant' | 'reduced'
  readonly because: string
  readonly pmids: readonly string[]
  /** What the row was compared with; undefined: nothing, it was written from memory. */
  readonly checked: string | undefined
}

/** What the boxed warning of a label is about. */
export interface BoxedWarning {
  readonly drug: string
  readonly about: string
  /** A gene of the germline that says whether it concerns the person: DPYD; undefined: it concerns everybody. */
  readonly gene: string | undefined
  /** As of a change that defeats a drug. */
  readonly checked: string | undefined
}

/** What speaks against a drug, whoever takes it or with some alterations. */
interface TherapyHarm {
  readonly resistance: readonly Resistance[]
  /** The boxed warnings of the label; empty: it has none, or was not looked at. */
  boxed(drug: string): readonly BoxedWarning[]
  /** Whether somebody looked for a boxed warning on the label of this drug: without a row nobody knows. */
  isBoxKnown(drug: string): boolean
}

/** Throws FACTS_*, TABLE_COLUMN_MISSING. */
export function therapyHarm(facts: Facts): TherapyHarm {
  return facts.derived(`${APPROVALS_PACK} harm`, () => {
    const pack = facts.pack(APPROVALS_PACK)
    const columns = ['drugs', 'biomarker', 'disease', 'effect', 'because', 'pmids', 'checked'] as const
    const warnings = readTable(
      pack.text('warnings.tsv'),
      ['drug', 'boxed', 'gene', 'checked'],
      `${pack.folder}/warnings.tsv`,
    )
    const known = new Set(warnings.map(({ drug }) => drug))
    const boxed = Map.groupBy(
      warnings.flatMap((row): readonly BoxedWarning[] =>
        row.boxed
          .split('; ')
          .filter((about) => about !== NO_BOX)
          .map((about) => ({ drug: row.drug, about, gene: told(row.gene), checked: told(row.checked) })),
      ),
      ({ drug }) => drug,
    )
    return {
      resistance: readTable(pack.text('resistance.tsv'), columns, `${pack.folder}/resistance.tsv`).map(
        (row): Resistance => ({
          drugs: row.drugs.split(';'),
          biomarker: row.biomarker,
          disease: told(row.disease),
          effect: row.effect === 'resistant' ? 'resistant' : 'reduced',
          because: row.because,
          pmids: row.pmids === '' ? [] : row.pmids.split(';'),
          checked: told(row.checked),
        }),
      ),
      boxed: (drug) => boxed.get(drug) ?? [],
      isBoxKnown: (drug) => known.has(drug),
    }
  })
}

/** What a row says of a label without a boxed warning. */
const NO_BOX = 'none'

function told(cell: string): string | undefined {
  return cell === '' ? undefined : cell
}
