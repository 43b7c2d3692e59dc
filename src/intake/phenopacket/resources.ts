import { createHash } from 'node:crypto'
import { keepAsSent } from '../../record/as-sent.ts'
import type { Biosample, Disease, Interpretation, Phenopacket } from '../../record/phenopacket.ts'
import type { Resource } from '../../record/resource.ts'
import { GENOMIC } from '../../terms/genomics-reporting.ts'
import type { PatientId } from '../../terms/ids.ts'
import { clockTime, conceptOf, conditionTime, loinc } from './concept.ts'
import { genomicObservation, type SequenceOf } from './genomic-observation.ts'
import { featureObservation, measurementObservation } from './observations.ts'
import { actionResource } from './treatments.ts'

/** Category of the documents that hold a phenopacket as it came. */
const PHENOPACKET_TYPE = { system: 'urn:garrod:document', code: 'phenopacket' }

/** System of the identifier by which a packet's content is found again. */
export const CONTENT_SYSTEM = 'urn:garrod:phenopacket-content'

/** Where a phenopacket goes, and as what it came. */
interface Arrival {
  readonly patient: PatientId
  /** The document, byte for byte. */
  readonly text: string
  /** ISO 8601 instant at which it is taken in. */
  readonly at: string
  readonly sequenceOf: SequenceOf
}

/**
 * What a phenopacket says of a person as FHIR R4 resources, beside the Patient: Observations (features, measurements,
 * variants), Conditions, Specimens, reports, treatments; the document itself as a DocumentReference and its metaData as a
 * Provenance, which comes last and names all others. Ids follow from the person, the packet's id and the place in it, so
 * that a corrected packet replaces what it corrects.
 */
export function phenopacketResources(packet: Phenopacket, arrival: Arrival): readonly Resource[] {
  const { patient, sequenceOf, text, at } = arrival
  const subject = `Patient/${patient}`
  const idOf = (kind: string, ...at: readonly number[]) =>
    phenopacketResourceId(patient, packet.id, [kind, ...at.map((n) => String(n).padStart(4, '0'))].join('-'))
  const made: Resource[] = []
  const samples = new Map(
    (packet.biosamples ?? []).map((one, n) => [one.id, `Specimen/${idOf('biosample', n)}`]),
  )
  for (const [n, one] of (packet.phenotypicFeatures ?? []).entries())
    made.push(keepAsSent(featureObservation({ id: idOf('feature', n), subject }, one), one))
  for (const [n, one] of (packet.measurements ?? []).entries())
    made.push(keepAsSent(measurementObservation({ id: idOf('measurement', n), subject }, one), one))
  for (const [n, one] of (packet.diseases ?? []).entries())
    made.push(keepAsSent(diseaseCondition(idOf('disease', n), subject, one), one))
  for (const [n, one] of (packet.biosamples ?? []).entries()) {
    const { phenotypicFeatures = [], measurements = [], ...own } = one
    made.push(keepAsSent(specimen(idOf('biosample', n), subject, one, samples), own))
    const at = (kind: string, m: number) => ({
      id: idOf(`biosample-${kind}`, n, m),
      subject,
      specimen: `Specimen/${idOf('biosample', n)}`,
    })
    for (const [m, its] of phenotypicFeatures.entries())
      made.push(keepAsSent(featureObservation(at('feature', m), its), its))
    for (const [m, its] of measurements.entries())
      made.push(keepAsSent(measurementObservation(at('measurement', m), its), its))
  }
  for (const [n, one] of (packet.interpretations ?? []).entries()) {
    const results = (one.diagnosis?.genomicInterpretations ?? []).map((its, m) => {
      const id = idOf('variant', n, m)
      const where = samples.get(its.subjectOrBiosampleId)
      const frame = { id, subject, ...(where === undefined ? {} : { specimen: where }) }
      return keepAsSent(genomicObservation(frame, its, sequenceOf), its)
    })
    made.push(...results, reportOf(idOf('interpretation', n), subject, one, results))
  }
  for (const [n, one] of (packet.medicalActions ?? []).entries())
    made.push(keepAsSent(actionResource(idOf('action', n), subject, one), one))
  const { id, subject: individual, files, metaData } = packet
  const frame = { id, ...(individual && { subject: individual }), ...(files && { files }), metaData }
  made.push(keepAsSent(documentOf(idOf('document'), subject, text, packet, at), frame))
  made.push(provenanceOf(phenopacketProvenance(patient, id), made, packet, at))
  return made
}

/** Digest of everything that a packet says, its metaData aside: the same content about two people is a mix-up. */
export function phenopacketContent({ metaData: _metaData, ...content }: Phenopacket): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex')
}

/** Id of the Provenance that names what a packet was last made into. */
export function phenopacketProvenance(patient: PatientId, packet: string): string {
  return phenopacketResourceId(patient, packet, 'provenance')
}

/** A digest, as the packet's own id may be a name; then the place in the packet, in whose order resources are given again. */
function phenopacketResourceId(patient: PatientId, packet: string, place: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([patient, packet]))
    .digest('hex')
  return `pp-${digest.slice(0, 24)}-${place}`
}

function diseaseCondition(id: string, subject: string, disease: Disease): Resource {
  const {
    term,
    excluded,
    onset,
    resolution,
    diseaseStage = [],
    clinicalTnmFinding = [],
    primarySite,
  } = disease
  const stages = [
    ...diseaseStage.map((one) => ({ summary: conceptOf(one), type: { text: 'disease stage' } })),
    ...clinicalTnmFinding.map((one) => ({ summary: conceptOf(one), type: { text: 'clinical TNM finding' } })),
  ]
  const system = 'http://terminology.hl7.org/CodeSystem/condition-'
  const resolved = resolution !== undefined && excluded !== true
  return {
    resourceType: 'Condition',
    id,
    ...(resolved
      ? { clinicalStatus: { coding: [{ system: `${system}clinical`, code: 'resolved' }] } }
      : excluded === true
        ? {}
        : { clinicalStatus: { coding: [{ system: `${system}clinical`, code: 'active' }] } }),
    verificationStatus: {
      coding: [{ system: `${system}ver-status`, code: excluded === true ? 'refuted' : 'confirmed' }],
    },
    code: conceptOf(term),
    subject: { reference: subject },
    ...(primarySite === undefined ? {} : { bodySite: [conceptOf(primarySite)] }),
    ...conditionTime('onset', onset),
    ...(resolved ? conditionTime('abatement', resolution) : {}),
    ...(stages.length === 0 ? {} : { stage: stages }),
  }
}

function specimen(
  id: string,
  subject: string,
  sample: Biosample,
  samples: ReadonlyMap<string, string>,
): Resource {
  const { sampledTissue, sampleType, sampledType, materialSample, timeOfCollection, derivedFromId } = sample
  const type = sampleType ?? sampledType ?? materialSample
  const parent = derivedFromId === undefined ? undefined : samples.get(derivedFromId)
  const collection = {
    ...clockTime('collected', timeOfCollection),
    ...(sampledTissue === undefined ? {} : { bodySite: conceptOf(sampledTissue) }),
    ...(sample.procedure === undefined ? {} : { method: conceptOf(sample.procedure.code) }),
  }
  return {
    resourceType: 'Specimen',
    id,
    identifier: [{ value: sample.id }],
    ...(type === undefined ? {} : { type: conceptOf(type) }),
    subject: { reference: subject },
    ...(parent === undefined ? {} : { parent: [{ reference: parent }] }),
    ...(Object.keys(collection).length === 0 ? {} : { collection }),
    ...(sample.description ? { note: [{ text: sample.description }] } : {}),
  }
}

const REPORT_STATUS: Readonly<Record<string, string>> = {
  UNKNOWN_PROGRESS: 'unknown',
  IN_PROGRESS: 'partial',
  COMPLETED: 'final',
  SOLVED: 'final',
  UNSOLVED: 'final',
}

function reportOf(id: string, subject: string, one: Interpretation, results: readonly Resource[]): Resource {
  const { diagnosis, summary, progressStatus } = one
  const report: Resource = {
    resourceType: 'DiagnosticReport',
    id,
    status: REPORT_STATUS[progressStatus]!,
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'GE' }] }],
    code: loinc(GENOMIC.geneticAnalysisReport, 'Genetic analysis report'),
    subject: { reference: subject },
    ...(results.length === 0
      ? {}
      : { result: results.map((its) => ({ reference: `Observation/${its.id}` })) }),
    ...(summary ? { conclusion: summary } : {}),
    ...(diagnosis === undefined ? {} : { conclusionCode: [conceptOf(diagnosis.disease)] }),
  }
  // The variants are told by their own resources, as these then say.
  const { genomicInterpretations: _told, ...rest } = diagnosis ?? {}
  return keepAsSent(report, { ...one, ...(diagnosis === undefined ? {} : { diagnosis: rest }) })
}

function documentOf(id: string, subject: string, text: string, packet: Phenopacket, at: string): Resource {
  const bytes = Buffer.from(text, 'utf8')
  return {
    resourceType: 'DocumentReference',
    id,
    status: 'current',
    identifier: [{ system: CONTENT_SYSTEM, value: phenopacketContent(packet) }],
    type: { coding: [PHENOPACKET_TYPE], text: 'GA4GH Phenopacket' },
    subject: { reference: subject },
    date: at,
    content: [
      {
        attachment: {
          contentType: 'application/json',
          data: bytes.toString('base64'),
          size: bytes.length,
          hash: createHash('sha1').update(bytes).digest('base64'),
          title: 'phenopacket.json',
          creation: packet.metaData.created,
        },
      },
    ],
  }
}

function provenanceOf(
  id: string,
  made: readonly Resource[],
  { metaData }: Phenopacket,
  at: string,
): Resource {
  const roles = 'http://terminology.hl7.org/CodeSystem/provenance-participant-type'
  const agent = (code: string, who: string) => ({
    type: { coding: [{ system: roles, code }] },
    who: { display: who || 'not said' },
  })
  return {
    resourceType: 'Provenance',
    id,
    target: made.map((one) => ({ reference: `${one.resourceType}/${one.id}` })),
    occurredDateTime: metaData.created,
    recorded: at,
    agent: [
      agent('author', metaData.createdBy),
      ...(metaData.submittedBy ? [agent('enterer', metaData.submittedBy)] : []),
    ],
    entity: [
      {
        role: 'source',
        what: { reference: `DocumentReference/${made.at(-1)!.id}` },
      },
    ],
  }
}
