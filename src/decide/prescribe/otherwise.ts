import type { Candidate, DiplotypeCall, PgxFinding } from '../../interpret/finding.ts'
import type { CitedRule } from '../../knowledge/guideline/guidelines.ts'
import type { Severity } from '../plan.ts'
import { reconcile } from '../reconcile.ts'
import type { ListedDrug } from './medication.ts'
import { type Prescribing, prescribe } from './prescribe.ts'

/** A phenotype that also fits a genotype, where it would lead to other advice. */
export interface Otherwise {
  readonly gene: string
  /** The most probable diplotype of this phenotype. */
  readonly name: string
  readonly phenotype: string
  /** 0..1, of all diplotypes of this phenotype together; 0 where the population never showed one. */
  readonly probability: number
  /** What would be advised, as the first line of advice says it. */
  readonly line: string
  /** Whether either advice is to change what is prescribed; a difference of words alone is none. */
  readonly matters: boolean
}

/**
 * The phenotypes that also fit what was read of one gene, and lead to other advice on the drug. A missing
 * position makes them fit: nothing says that it is reference. `advised` is what is advised without them.
 */
export function otherwise(
  gene: string,
  drug: string,
  rules: readonly CitedRule[],
  prescribing: Prescribing,
  exposure: ListedDrug['exposure'],
  advised: { readonly line: string | undefined; readonly severity: Severity },
): Otherwise[] {
  const finding = prescribing.findings.get(gene)
  if (finding === undefined || finding.phenotypeCertain || finding.lookup.length === 0) return []
  const reported = new Set(finding.lookup.map((one) => one.phenotype))
  const others = finding.candidates.filter((one) => !one.reported && !reported.has(one.phenotype))
  return [...Map.groupBy(others, (one) => one.phenotype)].flatMap(([phenotype, candidates]) => {
    if (phenotype === undefined) return []
    const [first] = candidates
    const findings = new Map(prescribing.findings).set(gene, insteadOf(finding, first!))
    const found = prescribe(drug, rules, { ...prescribing, findings }, exposure)
    const { headline, severity } = reconcile(drug, found, prescribing.words)
    if (headline === undefined || headline === advised.line) return []
    const matters = [severity, advised.severity].some((one) => one === 'warning' || one === 'critical')
    const probability = candidates.reduce((sum, one) => sum + (one.probability ?? 0), 0)
    return [{ gene, name: first!.name, phenotype, probability, line: headline, matters }]
  })
}

function insteadOf(finding: PgxFinding, candidate: Candidate): PgxFinding {
  const { name, phenotype, activityScore } = candidate
  const alleles = name.split('/').map((allele) => ({ allele, function: undefined, activityValue: undefined }))
  const call: DiplotypeCall = {
    name,
    alleles: alleles.length > 1 ? [alleles[0]!, alleles[1]!] : [alleles[0]!],
    phenotype,
    activityScore,
    lookupKey: activityScore ?? phenotype,
    matchScore: 0,
  }
  return { ...finding, lookup: [call] }
}
