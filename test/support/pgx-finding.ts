import type { DiplotypeCall, PgxFinding } from '../../src/interpret/finding.ts'

/** A diplotype with phenotype or activity score; recommendations are looked up by the score where there is one. */
export function diplotypeCall(
  name: string,
  phenotype: string | undefined,
  activityScore?: string,
): DiplotypeCall {
  const alleles = name.split('/').map((allele) => ({ allele, function: undefined, activityValue: undefined }))
  const [first, second] = alleles
  return {
    name,
    alleles: second === undefined ? [first!] : [first!, second],
    phenotype,
    activityScore,
    lookupKey: activityScore ?? phenotype,
    matchScore: 1,
  }
}

/** A gene of which nothing is known, changed to what a test is about. */
export function pgxFinding(gene: string, what: Partial<PgxFinding> = {}): PgxFinding {
  const lookup = what.lookup ?? what.diplotypes ?? []
  const known = lookup.length > 0 || (what.markers ?? []).length > 0
  return {
    kind: 'pgx',
    gene,
    sample: undefined,
    from: known ? 'genotype' : 'none',
    diplotypes: lookup,
    alleles: [],
    lookup,
    phenotypes: [...new Set(lookup.flatMap((one) => (one.phenotype === undefined ? [] : [one.phenotype])))],
    activityScores: lookup.flatMap((one) => (one.activityScore === undefined ? [] : [one.activityScore])),
    markers: [],
    candidates: [],
    population: undefined,
    phenotypeCertain: known,
    phase: 'none',
    positions: { defined: 1, seen: known ? 1 : 0 },
    missing: [],
    notExcluded: [],
    undocumented: [],
    extraPositions: [],
    clinical: undefined,
    doubts: [],
    blindTo: undefined,
    why: [],
    facts: [],
    ...what,
  }
}

/** A called gene: diplotype, phenotype and, for genes that have one, activity score. */
export function calledGene(
  gene: string,
  name: string,
  phenotype: string | undefined,
  activityScore?: string,
): PgxFinding {
  return pgxFinding(gene, { lookup: [diplotypeCall(name, phenotype, activityScore)] })
}
