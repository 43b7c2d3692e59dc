import type { GeneFrequencies } from '../../knowledge/pgx/haplotype-frequency.ts'
import type { LocusCall } from '../../record/genotype.ts'
import type { Gap } from '../../terms/answer.ts'
import type { PackRef } from '../../terms/evidence.ts'
import type { Candidate, DiplotypeCall, MissingPosition, PgxFinding } from '../finding.ts'
import { type CallableGene, callGene, type GeneCall } from './call-gene.ts'
import { candidatesOf } from './candidates.ts'
import {
  callOf,
  combinedCallOf,
  functionOf,
  type Interpreter,
  lowestArrangement,
  lowestOf,
  lowestTwo,
  NO_RULE,
} from './diplotype-call.ts'
import { notExcluded } from './hidden-alleles.ts'
import { phenotypeCertain } from './phenotype-certain.ts'
import { UNSEEN } from './sample-gene.ts'

/** A gene with everything needed to turn genotypes into a finding. */
export interface ReadyGene {
  readonly callable: CallableGene
  readonly interpreter: Interpreter
  readonly frequencies: GeneFrequencies | undefined
  readonly population: string | undefined
  readonly facts: readonly PackRef[]
}

/** Calls one gene from one sample's genotypes. `calls` and `gaps` are by locus id. */
export function genotypeFinding(
  gene: ReadyGene,
  sampleName: string,
  calls: ReadonlyMap<string, LocusCall>,
  gaps: ReadonlyMap<string, Gap>,
): PgxFinding {
  const { callable, interpreter } = gene
  const call = callGene(callable, calls)
  const diplotypes = call.diplotypes
    .slice(0, call.reported)
    .map((one) => combinedCallOf(interpreter, one.name, one.sides, one.score))
  const lookup = lookupOf(interpreter, call, diplotypes)
  const candidates = candidatesOf(interpreter, call, gene.frequencies)
  const hidden = notExcluded(callable, call)
  const certain = phenotypeCertain(gene, call, { lookup, candidates, hidden })
  const missing = missingPositions(callable, call, gaps)
  const undocumentedAs = callable.rule.undocumentedAsReference ? ('reference' as const) : ('no-call' as const)
  return {
    kind: 'pgx',
    gene: callable.rule.gene,
    sample: sampleName,
    from: call.sample.seen === 0 ? 'none' : 'genotype',
    diplotypes,
    alleles: call.alleles.map((allele) => functionOf(allele, interpreter.alleles.find(allele))),
    lookup,
    phenotypes: interpreter.hasPhenotypes ? lookup.map((one) => one.phenotype ?? NO_RULE) : [],
    activityScores: lookup.flatMap((one) => (one.activityScore === undefined ? [] : [one.activityScore])),
    markers: [],
    candidates,
    population:
      candidates.some((one) => one.probability !== undefined) && candidates.length > 1
        ? gene.population
        : undefined,
    phenotypeCertain: certain,
    phase: phaseOf(call),
    positions: { defined: call.table.loci.length, seen: call.sample.seen },
    missing,
    notExcluded: mattersFirst(gene, hidden),
    undocumented: call.sample.undocumented.map(({ index, bases }) => ({
      locus: call.table.loci[index]!.id,
      allele: bases,
      treatedAs: undocumentedAs,
    })),
    extraPositions: callable.definition.extraLoci.flatMap((locus) => {
      const found = calls.get(locus.id)
      return found === undefined
        ? []
        : [{ locus: locus.id, rsid: locus.rsid ?? locus.id, alleles: [...found.alleles] }]
    }),
    clinical: undefined,
    doubts: call.doubts,
    blindTo: callable.rule.blindTo,
    why: [...whyOf(gene, call, lookup, missing), ...candidateNotes(candidates, certain)],
    facts: gene.facts,
  }
}

/**
 * Alleles that would change a function before those of unknown function, and these before those that work as the
 * reference does: who reads the first few of a long list reads what could harm.
 */
function mattersFirst({ callable, interpreter }: ReadyGene, hidden: readonly string[]): readonly string[] {
  const { table } = callable
  const functionOf = (allele: string) => interpreter.alleles.find(allele)?.function
  const usual = functionOf(table.alleles[table.reference]!.reportedAs)
  const rank = (allele: string) => {
    const found = functionOf(allele)
    if (found === usual) return 2
    return found === undefined || /^(uncertain|unknown)/i.test(found) ? 1 : 0
  }
  return [...hidden].sort((a, b) => rank(a) - rank(b))
}

/** Whether the diplotypes that fit differ in what matters. */
function candidateNotes(candidates: readonly Candidate[], certain: boolean): string[] {
  if (candidates.length < 2) return []
  if (certain) return [`All ${candidates.length} diplotypes that fit lead to the same phenotype.`]
  const [best] = candidates
  if (best?.probability === undefined) return []
  const rare = candidates.filter((one) => one.reported && one.probability === undefined)
  return [
    `Of ${candidates.length} diplotypes that fit, ${best.name} is the most probable (${best.probability.toFixed(2)}).`,
    ...(rare.length > 0
      ? [
          `The population's frequencies say nothing of ${rare.map((one) => one.name).join(', ')}: the probabilities are shares among the others.`,
        ]
      : []),
  ]
}

/** What advice is looked up with: the reported diplotypes, or the least functional pair where variants add up. */
function lookupOf(
  gene: Interpreter,
  call: GeneCall,
  diplotypes: readonly DiplotypeCall[],
): readonly DiplotypeCall[] {
  if (call.inferred !== undefined) return [callOf(gene, call.inferred, 0)]
  if (gene.rule.caller !== 'lowest-function') return diplotypes
  if (call.alleles.length > 0) return [callOf(gene, lowestTwo(gene, call.alleles), 0)]
  if (call.diplotypes.length === 0) return []
  const pairs = call.diplotypes.map((one) => lowestOf(gene, one.sides))
  return [callOf(gene, lowestArrangement(gene, pairs), call.diplotypes[0]!.score)]
}

function phaseOf(call: GeneCall): PgxFinding['phase'] {
  if (call.sample.seen === 0) return 'none'
  if (call.sample.phaseSets > 0) return 'phase-sets'
  if (call.sample.phasedCalls) return 'phased'
  return call.sample.effectivelyPhased ? 'effectively-phased' : 'unphased'
}

function missingPositions(
  gene: CallableGene,
  call: GeneCall,
  gaps: ReadonlyMap<string, Gap>,
): MissingPosition[] {
  return call.table.loci.flatMap((locus, i) => {
    if (call.sample.first[i] !== UNSEEN) return []
    return [
      {
        locus: locus.id,
        rsid: locus.rsid,
        because: gaps.get(locus.id) ?? { kind: 'not-in-file' as const, locus: locus.id },
        alleles: gene.allelesAt[i]!,
      },
    ]
  })
}

function whyOf(
  gene: ReadyGene,
  call: GeneCall,
  lookup: readonly DiplotypeCall[],
  missing: readonly MissingPosition[],
): string[] {
  const why = [...call.notes]
  const { rule } = gene.callable
  if (rule.caller === 'lowest-function' && call.sample.halfCalled.length > 0)
    why.push(
      `Only one allele was read at ${call.sample.halfCalled.map((index) => call.table.loci[index]!.id).join(', ')}: what the other strand carries there is not known.`,
    )
  if (call.reported > 1)
    why.push(`The seen positions fit ${call.reported} diplotypes equally well; all are reported.`)
  if (
    rule.caller === 'lowest-function' &&
    lookup.length > 0 &&
    (call.alleles.length > 0 ||
      call.diplotypes.some((one) => one.sides.some((side) => side.length > 1)) ||
      call.diplotypes.length > 1)
  ) {
    why.push(`Advice follows the least functional pair that the variants allow: ${lookup[0]!.name}.`)
  }
  if (call.sample.undocumented.length > 0 && rule.undocumentedAsReference) {
    why.push(
      'A base that no allele definition knows was read as reference, as the guideline of this gene does; its effect is not known.',
    )
  }
  if (call.sample.mixedPloidy)
    why.push(
      'Some positions were called on one chromosome and others on two; a single base was read as standing on both.',
    )
  if (call.sample.haploid && rule.xLinked) why.push('One X chromosome: one allele is reported.')
  if (rule.blindTo !== undefined && call.sample.seen > 0) {
    why.push(
      `Small variants cannot show ${rule.blindTo}. A dedicated assay may give another result; send it as an outside call.`,
    )
  }
  if (missing.length > 0 && call.sample.seen > 0)
    why.push(
      `${missing.length} of ${call.table.loci.length} defining positions were not seen; none was taken for reference.`,
    )
  if (lookup.some((one) => one.lookupKey === NO_RULE && one.phenotype === undefined))
    why.push('CPIC assigns no phenotype to this pair of alleles.')
  return why
}
