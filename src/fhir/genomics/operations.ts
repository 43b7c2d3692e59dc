import type { Asked } from './asked.ts'
import type { Genome } from './genome.ts'
import type { GenomicsData, Parameters } from './genomics-data.ts'
import {
  CONSEQUENCE,
  DIAGNOSIS,
  type ImplicationKind,
  subjectImplications,
  TREATMENT,
} from './implication.ts'
import {
  POPULATION_PARAMETERS,
  type PopulationOperation,
  populationImplications,
  populationSpecificHaplotypes,
  populationSpecificVariants,
  populationStructuralIntersecting,
  populationStructuralSubsuming,
} from './population-operations.ts'
import { studyMetadata } from './study-metadata.ts'
import { SUBJECT_PARAMETERS, viewOf } from './subject.ts'
import {
  type SubjectOperation,
  subjectHaplotypes,
  subjectSpecificHaplotypes,
  subjectSpecificVariants,
  subjectStructuralIntersecting,
  subjectStructuralSubsuming,
  subjectVariants,
} from './subject-operations.ts'

/** One of the 17 genomics operations. */
export interface GenomicsOperation {
  /** Without the "$". */
  readonly name: string
  /** Whether it is about one person or about everybody the caller may see. */
  readonly about: 'subject' | 'population'
  /** genotype, phenotype or metadata: the part of the path under which the reference implementation has it. */
  readonly group: 'genotype' | 'phenotype' | 'metadata'
  readonly parameters: readonly string[]
  run(asked: Asked, data: GenomicsData, genome: Genome): Promise<Parameters>
}

function subject(
  name: string,
  group: GenomicsOperation['group'],
  own: readonly string[],
  operation: SubjectOperation,
): GenomicsOperation {
  const parameters = [...SUBJECT_PARAMETERS, ...own]
  return {
    name,
    about: 'subject',
    group,
    parameters,
    async run(asked, data, genome) {
      asked.only(parameters)
      asked.required('subject')
      // What is asked for is missing before it is asked of whom.
      if (group === 'genotype') for (const one of own) asked.required(one)
      return operation(asked, await viewOf(asked, data, genome))
    },
  }
}

function population(
  name: string,
  group: GenomicsOperation['group'],
  own: readonly string[],
  operation: PopulationOperation,
): GenomicsOperation {
  const parameters = [...POPULATION_PARAMETERS, ...own]
  return {
    name,
    about: 'population',
    group,
    parameters,
    async run(asked, data, genome) {
      asked.only(parameters)
      return operation(asked, data, genome)
    },
  }
}

const concluding =
  (kind: ImplicationKind): SubjectOperation =>
  (asked, view) =>
    subjectImplications(kind, asked, view)
const concludingForAll =
  (kind: ImplicationKind): PopulationOperation =>
  (asked, data, genome) =>
    populationImplications(kind, asked, data, genome)

/** Genomics Reporting IG STU3, OperationDefinitions. */
export const GENOMICS_OPERATIONS: readonly GenomicsOperation[] = [
  subject('find-subject-variants', 'genotype', ['ranges'], subjectVariants),
  subject('find-subject-specific-variants', 'genotype', ['variants'], subjectSpecificVariants),
  subject(
    'find-subject-structural-intersecting-variants',
    'genotype',
    ['ranges'],
    subjectStructuralIntersecting,
  ),
  subject('find-subject-structural-subsuming-variants', 'genotype', ['ranges'], subjectStructuralSubsuming),
  subject('find-subject-haplotypes', 'genotype', ['genes'], subjectHaplotypes),
  subject('find-subject-specific-haplotypes', 'genotype', ['haplotypes'], subjectSpecificHaplotypes),
  subject(
    'find-subject-tx-implications',
    'phenotype',
    ['variants', 'ranges', 'haplotypes', 'treatments', 'conditions'],
    concluding(TREATMENT),
  ),
  subject(
    'find-subject-dx-implications',
    'phenotype',
    ['variants', 'ranges', 'conditions'],
    concluding(DIAGNOSIS),
  ),
  subject(
    'find-subject-molecular-consequences',
    'phenotype',
    ['variants', 'ranges', 'featureConsequences'],
    concluding(CONSEQUENCE),
  ),
  subject('find-study-metadata', 'metadata', ['ranges'], studyMetadata),
  population('find-population-specific-variants', 'genotype', ['variants'], populationSpecificVariants),
  population(
    'find-population-structural-intersecting-variants',
    'genotype',
    ['ranges'],
    populationStructuralIntersecting,
  ),
  population(
    'find-population-structural-subsuming-variants',
    'genotype',
    ['ranges'],
    populationStructuralSubsuming,
  ),
  population('find-population-specific-haplotypes', 'genotype', ['haplotypes'], populationSpecificHaplotypes),
  population(
    'find-population-tx-implications',
    'phenotype',
    ['variants', 'haplotypes', 'treatments', 'conditions'],
    concludingForAll(TREATMENT),
  ),
  population(
    'find-population-dx-implications',
    'phenotype',
    ['variants', 'haplotypes', 'conditions'],
    concludingForAll(DIAGNOSIS),
  ),
  population(
    'find-population-molecular-consequences',
    'phenotype',
    ['variants', 'featureConsequences'],
    concludingForAll(CONSEQUENCE),
  ),
]
