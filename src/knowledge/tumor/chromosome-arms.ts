import type { PackRef } from '../../terms/evidence.ts'
import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

/** Pack with the centromeres. */
const CHROMOSOME_ARMS_PACK = 'chromosome-arms'

/** The centromere of a chromosome, [start, end), counted from 0. */
export interface Centromere {
  readonly start: number
  readonly end: number
}

export interface ChromosomeArms {
  readonly pack: PackRef
  /** undefined: not a chromosome of that assembly. */
  centromere(assembly: 'GRCh37' | 'GRCh38', chromosome: string): Centromere | undefined
}

/** Throws FACTS_*, TABLE_COLUMN_MISSING. */
export function chromosomeArms(facts: Facts): ChromosomeArms {
  return facts.derived(CHROMOSOME_ARMS_PACK, () => {
    const pack = facts.pack(CHROMOSOME_ARMS_PACK)
    const columns = ['assembly', 'chromosome', 'centromere_start', 'centromere_end'] as const
    const centromeres = new Map(
      readTable(pack.text('arms.tsv'), columns, `${pack.folder}/arms.tsv`).map((row) => [
        `${row.assembly} ${row.chromosome}`,
        { start: Number(row.centromere_start), end: Number(row.centromere_end) },
      ]),
    )
    return {
      pack: pack.ref,
      centromere: (assembly, chromosome) => centromeres.get(`${assembly} ${chromosome}`),
    }
  })
}
