import type { FunctionRecord, PhenotypeTables } from '../../knowledge/pgx/allele-function.ts'
import type { GeneRule } from '../../knowledge/pgx/gene-rule.ts'
import type { AlleleFunction, DiplotypeCall } from '../finding.ts'
import { type AlleleLookup, alleleLookup } from './allele-lookup.ts'
import { compareAlleles } from './allele-order.ts'

/** What CPIC's tables say where no rule covers a pair of functions. */
export const NO_RULE = 'n/a'

/** Turns alleles of one gene into functions, phenotype and the key recommendations are looked up by. */
export interface Interpreter {
  readonly rule: GeneRule
  readonly tables: PhenotypeTables
  readonly alleles: AlleleLookup
  /** Whether the gene has phenotypes at all (CYP4F2 has none). */
  readonly hasPhenotypes: boolean
  /** Whether its phenotypes are ranges of an activity score. */
  readonly hasScores: boolean
}

export function interpreter(rule: GeneRule, tables: PhenotypeTables): Interpreter {
  return {
    rule,
    tables,
    alleles: alleleLookup(rule, tables),
    hasPhenotypes: tables.genes.includes(rule.gene),
    hasScores: tables.allelesOf(rule.gene).some((one) => one.activityValue !== undefined),
  }
}

/** A diplotype of one allele a side. Names are kept as given; functions and phenotype are looked up. */
export function callOf(gene: Interpreter, sides: readonly string[], matchScore: number): DiplotypeCall {
  const records = sides.map((side) => gene.alleles.find(side))
  const alleles = sides.map((side, i) => functionOf(side, records[i]))
  // In genes with activity scores an allele without a value is keyed "n/a", which the tables call indeterminate.
  const keys = records.map((record) => record?.key ?? (gene.hasScores ? NO_RULE : undefined))
  const rule = keys.includes(undefined)
    ? undefined
    : gene.tables.phenotypeOf(gene.rule.gene, keys[0]!, keys[1])
  return {
    name: sides.join('/'),
    alleles: alleles.length === 2 ? [alleles[0]!, alleles[1]!] : [alleles[0]!],
    phenotype: rule?.phenotype,
    activityScore: rule?.activityScore,
    lookupKey: gene.hasPhenotypes ? (rule?.lookupKey ?? NO_RULE) : undefined,
    matchScore,
  }
}

/** Several variants on a strand are written "[a + b]"; such a side has no single function. */
export function combinedCallOf(
  gene: Interpreter,
  name: string,
  sides: readonly (readonly string[])[],
  matchScore: number,
): DiplotypeCall {
  if (sides.every((side) => side.length === 1))
    return {
      ...callOf(
        gene,
        sides.map((side) => side[0]!),
        matchScore,
      ),
      name,
    }
  const alleles = sides.map((side) =>
    side.length === 1
      ? functionOf(side[0]!, gene.alleles.find(side[0]!))
      : functionOf(`[${side.join(' + ')}]`, undefined),
  )
  return {
    name,
    alleles: alleles.length === 2 ? [alleles[0]!, alleles[1]!] : [alleles[0]!],
    phenotype: undefined,
    activityScore: undefined,
    lookupKey: undefined,
    matchScore,
  }
}

/** One allele with what the tables say of it. */
export function functionOf(allele: string, record: FunctionRecord | undefined): AlleleFunction {
  return { allele, function: record?.function, activityValue: record?.activityValue }
}

/**
 * The pair that advice follows in a gene whose variants add up: of each strand the least functional variant (lowest
 * activity value for DPYD, a malignant-hyperthermia variant first for RYR1), equals by name.
 * Source: CPIC guidelines for fluoropyrimidines (PMID 29152729) and for volatile anaesthetics (PMID 30499100).
 */
export function lowestOf(gene: Interpreter, sides: readonly (readonly string[])[]): string[] {
  return sides.map((side) => [...side].sort((a, b) => compareFunction(gene, a, b))[0]!)
}

/** The two least functional of the alleles that are present without known strand. */
export function lowestTwo(gene: Interpreter, alleles: readonly string[]): string[] {
  return [...alleles].sort((a, b) => compareFunction(gene, a, b)).slice(0, 2)
}

/** The least functional of several arrangements: what is advised must be safe for each. */
export function lowestArrangement(
  gene: Interpreter,
  arrangements: readonly (readonly string[])[],
): readonly string[] {
  const harm = (sides: readonly string[]) => sides.reduce((sum, side) => sum + rankOf(gene, side), 0)
  return [...arrangements].sort(
    (a, b) => harm(a) - harm(b) || compareAlleles(a[0]!, b[0]!) || compareAlleles(a[1] ?? '', b[1] ?? ''),
  )[0]!
}

function compareFunction(gene: Interpreter, a: string, b: string): number {
  return rankOf(gene, a) - rankOf(gene, b) || compareAlleles(a, b)
}

/** Lower is less functional; an allele without a known function comes after every known one. */
function rankOf(gene: Interpreter, allele: string): number {
  const record = gene.alleles.find(allele)
  if (gene.rule.lowestBy === 'malignant-hyperthermia')
    return record?.function === 'Malignant Hyperthermia associated' ? 0 : record === undefined ? 2 : 1
  const value = Number(record?.activityValue)
  return Number.isNaN(value) ? 2 : value
}
