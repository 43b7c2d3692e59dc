import type { Resource } from '../../record/resource.ts'
import { Fault } from '../../terms/fault.ts'
import type { Asked } from './asked.ts'
import type { Genome } from './genome.ts'
import type { GenomicsData } from './genomics-data.ts'
import { isOfClass } from './source-class.ts'
import { type StoredVariant, storedVariant } from './stored-variant.ts'
import { fromStudies, type Study, studiesOf, studyFilter } from './study.ts'

/** Parameters that every operation on a person has. */
export const SUBJECT_PARAMETERS = [
  'subject',
  'testIdentifiers',
  'testDateRange',
  'specimenIdentifiers',
  'genomicSourceClass',
  'includeVariants',
  'includePhasing',
] as const

/** What a question about one person is answered from: the Observations of the tests and the class asked for. */
export interface SubjectView {
  readonly observations: readonly Resource[]
  readonly variants: readonly StoredVariant[]
  readonly studies: readonly Study[]
  readonly genome: Genome
}

/** Throws PARAMETER_MISSING, RESOURCE_UNKNOWN. */
export async function viewOf(asked: Asked, data: GenomicsData, genome: Genome): Promise<SubjectView> {
  const subject = asked.required('subject')[0]!.replace(/^.*Patient\//, '')
  const filter = studyFilter(asked)
  const resources = await data.ofSubject(subject)
  if (resources === undefined) {
    throw new Fault(
      'RESOURCE_UNKNOWN',
      'subject',
      'there is no patient of this id',
      'Use the id of a Patient of this server.',
    )
  }
  const studies = studiesOf(resources)
  const [sourceClass] = asked.all('genomicSourceClass')
  const own = resources.filter((one) => one.resourceType === 'Observation')
  const observations = fromStudies(own, studies, filter)
  const variants = observations.flatMap((one) => storedVariant(one) ?? [])
  return {
    observations,
    variants: variants.filter((one) => isOfClass(one.resource, sourceClass)),
    studies: filter === undefined ? studies : studies.filter(filter),
    genome,
  }
}
