import { contentUuid } from '../../deliver/fhir/entries.ts'
import type { Resource } from '../../record/resource.ts'
import type { ArchivedFile } from '../../store/archive/file-archive.ts'
import type { PatientId } from '../../terms/ids.ts'

/** Media types of received files; labels and consents know genotypes by them. */
const MEDIA: Readonly<Record<ArchivedFile['format'], string>> = {
  vcf: 'text/vcf',
  'dtc-text': 'text/plain',
  'outside-calls': 'text/tab-separated-values',
  fhir: 'application/fhir+json',
  tumor: 'application/octet-stream',
}

/** Media type of the bytes as they are given: those of a block-compressed VCF are no text. */
export function mediaOf({ name, format }: Pick<ArchivedFile, 'name' | 'format'>): string {
  return /\.b?gz$/i.test(name) ? 'application/gzip' : MEDIA[format]
}

/** Address of the bytes below the server's own. */
export function fileAddress(patient: PatientId, { sha256 }: Pick<ArchivedFile, 'sha256'>): string {
  return `/api/patients/${encodeURIComponent(patient)}/files/${sha256}`
}

/** A received file as FHIR tells it: where its bytes are, how many, and their name. */
export function fileResource(patient: PatientId, file: ArchivedFile, publicUrl: string): Resource {
  return {
    resourceType: 'DocumentReference',
    id: contentUuid(`received file ${patient} ${file.sha256}`),
    meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'GDIS' }] },
    status: 'current',
    type: { text: 'Genotype or result file as it was received' },
    subject: { reference: `Patient/${patient}` },
    date: new Date(file.receivedAt).toISOString(),
    content: [
      {
        attachment: {
          contentType: mediaOf(file),
          url: `${publicUrl}${fileAddress(patient, file)}`,
          size: file.bytes,
          title: file.name,
        },
      },
    ],
  }
}
