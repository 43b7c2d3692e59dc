import type { FunctionRecord, PhenotypeTables } from '../../knowledge/allele-function.ts'
import type { GeneRule } from '../../knowledge/gene-rule.ts'

/** Finds the function record of an allele as laboratories write it. */
export interface AlleleLookup {
  /** The record, or undefined when the allele is not in the table. */
  find(allele: string): FunctionRecord | undefined
}

/**
 * Looks an allele up under its own name, then without sub-allele ("*4.001" is a *4), then with its copy number as the
 * table writes it ("*1x7" is "*1x≥3" where the rule says that three or more copies share a record), then with the
 * prefix of mitochondrial variants ("1555A>G" is "m.1555A>G").
 */
export function alleleLookup(rule: GeneRule, tables: PhenotypeTables): AlleleLookup {
  const find = (name: string) => tables.functionOf(rule.gene, name)
  return {
    find(allele) {
      const trimmed = allele.trim()
      const plain = trimmed.replace(/(\*\d+)\.\d+/g, '$1')
      return find(trimmed) ?? find(plain) ?? find(copyNumber(rule, plain)) ?? find(`m.${trimmed}`)
    },
  }
}

function copyNumber(rule: GeneRule, allele: string): string {
  const match = /^(\*\d+)x(\d+)$/.exec(allele)
  if (match === null) return allele
  const [, base, copies] = match
  return rule.copyNumberAtLeast3.includes(base!) && Number(copies) >= 3 ? `${base}x≥3` : allele
}
