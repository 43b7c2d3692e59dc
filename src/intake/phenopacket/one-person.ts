import type { Phenopacket } from '../../record/phenopacket.ts'
import { Fault } from '../../terms/fault.ts'

/** Throws PHENOPACKET_NOT_HUMAN. */
export function humanOnly({ subject, biosamples = [] }: Phenopacket, name: string): void {
  const named = [
    ['subject.taxonomy', subject?.taxonomy] as const,
    ...biosamples.map((one, n) => [`biosamples[${n}].taxonomy`, one.taxonomy] as const),
  ]
  for (const [where, taxonomy] of named) {
    if (taxonomy === undefined || taxonomy.id === 'NCBITaxon:9606') continue
    throw new Fault(
      'PHENOPACKET_NOT_HUMAN',
      `${name}: ${where}`,
      'this is no human',
      'Records are kept of people only.',
    )
  }
}

/**
 * Fields that name neither the subject nor one of the packet's samples. By the specification a phenopacket is about one
 * person, so that they are taken to be the subject's; whoever takes the packet in is told to look.
 */
export function otherIds({ subject, biosamples = [], interpretations = [] }: Phenopacket): readonly string[] {
  if (subject === undefined) return []
  const people = new Set([subject.id, ...(subject.alternateIds ?? [])])
  const known = new Set([...people, ...biosamples.map(({ id }) => id)])
  return [
    ...biosamples.flatMap(({ individualId }, n) =>
      !individualId || people.has(individualId) ? [] : [`biosamples[${n}].individualId`],
    ),
    ...interpretations.flatMap(({ diagnosis }, n) =>
      (diagnosis?.genomicInterpretations ?? []).flatMap(({ subjectOrBiosampleId }, m) =>
        known.has(subjectOrBiosampleId)
          ? []
          : [`interpretations[${n}].diagnosis.genomicInterpretations[${m}].subjectOrBiosampleId`],
      ),
    ),
  ]
}
