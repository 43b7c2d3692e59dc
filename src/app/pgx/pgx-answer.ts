import type { DrugAdvice, Plan } from '../../decide/plan.ts'
import type { PgxFinding } from '../../interpret/finding.ts'
import type { GenotypeSet } from '../../record/genotype.ts'

/** One gene as "garrod pgx --json" prints it. */
interface GeneAnswer {
  readonly gene: string
  /** Reported diplotypes, best first; empty without a call. */
  readonly diplotypes: readonly string[]
  /** Filled instead for DPYD and RYR1 without phase: every variant found. */
  readonly alleles: readonly string[]
  readonly phenotypes: readonly string[]
  readonly activityScores: readonly string[]
  readonly lookup: readonly { readonly diplotype: string; readonly key: string | null }[]
  readonly markers: readonly string[]
  readonly clinical: PgxFinding['clinical'] | null
  readonly from: PgxFinding['from']
  readonly phase: PgxFinding['phase']
  readonly positions: PgxFinding['positions']
  readonly missingPositions: readonly {
    readonly locus: string
    readonly rsid: string | null
    readonly because: string
    readonly alleles: readonly string[]
  }[]
  readonly notExcluded: readonly string[]
  readonly undocumented: PgxFinding['undocumented']
  /** Everything that fits, with its probability where the population supports one. */
  readonly candidates: PgxFinding['candidates']
  readonly population: string | null
  readonly phenotypeCertain: boolean
  readonly blindTo: string | null
  readonly why: readonly string[]
}

/** One person as "garrod pgx --json" prints it: one line of NDJSON. */
interface PersonAnswer {
  readonly sample: string | null
  readonly file: string | null
  readonly assembly: string | null
  readonly genes: readonly GeneAnswer[]
  readonly advice: readonly DrugAdvice[]
  readonly interactions: Plan['interactions']
  readonly notes: readonly string[]
  readonly engine: Plan['engine']
  readonly facts: Readonly<Record<string, string>>
}

/** Everything one run says of one person, before it is printed. */
export interface FullAnswer {
  /** Undefined when only outside calls were sent. */
  readonly genotypes: GenotypeSet | undefined
  readonly findings: readonly PgxFinding[]
  readonly plan: Plan
}

export function personAnswer({ genotypes, findings, plan }: FullAnswer): PersonAnswer {
  return {
    sample: genotypes?.sample ?? null,
    file: genotypes?.source.name ?? null,
    assembly: genotypes?.assembly ?? null,
    genes: findings.map(geneAnswer),
    advice: plan.drugs,
    interactions: plan.interactions,
    notes: [...(genotypes?.notes ?? []), ...plan.notes],
    engine: plan.engine,
    facts: Object.fromEntries(plan.facts.map(({ id, version }) => [id, version])),
  }
}

/**
 * Whether something that was asked for could not be fully answered. Asked for drugs: one of them. Otherwise: a gene of
 * the file without a call, or whose unseen positions could change its phenotype; or nothing known of any gene.
 */
export function hasGaps({ findings, plan }: FullAnswer, askedForDrugs: boolean): boolean {
  if (askedForDrugs)
    return plan.drugs.some((drug) => drug.status === 'considered' && drug.state !== 'answered')
  if (findings.every((finding) => finding.from === 'none')) return true
  return findings.some(
    (finding) =>
      finding.from === 'genotype' &&
      (finding.lookup.length === 0 || (finding.missing.length > 0 && !finding.phenotypeCertain)),
  )
}

function geneAnswer(finding: PgxFinding): GeneAnswer {
  return {
    gene: finding.gene,
    diplotypes: finding.diplotypes.map((one) => one.name),
    alleles: finding.alleles.map((one) => one.allele),
    phenotypes: finding.phenotypes,
    activityScores: finding.activityScores,
    lookup: finding.lookup.map((one) => ({ diplotype: one.name, key: one.lookupKey ?? null })),
    markers: finding.markers,
    clinical: finding.clinical ?? null,
    from: finding.from,
    phase: finding.phase,
    positions: finding.positions,
    missingPositions: finding.missing.map((one) => ({
      locus: one.locus,
      rsid: one.rsid ?? null,
      because: one.because.kind,
      alleles: one.alleles,
    })),
    notExcluded: finding.notExcluded,
    undocumented: finding.undocumented,
    candidates: finding.candidates,
    population: finding.population ?? null,
    phenotypeCertain: finding.phenotypeCertain,
    blindTo: finding.blindTo ?? null,
    why: finding.why,
  }
}

/** More diplotypes than this are counted, and the most probable one is named. */
const NAMED = 3

function diplotypesText(finding: PgxFinding): string {
  const { diplotypes, candidates } = finding
  if (diplotypes.length <= NAMED) return diplotypes.map((one) => one.name).join(' or ')
  const [best] = candidates
  return best?.probability === undefined
    ? `${diplotypes.length} diplotypes fit`
    : `${diplotypes.length} diplotypes fit; most probable ${best.name} (${best.probability.toFixed(2)})`
}

/** "*1/*2", "*1/*6 or *1/*9", "c.85T>C (*9A) and c.496A>G", or why there is none. */
export function resultText(finding: PgxFinding): string {
  const markers = finding.markers.length > 0 ? finding.markers.join(', ') : undefined
  if (finding.diplotypes.length > 0) {
    const names = diplotypesText(finding)
    return markers === undefined ? names : `${names} (${markers})`
  }
  if (finding.alleles.length > 0)
    return `${finding.alleles.map((one) => one.allele).join(' and ')} (strands not known)`
  if (markers !== undefined) return markers
  if (finding.phenotypes.length > 0) return [...new Set(finding.lookup.map((one) => one.name))].join(' or ')
  return 'unknown'
}

/** "Intermediate Metabolizer (1.0)", each once; markers are results, not alternatives of a phenotype. */
export function phenotypeText(finding: PgxFinding): string {
  if (finding.markers.length > 0) return ''
  // A laboratory's phenotype alone is looked up under every score it covers; none of them is a result.
  const scored = finding.lookup.length === finding.phenotypes.length
  const texts = finding.phenotypes.map((phenotype, i) => {
    const score = scored ? finding.lookup[i]?.activityScore : undefined
    return score === undefined || score === 'n/a' || phenotype === score
      ? phenotype
      : `${phenotype} (${score})`
  })
  return [...new Set(texts)].join(' or ')
}
