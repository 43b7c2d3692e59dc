import type { PgxFinding } from '../../interpret/finding.ts'
import type { GuidelineRule, When } from '../../knowledge/guideline/guideline-rule.ts'
import { type GeneKey, geneKeys, markerHolds, meets } from './gene-key.ts'
import { isCalled } from './gene-state.ts'

/** One gene of a matched rule: what was looked up, and the value of the rule that it met. */
export interface MatchedGene {
  readonly key: GeneKey
  readonly met: string
}

/** A rule that holds for this person. */
interface RuleMatch<Rule extends Matchable> {
  readonly rule: Rule
  /** One list per genotype that leads here, in the order of the rule's conditions. */
  readonly genotypes: readonly (readonly MatchedGene[])[]
  /** True when another genotype that fits the data leads elsewhere. */
  readonly ambiguous: boolean
}

export type Matchable = Pick<GuidelineRule, 'id' | 'when' | 'population'>

/**
 * Rules of one guideline that hold for one drug. A person's genotypes are every combination of the ways each gene can be
 * looked up; a rule holds when all its conditions hold for one of them. A gene without a result meets only "No Result",
 * and a combination in which no gene has a result meets nothing: nothing is known, nothing is advised. For one genotype,
 * a rule on the exact pair of alleles wins over one on the phenotype of that gene.
 */
export function matchRules<Rule extends Matchable>(
  rules: readonly Rule[],
  findings: ReadonlyMap<string, PgxFinding>,
  drug: string,
): RuleMatch<Rule>[] {
  const genes = genesOf(rules)
  const combinations = crossProduct(
    genes.map((gene) => geneKeys(gene, knownFor(rules, gene, findings.get(gene)), drug)),
  )
  const found = new Map<Rule, (readonly MatchedGene[])[]>()
  let answered = 0
  for (const combination of combinations) {
    if (combination.every((key) => key.noResult)) continue
    answered++
    const byGene = new Map(combination.map((key) => [key.gene, key]))
    const matches = rules
      .map((rule) => ({ rule, genes: meetsAll(rule.when, byGene) }))
      .filter((one) => one.genes !== undefined)
    for (const match of preferExact(matches)) {
      found.set(match.rule, [...(found.get(match.rule) ?? []), match.genes!])
    }
  }
  return rules
    .filter((rule) => found.has(rule))
    .map((rule) => ({ rule, genotypes: found.get(rule)!, ambiguous: found.get(rule)!.length < answered }))
}

/** Genes that the rules look at, in alphabetical order. */
export function genesOf(rules: readonly Pick<GuidelineRule, 'when'>[]): string[] {
  return [...new Set(rules.flatMap((rule) => rule.when.map((when) => when.gene)))].sort()
}

/** What rules would need to know of a gene and do not: the whole gene, or whether some HLA alleles are present. */
export interface Lack {
  readonly gene: string
  readonly whole: boolean
  readonly alleles: readonly string[]
}

/** Undefined when everything that the rules ask of the gene is known. */
export function lackOf(
  rules: readonly Pick<GuidelineRule, 'when'>[],
  gene: string,
  finding: PgxFinding | undefined,
): Lack | undefined {
  const conditions = rules.flatMap((rule) => rule.when).filter((when) => when.gene === gene)
  const markers = conditions.filter((when) => when.basis === 'marker').flatMap((when) => when.in)
  const asked = [...new Set(markers.map((marker) => marker.split(' ')[0]!))].filter((one) =>
    one.startsWith('*'),
  )
  if (!isCalled(finding)) return { gene, whole: true, alleles: asked.sort() }
  const alleles = asked.filter((allele) => markerHolds(finding, `${allele} positive`) === undefined).sort()
  if (alleles.length === 0) return undefined
  return { gene, whole: finding.lookup.length === 0 && alleles.length === asked.length, alleles }
}

/** A finding that says nothing about the HLA alleles these rules ask for is no result for them. */
function knownFor(
  rules: readonly Pick<GuidelineRule, 'when'>[],
  gene: string,
  finding: PgxFinding | undefined,
): PgxFinding | undefined {
  return lackOf(rules, gene, finding)?.whole === true ? undefined : finding
}

function meetsAll(
  conditions: readonly When[],
  byGene: ReadonlyMap<string, GeneKey>,
): readonly MatchedGene[] | undefined {
  const genes: MatchedGene[] = []
  for (const when of conditions) {
    const key = byGene.get(when.gene)!
    const met = meets(when, key)
    if (met === undefined) return undefined
    genes.push({ key, met })
  }
  // Only conditions on absent results: the rule would say something about a gene that was not tested.
  return genes.every((one) => one.key.noResult) ? undefined : genes
}

function preferExact<M extends { readonly rule: Matchable }>(matches: readonly M[]): readonly M[] {
  const exact = new Set(
    matches.flatMap(({ rule }) =>
      rule.when.filter((when) => when.basis === 'diplotype').map((when) => place(rule, when.gene)),
    ),
  )
  return matches.filter(({ rule }) =>
    rule.when.every((when) => when.basis === 'diplotype' || !exact.has(place(rule, when.gene))),
  )
}

/** Rules for different people do not replace each other. */
function place(rule: Matchable, gene: string): string {
  return `${gene}\t${rule.population.code}`
}

function crossProduct<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>(
    (found, list) => found.flatMap((start) => list.map((one) => [...start, one])),
    [[]],
  )
}
