import type { Candidate, DiplotypeCall } from '../finding.ts'
import type { CallableGene, GeneCall } from './call-gene.ts'
import { pairsThatFit } from './candidates.ts'
import { callOf, type Interpreter, lowestOf } from './diplotype-call.ts'
import { decideStrand } from './intron-decides.ts'
import { arrangeStrands, MOST_GROUPS } from './strand-alleles.ts'

/**
 * Whether everything that the genotype cannot exclude leads to one phenotype: each diplotype that fits, each way in
 * which the variants can lie on the strands, and each allele that an unseen position may hide, however rare.
 * `hidden` are the alleles not excluded. Never true where a base was not read or has no meaning known.
 */
export function phenotypeCertain(
  gene: { readonly callable: CallableGene; readonly interpreter: Interpreter },
  call: GeneCall,
  found: {
    readonly lookup: readonly DiplotypeCall[]
    readonly candidates: readonly Candidate[]
    readonly hidden: readonly string[]
  },
): boolean {
  const { sample } = call
  const { lookup, candidates, hidden } = found
  // What small variants cannot show may always hide: a deletion looks homozygous, a duplication normal.
  if (lookup.length === 0 || gene.callable.rule.blindTo !== undefined) return false
  if (call.inferred !== undefined || sample.mixedPloidy) return false
  if (sample.halfCalled.length > 0 || sample.undocumented.length > 0) return false
  if (gene.callable.rule.caller === 'lowest-function') return arrangementsAgree(gene, call, hidden)
  const phenotypes = new Set([...candidates, ...lookup].map((one) => one.phenotype))
  if (phenotypes.size !== 1) return false
  const [phenotype] = phenotypes
  return (
    hidden.length === 0 ||
    pairsThatFit(call, () => true).every((pair) => callOf(gene.interpreter, pair, 0).phenotype === phenotype)
  )
}

/** Variants add up: every arrangement, alone, with each hidden variant on either strand, and with all on both. */
function arrangementsAgree(
  gene: { readonly callable: CallableGene; readonly interpreter: Interpreter },
  call: GeneCall,
  hidden: readonly string[],
): boolean {
  const { table, sample } = call
  if (sample.groups.length > MOST_GROUPS) return false
  const intron = gene.callable.intron
  const reference = table.alleles[table.reference]!.name
  const phenotypeOf = (strands: readonly (readonly string[])[]) => {
    const sides = strands.map((names) => (names.length === 0 ? [reference] : names))
    return callOf(gene.interpreter, lowestOf(gene.interpreter, sides), 0).phenotype
  }
  const arrangements = arrangeStrands(table, sample, (strand) =>
    intron === undefined ? undefined : decideStrand(intron, strand),
  ).map(({ first, second }) => (sample.haploid ? [first.names] : [first.names, second.names]))
  const phenotype = phenotypeOf(arrangements[0]!)
  return arrangements.every(
    (strands) =>
      phenotypeOf(strands) === phenotype &&
      (hidden.length === 0 || phenotypeOf(strands.map((names) => [...names, ...hidden])) === phenotype) &&
      hidden.every((name) =>
        strands.every(
          (_, at) =>
            phenotypeOf(strands.map((names, i) => (i === at ? [...names, name] : names))) === phenotype,
        ),
      ),
  )
}
