import type { Plan } from '../../decide/plan.ts'
import type { PgxFinding } from '../../interpret/finding.ts'
import type { PatientRecord } from '../../record/patient-record.ts'
import type { GeneIds } from './code.ts'
import { contentUuid, Entries } from './entries.ts'
import { addGene } from './genotype.ts'
import { addImplication } from './implication.ts'
import { addPhase } from './phase.ts'
import { addDevice, addProvenance } from './provenance.ts'
import { addRecommendation } from './recommendation.ts'
import { addReport } from './report.ts'
import type { ReportContext } from './report-context.ts'
import type { Bundle, Patient, Reference, ReportStatus } from './resource.ts'
import { addStudy } from './study.ts'
import { addVariants, type NamedLocus } from './variant.ts'

export interface BundleInput {
  readonly record: PatientRecord
  readonly findings: readonly PgxFinding[]
  readonly plan: Plan
  /** Loci of which non-reference calls are reported as variants. */
  readonly loci: readonly NamedLocus[]
  readonly genes: GeneIds
  /** When the report was made, ISO 8601 instant; every date in the bundle is this one. */
  readonly issued: string
  readonly type: Bundle['type']
  readonly status: ReportStatus
}

/**
 * The report as a FHIR R4 Bundle by the Genomics Reporting guide STU3 (3.0.0).
 * collection: to be read. transaction: to be POSTed to a FHIR server.
 * Same input, same bytes: ids are UUIDs of the content. Dates of sampling are not known here and are left out.
 */
export function reportBundle(input: BundleInput): Bundle {
  const { record, plan, findings } = input
  const entries = new Entries()
  const context: ReportContext = {
    entries,
    patient: entries.add(patientOf(record)),
    device: addDevice(entries, plan.engine.version, 'Pharmacogenomic decision support software'),
    status: input.status,
    issued: input.issued,
    genes: input.genes,
  }
  const genotypes = record.genotypes.filter((set) => plan.sample === undefined || set.sample === plan.sample)
  const variants = genotypes.flatMap((set) => addVariants(context, set, input.loci))
  const phase = genotypes.length === 1 ? addPhase(context, variants) : []
  const genes = findings.map((finding) => addGene(context, finding, variants))
  const byGene = new Map(genes.map((one) => [one.gene, one]))
  const implications: Reference[] = []
  const tasks: Reference[] = []
  for (const advice of plan.drugs) {
    for (const one of advice.recommendations) {
      const implication = addImplication(context, advice, one, byGene)
      implications.push(implication)
      const task = addRecommendation(context, advice, one, implication)
      if (task !== undefined) tasks.push(task)
    }
  }
  const report = addReport(context, plan, {
    study: addStudy(context, genotypes, findings, byGene),
    variants: variants.map((one) => one.reference),
    phase,
    genes,
    implications,
    tasks,
  })
  const files = [...record.genotypes, ...record.outsideCalls].map((one) => one.source)
  addProvenance(context, report, files, plan.facts)
  const entry = input.type === 'collection' ? entries.collection() : entries.transaction()
  return {
    resourceType: 'Bundle',
    id: contentUuid(JSON.stringify(entry)),
    type: input.type,
    timestamp: input.issued,
    entry,
  }
}

/** What the report says of whom it is about. */
export function patientOf(
  record: Pick<PatientRecord, 'identifiers' | 'name' | 'sex' | 'birthDate'> &
    Partial<Pick<PatientRecord, 'id'>>,
): Patient {
  return {
    resourceType: 'Patient',
    identifier: [
      ...record.identifiers.map(({ system, value }) => ({ system, value })),
      ...(record.id === undefined ? [] : [{ system: 'urn:garrod:patient', value: record.id }]),
    ],
    ...(record.name === undefined ? {} : { name: [{ text: record.name }] }),
    gender: record.sex,
    ...(record.birthDate === undefined ? {} : { birthDate: record.birthDate }),
  }
}
