import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { fhirStatusOf, outcomeOf } from '../../fhir/rest/outcome.ts'
import type { Named } from '../../fhir/search/chained-criteria.ts'
import type { SearchIndex } from '../../fhir/search/search-index.ts'
import { NOTICE_HEADER, PART_2_NOTICE } from '../../safeguard/access/part-2-notice.ts'
import type { AuditEntry } from '../../safeguard/audit/audit-entry.ts'
import type { StoredExport } from '../../store/messages/outbound-store.ts'
import { Fault } from '../../terms/fault.ts'
import { accessOf } from '../access/access-of.ts'
import { FHIR_ROOT } from '../fhir/routes.ts'
import { contentTypeRefused, outward } from '../http/fault-reply.ts'
import type { Services } from '../http/services.ts'
import { EXPORT, exportDecision, unknownExport } from './export-job.ts'
import type { ExportNotes } from './export-notes.ts'
import { type ExportRequest, exportParameters, kickOffParameters } from './export-request.ts'

/** How long an export can be fetched, ms. */
const KEPT = 24 * 3600 * 1000
/** Largest body of a kick-off, bytes. */
const KICK_OFF_LARGEST = 2 ** 16
const KICK_OFFS = [
  ['', 'system'],
  ['Patient/', 'patients'],
  ['Group/:id/', 'group'],
] as const
const STATUS = `${FHIR_ROOT}/$export-status`

/** FHIR Bulk Data Access 2.0: kick-off, status, files, deletion. */
export function bulkRoutes(
  server: FastifyInstance,
  services: Services,
  index: SearchIndex,
  wake: () => void,
): void {
  const { store, now, publicUrl, facts, site, audit } = services
  const access = accessOf(facts, site)

  server.register(async (bulk) => {
    bulk.setErrorHandler(async (thrown, _request, reply) => {
      const error = contentTypeRefused(
        thrown,
        'Parameters as application/fhir+json, or the parameters in the address',
      )
      if (!(error instanceof Fault)) throw error
      return reply
        .code(fhirStatusOf(error.code))
        .header('content-type', 'application/fhir+json; charset=utf-8')
        .send(JSON.stringify(outcomeOf(outward(error))))
    })

    // A kick-off by POST brings Parameters, or nothing but the address.
    bulk.removeAllContentTypeParsers()
    const types = [
      'application/fhir+json',
      'application/json',
      'application/x-www-form-urlencoded',
      'text/plain',
    ]
    bulk.addContentTypeParser(
      types,
      { parseAs: 'string', bodyLimit: KICK_OFF_LARGEST },
      (_request, body, done) => done(null, body),
    )

    const kickOff = (of: ExportRequest['of']) => async (request: FastifyRequest, reply: FastifyReply) => {
      const { caller } = request
      const { tenant } = caller
      const group = (request.params as { id?: string }).id
      const prefer = String(request.headers['prefer'] ?? '')
      if (!/\brespond-async\b/.test(prefer)) {
        throw new Fault(
          'EXPORT_ASYNC',
          'prefer',
          'an export is made in the background',
          'Send "Prefer: respond-async" and follow the Content-Location of the answer.',
        )
      }
      const at = now().toISOString()
      const query: readonly Named[] = [
        ...new URLSearchParams(request.url.split('?')[1] ?? ''),
        ...kickOffParameters(typeof request.body === 'string' ? request.body : ''),
      ]
      const lenient = /handling\s*=\s*lenient/.test(prefer)
      const base = `${publicUrl()}${FHIR_ROOT}`
      const read = exportParameters(query, index, { base, now: now().getTime(), lenient, of })
      mayExport({ ...read, group }, caller, at)
      if (group !== undefined) {
        const seen = access.authorize(caller, { action: 'read', kind: 'Group' }, at)
        const found = await store.resources.read(tenant, { type: 'Group', id: group }, seen.restriction)
        if (found?.json === undefined)
          throw new Fault('RESOURCE_UNKNOWN', `Group/${group}`, 'there is no such group', 'Check the id.')
      }
      const id = randomUUID()
      const asked: ExportRequest = { url: `${publicUrl()}${request.url}`, caller, of, group, ...read }
      const expiresAt = new Date(Date.parse(at) + KEPT).toISOString()
      await store.exports.expire(tenant, at)
      await store.exports.begin(tenant, {
        id,
        owner: caller.id,
        request: asked,
        transactionTime: at,
        expiresAt,
      })
      await store.jobs.enqueue(tenant, [{ kind: EXPORT, key: id, payload: { export: id } }], at)
      await written(request, 'export-kick-off', read.types)
      wake()
      return reply.code(202).header('content-location', `${publicUrl()}${STATUS}/${id}`).send()
    }

    for (const [path, of] of KICK_OFFS) {
      bulk.route({
        method: ['GET', 'POST'],
        url: `${FHIR_ROOT}/${path}$export`,
        config: { audit: false },
        handler: kickOff(of),
      })
    }

    bulk.get(`${STATUS}/:id`, { config: { audit: false } }, async (request, reply) => {
      const kept = await own(request)
      if (kept.files === undefined) return pending(request, reply, kept)
      await written(request, 'export-status', [])
      const { url } = kept.request as ExportRequest
      const notes = (kept.notes ?? {}) as ExportNotes
      if (notes.part2 === true) reply.header(NOTICE_HEADER, PART_2_NOTICE)
      return reply
        .header('expires', new Date(kept.expiresAt).toUTCString())
        .header('content-type', 'application/json')
        .send({
          transactionTime: kept.transactionTime,
          request: url,
          requiresAccessToken: true,
          ...(notes.anonymity === undefined && notes.part2 === undefined
            ? {}
            : {
                extension: {
                  ...(notes.anonymity === undefined ? {} : { anonymity: notes.anonymity }),
                  ...(notes.part2 === undefined ? {} : { [NOTICE_HEADER]: PART_2_NOTICE }),
                },
              }),
          output: kept.files.map(({ type, file, count }) => ({
            type,
            count,
            url: `${publicUrl()}${FHIR_ROOT}/$export-file/${kept.id}/${type}/${file}`,
          })),
          error: [],
        })
    })

    bulk.delete(`${STATUS}/:id`, { config: { audit: false } }, async (request, reply) => {
      const kept = await own(request)
      const { tenant } = request.caller
      const jobs = await store.jobs.list(tenant, undefined, 1000)
      const job = jobs.find((one) => one.kind === EXPORT && one.key === kept.id)
      if (job !== undefined && (job.state === 'waiting' || job.state === 'running'))
        await store.jobs.cancel(tenant, job.id, now().toISOString())
      await store.exports.remove(tenant, kept.id)
      await written(request, 'export-delete', [])
      return reply.code(202).send()
    })

    bulk.get(
      `${FHIR_ROOT}/$export-file/:id/:type/:file`,
      { config: { audit: false } },
      async (request, reply) => {
        const kept = await own(request)
        const { type, file } = request.params as { type: string; file: string }
        const found = kept.files?.find((one) => one.type === type && String(one.file) === file)
        if (found === undefined) throw unknownExport()
        await written(request, 'export-file', [type], found.count)
        if ((kept.notes as ExportNotes | undefined)?.part2 === true)
          reply.header(NOTICE_HEADER, PART_2_NOTICE)
        return reply
          .header('content-type', 'application/fhir+ndjson')
          .header('cache-control', 'no-store')
          .send(Readable.from(store.exports.read(request.caller.tenant, kept.id, type, found.file)))
      },
    )
  })

  /**
   * Throws ACCESS_DENIED when the caller may have none of the types, with identifiers or without; EXPORT_NARROWED when
   * an export without identifiers is asked of some people only: who chooses them knows whose data they are.
   */
  function mayExport(
    asked: Pick<ExportRequest, 'types' | 'filters' | 'since' | 'group'>,
    caller: ExportRequest['caller'],
    at: string,
  ): void {
    const inRecords = asked.types.filter(
      (type) => index.facts.patientCompartment.has(type) || type === 'Patient',
    )
    const decisions = inRecords.map((type) => exportDecision(access, caller, type, at))
    if (decisions.length > 0 && !decisions.some(({ allow }) => allow)) {
      throw new Fault(
        'ACCESS_DENIED',
        'export',
        decisions[0]!.because,
        'Ask whoever administers access here.',
      )
    }
    const clean = decisions.some(({ allow, obligations }) => allow && obligations.includes('deidentify'))
    const narrowed =
      Object.keys(asked.filters).length > 0 || asked.since !== undefined || asked.group !== undefined
    if (clean && narrowed) {
      throw new Fault(
        'EXPORT_NARROWED',
        '_typeFilter, _since, Group',
        'an export without identifiers is of everybody who agreed to it: a choice of people could single one out',
        'Ask for whole types with _type, and choose in what you receive.',
      )
    }
  }

  /** The export that a path names, of this caller. Throws EXPORT_UNKNOWN. */
  async function own(request: FastifyRequest): Promise<StoredExport> {
    const { caller } = request
    const { id } = request.params as { id: string }
    const kept = await store.exports.get(caller.tenant, id)
    if (kept === undefined || kept.owner !== caller.id || kept.expiresAt <= now().toISOString())
      throw unknownExport()
    return kept
  }

  async function pending(
    request: FastifyRequest,
    reply: FastifyReply,
    kept: StoredExport,
  ): Promise<FastifyReply> {
    const jobs = await store.jobs.list(request.caller.tenant, undefined, 1000)
    const job = jobs.find((one) => one.kind === EXPORT && one.key === kept.id)
    if (job === undefined || job.state === 'dead' || job.state === 'cancelled') {
      throw new Fault(
        job?.fault?.code ?? 'EXPORT_FAILED',
        'export',
        job?.fault?.what ?? 'the export was given up',
        job?.fault?.mend ?? 'Ask for it again.',
      )
    }
    const { done, of, text } = job.progress
    return reply
      .code(202)
      .header('retry-after', '1')
      .header('x-progress', of === undefined ? 'waiting' : `${done} of ${of} types: ${text}`.slice(0, 100))
      .send()
  }

  async function written(
    request: FastifyRequest,
    interaction: string,
    what: readonly string[],
    count?: number,
  ): Promise<void> {
    const { caller, ip } = request
    const entry: AuditEntry = {
      at: now().toISOString(),
      action: 'E',
      kind: 'export',
      interaction,
      outcome: 'success',
      who: {
        id: caller.id,
        roles: caller.roles,
        ...(caller.session === undefined ? {} : { session: caller.session }),
        address: ip,
      },
      purpose: caller.purpose,
      patients: [],
      what,
      ...(count === undefined ? {} : { count }),
    }
    await audit.record(caller.tenant, entry)
  }
}
