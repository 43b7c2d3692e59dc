import type { Facts } from '../../knowledge/facts.ts'
import { geneIds } from '../../knowledge/gene-id.ts'
import type { Resource } from '../../record/resource.ts'
import { UNRESTRICTED } from '../../record/resource-query.ts'
import type { NewJob } from '../../store/jobs/jobs.ts'
import type { ResourceChange } from '../../store/resources/resource-store.ts'
import type { Store } from '../../store/store.ts'
import { patientId } from '../../terms/ids.ts'
import type { JobHandler } from '../jobs/worker.ts'
import { pdfOf, proposalsOf } from './document-reading.ts'

export const READ_DOCUMENT = 'read-document'

/** Documents that were written, each to be read once in each version. */
export function documentsToRead(changes: readonly ResourceChange[]): readonly NewJob[] {
  return changes
    .filter(
      ({ type, action, compartment }) =>
        type === 'DocumentReference' && (action === 'created' || action === 'updated') && compartment !== '',
    )
    .map(({ id, version, compartment }) => ({
      kind: READ_DOCUMENT,
      key: `${id}/${version}`,
      payload: { patient: compartment, document: id, version },
    }))
}

/** Reads the PDF of a document and keeps what it seems to state, for a person to confirm. */
export function readDocumentJob({
  store,
  facts,
  now,
}: {
  readonly store: Store
  readonly facts: Facts
  readonly now: () => Date
}): JobHandler {
  const genes = geneIds(facts)
  return async ({ tenant, job, progress }) => {
    const payload = job.payload as { patient: string; document: string; version: number }
    const key = { tenant, patient: patientId(payload.patient) }
    const ref = { type: 'DocumentReference', id: payload.document }
    const stored = await store.resources.read(tenant, ref, UNRESTRICTED)
    // Replaced or removed in the meantime: another job reads what is there now.
    if (
      stored?.json === undefined ||
      stored.version !== payload.version ||
      stored.compartment !== key.patient
    )
      return
    const document = JSON.parse(stored.json) as Resource
    const person = await store.patients.get(key)
    const withdrawn = document['status'] === 'entered-in-error' || document['status'] === 'superseded'
    const pdf = withdrawn ? undefined : pdfOf(document)
    const act = { at: now().toISOString(), by: 'job:read-document' }
    const found =
      pdf === undefined || person === undefined
        ? []
        : await proposalsOf(pdf, person, (symbol) => genes.has(symbol) || /^[A-Z][A-Z0-9]{1,9}$/.test(symbol))
    const texts = found.map((one) => JSON.stringify(one))
    const added = await store.proposals.propose(key, { id: ref.id, version: stored.version }, texts, act)
    progress(1, 1, `${added} proposals`)
  }
}
