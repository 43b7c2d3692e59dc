import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

export const FREQUENCY_PACK = 'thousand-genomes-haplotypes'

/** Codes of the populations in the pack; "ALL" is everyone together. */
export type PopulationCode = 'ALL' | 'AFR' | 'AMR' | 'EAS' | 'EUR' | 'SAS'

/** How frequent the named alleles of one gene are in one population. */
export interface GeneFrequencies {
  /** 0..1, or undefined when the allele was never seen. */
  frequencyOf(allele: string): number | undefined
  readonly alleles: readonly string[]
}

/** Allele frequencies of phased public genomes. */
interface HaplotypeFrequencies {
  of(gene: string, population: PopulationCode): GeneFrequencies | undefined
  /** The population in words, for the reader of an answer. */
  nameOf(population: PopulationCode): string
}

const NAMES: Readonly<Record<PopulationCode, string>> = {
  ALL: '1000 Genomes, all populations',
  AFR: '1000 Genomes, African ancestry',
  AMR: '1000 Genomes, admixed American ancestry',
  EAS: '1000 Genomes, East Asian ancestry',
  EUR: '1000 Genomes, European ancestry',
  SAS: '1000 Genomes, South Asian ancestry',
}

export function isPopulationCode(text: string): text is PopulationCode {
  return Object.hasOwn(NAMES, text)
}

export function haplotypeFrequencies(facts: Facts): HaplotypeFrequencies {
  return facts.derived(FREQUENCY_PACK, () => {
    const pack = facts.pack(FREQUENCY_PACK)
    const tables = new Map<string, Map<string, number>>()
    for (const row of readTable(
      pack.text('frequencies.tsv'),
      ['gene', 'allele', 'population', 'count', 'chromosomes'],
      `${pack.folder}/frequencies.tsv`,
    )) {
      const key = `${row.gene}\t${row.population}`
      const table = tables.get(key) ?? new Map<string, number>()
      tables.set(key, table)
      table.set(row.allele, Number(row.count) / Number(row.chromosomes))
    }
    return {
      of(gene, population) {
        const table = tables.get(`${gene}\t${population}`)
        if (table === undefined) return undefined
        return {
          frequencyOf: (allele) => table.get(allele),
          alleles: [...table.keys()],
        }
      },
      nameOf: (population) => NAMES[population],
    }
  })
}
