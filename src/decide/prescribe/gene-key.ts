import type {
  ClinicalPhenotype,
  DiplotypeCall,
  PgxFinding,
  Phenoconversion,
} from '../../interpret/finding.ts'
import type { When } from '../../knowledge/guideline/guideline-rule.ts'
import { isCalled } from './gene-state.ts'

/** How guidelines name a gene without a usable result. */
const NO_RESULT = 'No Result'

/** One way a gene's result can be looked up: one entry of its lookup, its markers, or that there is no result. */
export interface GeneKey {
  readonly gene: string
  /** "*2/*17"; undefined for markers and without a result. */
  readonly diplotype: string | undefined
  readonly alleles: readonly string[]
  /** Activity value of each allele, where the gene has them. */
  readonly activityValues: readonly (string | undefined)[]
  readonly phenotype: string | undefined
  readonly activityScore: string | undefined
  readonly lookupKey: string | undefined
  readonly finding: PgxFinding | undefined
  readonly noResult: boolean
  /** The drugs that changed what is looked up. */
  readonly convertedBy: readonly Phenoconversion[]
}

/**
 * The keys of one gene for one drug. Where drugs taken change the enzyme, its clinical phenotype is looked up instead of
 * the genetic one, except for what the drug itself does.
 */
export function geneKeys(gene: string, finding: PgxFinding | undefined, drug: string): readonly GeneKey[] {
  const none = {
    gene,
    diplotype: undefined,
    alleles: [],
    activityValues: [],
    phenotype: undefined,
    activityScore: undefined,
    lookupKey: undefined,
    finding,
    convertedBy: [],
  }
  if (!isCalled(finding)) return [{ ...none, noResult: true }]
  if (finding.lookup.length === 0) return [{ ...none, noResult: false }]
  const clinical = clinicalFor(finding, drug)
  return finding.lookup.map((call, index) => keyOf(gene, finding, call, clinical, index))
}

/** The clinical phenotype that this drug is looked up with; undefined when it is the genetic one. */
export function clinicalFor(finding: PgxFinding, drug: string): ClinicalPhenotype | undefined {
  const { clinical } = finding
  if (clinical === undefined || !clinical.notFor.includes(drug)) return clinical
  return clinical.instead?.find((one) => one.drug === drug)?.clinical
}

function keyOf(
  gene: string,
  finding: PgxFinding,
  call: DiplotypeCall,
  clinical: ClinicalPhenotype | undefined,
  index: number,
): GeneKey {
  const found = clinical?.each?.[index] ?? clinical ?? call
  const changed = found.lookupKey !== call.lookupKey || found.phenotype !== call.phenotype
  return {
    gene,
    diplotype: call.name,
    alleles: call.alleles.map((one) => one.allele),
    activityValues: call.alleles.map((one) => one.activityValue),
    phenotype: found.phenotype,
    activityScore: found.activityScore,
    lookupKey: found.lookupKey,
    finding,
    noResult: false,
    convertedBy: changed ? decisive(clinical?.because ?? []) : [],
  }
}

const ORDER = ['strong', 'moderate', 'weak', 'unknown'] as const

/** The inhibitors that decided the changed phenotype. */
export function decisive(because: readonly Phenoconversion[]): readonly Phenoconversion[] {
  const inhibitors = because.filter((one) => one.role === 'inhibitor')
  const strength = ORDER.find((one) => inhibitors.some((inhibitor) => inhibitor.strength === one))
  return inhibitors.filter((one) => one.strength === strength)
}

/** Whether a key meets one condition of a rule, and the value of the rule that it meets. */
export function meets(when: When, key: GeneKey): string | undefined {
  if (key.noResult) return when.in.includes(NO_RESULT) ? NO_RESULT : undefined
  switch (when.basis) {
    case 'phenotype':
      return when.in.find((value) => value === key.phenotype || value === key.lookupKey)
    case 'activityScore':
      return when.in.find((value) => scoreMeets(value, key))
    case 'marker':
      return when.in.find((value) => markerHolds(key.finding, value) === true)
    case 'diplotype':
      // A changed phenotype is no longer the one that the pair of alleles stands for.
      return key.convertedBy.length > 0 ? undefined : when.in.find((value) => samePair(value, key.diplotype))
    case 'allele':
      return when.in.find((value) => key.alleles.includes(value))
  }
}

/**
 * An activity score as a guideline writes it. DPWG tells two ways to the same DPYD score apart, because they are judged
 * differently: "1.0 (Intermediate Metabolizer)" is one allele without function beside a normal one, "1.0 (Phenotyping)"
 * two alleles of decreased function. Where the alleles behind a score are not known, "Phenotyping" holds: measure.
 */
function scoreMeets(value: string, { activityScore, lookupKey, activityValues }: GeneKey): boolean {
  const [, score, reading] = /^([≥\d.]+) \((.+)\)$/.exec(value) ?? []
  if (score === undefined) return value === activityScore || value === lookupKey
  if (score !== activityScore && score !== lookupKey) return false
  const normalBeside = activityValues.some((one) => Number(one) >= 1)
  if (reading === 'Phenotyping') return !normalBeside
  return reading === 'Intermediate Metabolizer' ? normalBeside : true
}

/** Whether two diplotypes are the same pair of alleles, in any order. */
function samePair(a: string, b: string | undefined): boolean {
  if (b === undefined) return false
  const sorted = (name: string) => name.split('/').sort().join('/')
  return sorted(a) === sorted(b)
}

/**
 * "*57:01 positive" or "*57:01 negative" of an HLA gene: as the laboratory stated it, else from a typing of both
 * chromosomes at two-field resolution; undefined when it is not known.
 */
export function markerHolds(finding: PgxFinding | undefined, marker: string): boolean | undefined {
  const [, allele, sign] = /^(\*\d+:\d+) (positive|negative)$/.exec(marker) ?? []
  if (finding === undefined || allele === undefined) return finding?.markers.includes(marker)
  if (finding.markers.includes(marker)) return true
  if (finding.markers.includes(`${allele} ${sign === 'positive' ? 'negative' : 'positive'}`)) return false
  const typings = finding.diplotypes.map((call) =>
    call.alleles.map((one) => /^\*?\d+:\d+/.exec(one.allele)?.[0].replace(/^\*?/, '*')),
  )
  if (typings.length === 0) return undefined
  if (typings.every((typing) => typing.includes(allele))) return sign === 'positive'
  const complete = typings.every((typing) => typing.length === 2 && !typing.includes(undefined))
  if (complete && typings.every((typing) => !typing.includes(allele))) return sign === 'negative'
  return undefined
}
