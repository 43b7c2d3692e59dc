import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import type { ProposedFact } from '../../intake/pdf/report-facts.ts'
import { sensitivityRules } from '../../knowledge/access/sensitivity.ts'
import { geneIds, geneSymbols } from '../../knowledge/gene-id.ts'
import type { Resource } from '../../record/resource.ts'
import { type Restriction, UNRESTRICTED } from '../../record/resource-query.ts'
import { labelling } from '../../safeguard/labels/labels-of.ts'
import { madeFrom } from '../../safeguard/labels/made-from.ts'
import type { PatientKey } from '../../store/person.ts'
import type { StoredProposal, WaitingDocument } from '../../store/uploads/proposal-store.ts'
import { decidedProposal, unknownProposal } from '../../store/uploads/proposals.ts'
import { Fault } from '../../terms/fault.ts'
import { GENOMIC } from '../../terms/genomics-reporting.ts'
import { patientId } from '../../terms/ids.ts'
import { bringUpToDate } from '../exchange/bring-up-to-date.ts'
import { resourceWrites } from '../exchange/resource-writes.ts'
import { parsed } from '../http/fault-reply.ts'
import { keyOf, recordOf } from '../http/patients.ts'
import { act, type Services } from '../http/services.ts'
import { contentOf, scanned } from '../scan/scanner.ts'
import { confirmedResources } from './confirmed-resource.ts'
import { type KeptProposal, pdfOf } from './document-reading.ts'
import { documentsToRead } from './read-document-job.ts'
import { ofVisibleDocuments } from './visible-proposals.ts'

/** Largest PDF taken, bytes. */
const LARGEST_PDF = 24 * 2 ** 20
const word = z.string().trim().min(1).max(500)
const Decision = z.strictObject({
  document: word,
  documentVersion: z.number().int().min(1),
  ordinal: z.number().int().min(0),
  decision: z.enum(['confirm', 'reject']),
  /** What the person corrected; fields that are not named stay as they were read. */
  corrected: z
    .strictObject({
      gene: word.regex(/^[A-Z][A-Z0-9-]{1,15}$/).optional(),
      diplotype: word.optional(),
      phenotype: word.optional(),
      cdna: word.optional(),
      protein: word.optional(),
    })
    .optional(),
  /** That the document is this person's although something in it says otherwise. */
  samePerson: z.boolean().default(false),
})

/** One proposal as the review page shows it. */
export interface ProposalView extends Omit<StoredProposal, 'json' | 'patient'> {
  readonly fact: ProposedFact
  readonly doubt: string | undefined
}

/** Documents: sent in, read, and what they state confirmed or rejected by a person. */
export function documentRoutes(server: FastifyInstance, services: Services, wake: () => void): void {
  const { store, tenant, facts } = services
  const writes = resourceWrites(facts)
  const rules = labelling(sensitivityRules(facts))
  const genes = geneIds(facts)
  const symbols = geneSymbols(facts)

  const listed = async (key: PatientKey, within: Restriction): Promise<readonly ProposalView[]> =>
    (await ofVisibleDocuments(store, tenant, await store.proposals.list(key), within)).map(viewOf)

  server.get(
    '/api/documents/waiting',
    async ({ access }): Promise<readonly WaitingDocument[]> =>
      ofVisibleDocuments(store, tenant, await store.proposals.waiting(tenant, 200), access.restriction),
  )

  server.register(async (scope) => {
    scope.addContentTypeParser(
      'application/pdf',
      { parseAs: 'buffer', bodyLimit: LARGEST_PDF },
      (_request, body, done) => done(null, body),
    )
    const config = { takes: 'one PDF as application/pdf' }
    scope.post('/api/patients/:id/documents', { config }, async (request, reply) => {
      const key = keyOf(services, request.params)
      await recordOf(services, key)
      const body: unknown = request.body
      if (!Buffer.isBuffer(body) || !body.subarray(0, 1024).includes('%PDF-')) {
        throw new Fault('PDF_MALFORMED', 'body', 'this is not a PDF', 'Send the file as application/pdf.')
      }
      request.audit.note(await scanned(services.scanner, () => contentOf(body)))
      const by = act(services, request.caller.id)
      const document: Resource = {
        resourceType: 'DocumentReference',
        id: `doc-${randomUUID()}`,
        status: 'current',
        type: {
          coding: [
            {
              system: 'http://loinc.org',
              code: GENOMIC.geneticAnalysisReport,
              display: 'Genetic analysis report',
            },
          ],
        },
        subject: { reference: `Patient/${key.patient}` },
        date: by.at,
        content: [{ attachment: { contentType: 'application/pdf', data: body.toString('base64') } }],
      }
      const changes = await store.resources.commit(tenant, writes([document], key.patient), by)
      await store.jobs.enqueue(tenant, documentsToRead(changes), by.at)
      wake()
      request.audit.touch(key.patient)
      return reply.code(202).send({ document: document.id })
    })
  })

  server.get('/api/patients/:id/proposals', async (request): Promise<readonly ProposalView[]> => {
    return listed(keyOf(services, request.params), request.access.restriction)
  })

  server.get('/api/patients/:id/documents/:document', async (request, reply) => {
    const key = keyOf(services, request.params)
    const { document } = parsed(z.object({ id: z.string(), document: word }), request.params, 'path')
    const found = await store.resources.read(
      tenant,
      { type: 'DocumentReference', id: document },
      request.access.restriction,
    )
    const pdf =
      found?.json === undefined || found.compartment !== key.patient
        ? undefined
        : pdfOf(JSON.parse(found.json) as Resource)
    if (pdf === undefined) {
      throw new Fault(
        'DOCUMENT_UNKNOWN',
        'document',
        'there is no such PDF',
        'See the documents of the person.',
      )
    }
    // It may have come by any door, and before there was a scanner.
    request.audit.note(await scanned(services.scanner, () => contentOf(pdf)))
    return reply.header('content-type', 'application/pdf').header('content-disposition', 'inline').send(pdf)
  })

  server.post('/api/patients/:id/proposals', async (request): Promise<readonly ProposalView[]> => {
    const key = keyOf(services, request.params)
    const { decision, corrected, samePerson, ...ref } = parsed(Decision, request.body, 'body')
    const within = request.access.restriction
    const [visible] = await ofVisibleDocuments(store, tenant, [ref], within)
    const stored = visible === undefined ? undefined : await store.proposals.get(key, ref)
    if (stored === undefined) throw unknownProposal()
    const by = act(services, request.caller.id)
    const { fact, doubt } = JSON.parse(stored.json) as KeptProposal
    const confirmation = { patient: patientId(key.patient), ref, at: by.at, by: by.by, genes }
    // What a confirmation wrote that was cut off, or overtaken by a rejection, is no result of anybody's.
    const takeBack = async () => {
      const refs = confirmedResources(fact, confirmation).map((one) => ({
        type: one.resourceType,
        id: one.id!,
      }))
      const there = await store.resources.readMany(tenant, refs, UNRESTRICTED)
      const deletions = there
        .filter(({ deleted }) => !deleted)
        .map(({ type, id, compartment }) => ({
          ...{ action: 'delete' as const, type, id, compartment, json: undefined },
          ...{ index: [], labels: [], codes: [] },
        }))
      if (deletions.length === 0) return
      await store.resources.commit(tenant, deletions, by)
      await bringUpToDate(store, key, symbols, by)
    }
    if (stored.state !== 'proposed') {
      // The rejection itself may have been cut off.
      if (stored.state === 'rejected') await takeBack()
      throw decidedProposal(stored.state)
    }
    if (decision === 'reject') {
      await store.proposals.decide(key, ref, 'rejected', undefined, by)
      await takeBack()
    } else {
      if (doubt !== undefined && !samePerson) {
        throw new Fault(
          'DOCUMENT_OF_ANOTHER',
          'document',
          `the document may be somebody else’s: ${doubt}`,
          'Find out whose it is. If it is this person’s, say so ("samePerson") and confirm again.',
        )
      }
      const confirmed = confirmedResources(correctedFact(fact, corrected), confirmation)
      const [first] = confirmed
      const found = await store.resources.read(
        tenant,
        { type: 'DocumentReference', id: ref.document },
        UNRESTRICTED,
      )
      const sources = found?.json === undefined ? [] : [JSON.parse(found.json) as Resource]
      // The Provenance quotes the document about the results.
      const results = confirmed.filter(({ resourceType }) => resourceType !== 'Provenance')
      const resources = confirmed.map((one) =>
        madeFrom(one, results.includes(one) ? sources : [...sources, ...results], rules),
      )
      // Written first: what is marked as confirmed is there, and confirming again after a crash writes the same.
      await store.resources.commit(tenant, writes(resources, key.patient), by)
      const made = { type: first!.resourceType, id: first!.id! }
      await store.proposals.decide(key, ref, 'confirmed', made, by).catch(async (error) => {
        if ((await store.proposals.get(key, ref))?.state === 'rejected') await takeBack()
        throw error
      })
      await bringUpToDate(store, key, symbols, by)
    }
    return listed(key, within)
  })
}

function correctedFact(fact: ProposedFact, corrected: z.infer<typeof Decision>['corrected']): ProposedFact {
  const named = Object.entries(corrected ?? {}).filter(([, value]) => value !== undefined)
  const unknown = named.find(([name]) => !(name in fact))
  if (unknown !== undefined) {
    throw new Fault(
      'PROPOSAL_FIELD',
      `corrected.${unknown[0]}`,
      'the proposal has no such field',
      'Correct the fields that it has.',
    )
  }
  return { ...fact, ...Object.fromEntries(named) }
}

function viewOf({ json, patient: _patient, ...rest }: StoredProposal): ProposalView {
  return { ...rest, ...(JSON.parse(json) as KeptProposal) }
}
