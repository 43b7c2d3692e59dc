import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

/** Pack with allele functions and the phenotype of each pair of functions. */
export const PHENOTYPE_PACK = 'clinpgx-phenotypes'

/** What one allele does. */
export interface FunctionRecord {
  readonly gene: string
  readonly allele: string
  /** CPIC clinical function, e.g. "No function". */
  readonly function: string
  /** CPIC activity value as printed; undefined where the gene has none. */
  readonly activityValue: string | undefined
  /** What phenotype rules of the gene are keyed by: the function, or the activity value. */
  readonly key: string
}

/** Phenotype of a pair of functions (or of one, for a haploid locus). */
export interface PhenotypeRule {
  readonly phenotype: string
  readonly activityScore: string | undefined
  /** What recommendations are looked up by. */
  readonly lookupKey: string
}

/** Functions and phenotypes of every gene. */
export interface PhenotypeTables {
  functionOf(gene: string, allele: string): FunctionRecord | undefined
  /** Alleles with a function, in the order of the pack. */
  allelesOf(gene: string): readonly FunctionRecord[]
  /** Order of the two keys does not matter; the second is undefined for a haploid locus. */
  phenotypeOf(gene: string, key1: string, key2: string | undefined): PhenotypeRule | undefined
  /** Phenotype of an activity score of a gene that has them, e.g. CYP2D6 "1.25". */
  phenotypeOfScore(gene: string, score: string): string | undefined
  /** Activity scores that mean this phenotype, ascending; empty for a gene without scores. */
  scoresOf(gene: string, phenotype: string): readonly string[]
  /** Every phenotype that the gene can have, without repeats. */
  phenotypesOf(gene: string): readonly string[]
  readonly genes: readonly string[]
}

export function phenotypeTables(facts: Facts): PhenotypeTables {
  return facts.derived(PHENOTYPE_PACK, () => {
    const pack = facts.pack(PHENOTYPE_PACK)
    const functions = new Map<string, Map<string, FunctionRecord>>()
    for (const row of readTable(
      pack.text('functions.tsv'),
      ['gene', 'allele', 'function', 'activity_value', 'lookup_key'],
      `${pack.folder}/functions.tsv`,
    )) {
      entry(functions, row.gene, () => new Map<string, FunctionRecord>()).set(row.allele, {
        gene: row.gene,
        allele: row.allele,
        function: row.function,
        activityValue: row.activity_value === '' ? undefined : row.activity_value,
        key: row.lookup_key,
      })
    }
    const rules = new Map<string, PhenotypeRule>()
    const byScore = new Map<string, string>()
    const phenotypes = new Map<string, Set<string>>()
    for (const row of readTable(
      pack.text('phenotypes.tsv'),
      ['gene', 'key1', 'key2', 'phenotype', 'activity_score', 'lookup_key'],
      `${pack.folder}/phenotypes.tsv`,
    )) {
      const rule = {
        phenotype: row.phenotype,
        activityScore: row.activity_score === '' ? undefined : row.activity_score,
        lookupKey: row.lookup_key,
      }
      rules.set(ruleKey(row.gene, row.key1, row.key2), rule)
      if (rule.activityScore !== undefined) byScore.set(`${row.gene}\t${rule.activityScore}`, rule.phenotype)
      entry(phenotypes, row.gene, () => new Set<string>()).add(row.phenotype)
    }
    return {
      genes: [...functions.keys()],
      functionOf: (gene, allele) => functions.get(gene)?.get(allele),
      allelesOf: (gene) => [...(functions.get(gene)?.values() ?? [])],
      phenotypeOf: (gene, key1, key2) => rules.get(ruleKey(gene, key1, key2 ?? '')),
      phenotypeOfScore: (gene, score) => byScore.get(`${gene}\t${score}`),
      scoresOf: (gene, phenotype) =>
        [...byScore]
          .filter(([key, one]) => one === phenotype && key.startsWith(`${gene}\t`))
          .map(([key]) => key.slice(gene.length + 1))
          .filter((score) => score !== 'n/a')
          .sort(
            (a, b) =>
              Number.parseFloat(a.replace('≥', '')) - Number.parseFloat(b.replace('≥', '')) ||
              (a < b ? -1 : 1),
          ),
      phenotypesOf: (gene) => [...(phenotypes.get(gene) ?? [])],
    }
  })
}

function ruleKey(gene: string, key1: string, key2: string): string {
  return key1 <= key2 || key2 === '' ? `${gene}\t${key1}\t${key2}` : `${gene}\t${key2}\t${key1}`
}

function entry<V>(map: Map<string, V>, key: string, make: () => V): V {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}
