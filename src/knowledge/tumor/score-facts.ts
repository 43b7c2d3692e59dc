import * as z from 'zod'
import type { PackRef } from '../../terms/evidence.ts'
import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

/** Pack with thresholds and gene lists of scores of a whole tumour. */
const TUMOR_SCORES_PACK = 'tumor-scores'

const GENE_LISTS = [
  'mismatch-repair',
  'polymerase',
  'burden-plasma',
  'germline-any-tumour',
  'germline-actionable',
  'germline-rare',
  'clonal-haematopoiesis',
] as const
export type GeneList = (typeof GENE_LISTS)[number]

/** A gene of a list, and what the source says of it. */
export interface ListedGene {
  readonly gene: string
  readonly note: string
  /** Residues [from, to], 1-based, that the list is about; undefined: the whole gene. */
  readonly residues: readonly [from: number, to: number] | undefined
  /** Title of the source, and whether the row was compared with it. */
  readonly source: string
}

/** Thresholds and gene lists, each with its source. */
export interface ScoreFacts {
  readonly pack: PackRef
  /** A threshold that the pack does not know throws plainly: it is a defect of the pack. */
  threshold(id: string): number
  /** "10 (FDA, ...)", and whether the number was compared with its source. */
  cited(id: string): string
  listed(list: GeneList, gene: string | undefined): ListedGene | undefined
}

/** Throws FACTS_*, TABLE_COLUMN_MISSING. */
export function scoreFacts(facts: Facts): ScoreFacts {
  return facts.derived(TUMOR_SCORES_PACK, () => {
    const pack = facts.pack(TUMOR_SCORES_PACK)
    const rows = <C extends string>(file: string, columns: readonly C[]) =>
      readTable(pack.text(file), columns, `${pack.folder}/${file}`)
    const titles = new Map(rows('sources.tsv', ['id', 'title']).map((row) => [row.id, row.title]))
    const source = (id: string) => {
      const title = titles.get(id)
      if (title === undefined) throw new Error(`${pack.folder}/sources.tsv: no source "${id}"`)
      return title
    }
    const thresholds = new Map(
      rows('thresholds.tsv', ['id', 'value', 'what', 'source', 'checked']).map((row) => [
        row.id,
        { value: z.coerce.number().parse(row.value), source: told(source(row.source), row.checked) },
      ]),
    )
    const genes = new Map(
      rows('genes.tsv', ['list', 'gene', 'from', 'to', 'note', 'source', 'checked']).map((row) => [
        `${z.enum(GENE_LISTS).parse(row.list)} ${row.gene}`,
        {
          gene: row.gene,
          note: row.note,
          residues: row.from === '' ? undefined : ([Number(row.from), Number(row.to)] as const),
          source: told(source(row.source), row.checked),
        },
      ]),
    )
    const threshold = (id: string) => {
      const found = thresholds.get(id)
      if (found === undefined) throw new Error(`${pack.folder}/thresholds.tsv: no threshold "${id}"`)
      return found
    }
    return {
      pack: pack.ref,
      threshold: (id) => threshold(id).value,
      cited: (id) => `${threshold(id).value} (${threshold(id).source})`,
      listed: (list, gene) => (gene === undefined ? undefined : genes.get(`${list} ${gene}`)),
    }
  })
}

/** A row that was written from the literature by name says so wherever its source is told. */
function told(title: string, checked: string): string {
  if (checked === 'to-verify') return `${title}; not yet compared with it`
  return checked.includes('later paper') ? `${title}; compared with later papers only` : title
}
