import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { codeWords } from '../../decide/sentence/code-words.ts'
import { reportBundle } from '../../deliver/fhir/bundle.ts'
import { reportHtml } from '../../deliver/page/report-html.ts'
import type { ReportInput } from '../../deliver/page/report-input.ts'
import { geneIds } from '../../knowledge/gene-id.ts'
import { codes } from '../../knowledge/guideline/codes.ts'
import { PART_2_NOTICE } from '../../safeguard/access/part-2-notice.ts'
import { Fault } from '../../terms/fault.ts'
import { namedLoci } from '../pgx/named-loci.ts'
import { VERSION } from '../version.ts'
import type { FactsReply, FindingsReply, PlanReply, PlansReply } from './api.ts'
import type { AuditedAs } from './audit-trail.ts'
import { parsed } from './fault-reply.ts'
import { keepIssued } from './issued-plan.ts'
import { keyOf, recordOf, seenBy, versionedRecord } from './patients.ts'
import { seenRecord } from './seen-record.ts'
import type { Services } from './services.ts'

const PlanQuery = z.strictObject({ which: z.enum(['actionable', 'all']).default('actionable') })
const BundleQuery = z.strictObject({ transaction: z.stringbool().default(false) })

/** What leaves this house as a document. */
const REPORT: AuditedAs = { kind: 'export', interaction: 'report', action: 'R' }

const PlanVersion = z.object({ version: z.coerce.number().int().positive() })

/** Routes of answers about one person, and of the facts they rest on. */
export function answerRoutes(server: FastifyInstance, services: Services): void {
  const interpreted = async (request: FastifyRequest, which?: 'actionable' | 'all') => {
    const { record, withheld } = await seenBy(services, request, keyOf(services, request.params))
    return { ...services.interpret(record, which), told: withheld === undefined ? {} : { withheld } }
  }
  /** What leaves as a report: advice on every drug, kept as it was said. Of the whole record, or none. */
  const issued = async ({ params, access }: FastifyRequest) => {
    const key = keyOf(services, params)
    const { record, version } = await versionedRecord(services, key)
    const { withheld } = await seenRecord(services, key, record, access.restriction)
    if (withheld !== undefined) throw partHidden()
    const answer = services.interpret(record, 'all')
    await keepIssued(services, key, version, answer)
    return { record, ...answer }
  }
  const report = async (request: FastifyRequest): Promise<ReportInput> => ({
    ...(await issued(request)),
    ...(request.access.obligations.includes('part-2-notice') ? { notice: PART_2_NOTICE } : {}),
    reportedOn: services.now().toISOString().slice(0, 10),
    packs: services.facts.inForce.map(({ head }) => head),
    words: codeWords(codes(services.facts)),
  })

  server.get('/api/patients/:id/findings', async (request): Promise<FindingsReply> => {
    const { findings, plan, told } = await interpreted(request)
    return { findings, facts: plan.facts, ...told }
  })

  server.get('/api/patients/:id/plan', async (request): Promise<PlanReply> => {
    const { which } = parsed(PlanQuery, request.query, 'query')
    const { plan, told } = await interpreted(request, which)
    return { ...plan, ...told }
  })

  server.get('/api/patients/:id/plans', async (request): Promise<PlansReply> => {
    const key = keyOf(services, request.params)
    await recordOf(services, key)
    return { plans: await services.store.plans.list(key) }
  })

  server.get('/api/patients/:id/plans/:version', async (request, reply) => {
    const key = keyOf(services, request.params)
    const { version } = parsed(PlanVersion, request.params, 'path')
    // What was issued rests on the record of then: who may not see all of it now is not shown what was made of it.
    const { withheld } = await seenBy(services, request, key)
    if (withheld !== undefined) throw partHidden()
    const found = await services.store.plans.get(key, version)
    if (found === undefined) throw planUnknown(version)
    return reply.type('application/json; charset=utf-8').send(found.json)
  })

  server.get('/api/patients/:id/report.html', { config: { audit: REPORT } }, async (request, reply) => {
    const page = reportHtml(await report(request))
    return reply.type('text/html; charset=utf-8').header('content-security-policy', REPORT_POLICY).send(page)
  })

  server.get('/api/patients/:id/report.pdf', { config: { audit: REPORT } }, async (request, reply) => {
    const input = await report(request)
    // Loaded when first asked for: the PDF library is the slowest part of the start.
    const { reportPdf } = await import('../../deliver/page/report-pdf.ts')
    const name = `pharmacogenomic-report-${input.record.id}.pdf`
    return reply
      .type('application/pdf')
      .header('content-disposition', `inline; filename="${name}"`)
      .send(await reportPdf(input))
  })

  server.get('/api/patients/:id/fhir', { config: { audit: REPORT } }, async (request, reply) => {
    const { transaction } = parsed(BundleQuery, request.query, 'query')
    const bundle = reportBundle({
      ...(await issued(request)),
      loci: namedLoci(services.facts),
      genes: geneIds(services.facts),
      issued: services.now().toISOString(),
      type: transaction ? 'transaction' : 'collection',
      status: 'preliminary',
    })
    return reply.type('application/fhir+json; charset=utf-8').send(JSON.stringify(bundle))
  })

  server.get(
    '/api/facts',
    { config: { audit: false } },
    async (): Promise<FactsReply> => ({
      engine: { name: 'garrod', version: VERSION },
      packs: services.facts.inForce
        .map(({ head }) => {
          const { id, version, title, source, retrieved, licence, attribution, limits } = head
          return { id, version, title, source, retrieved, licence, attribution, limits }
        })
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    }),
  )
}

function partHidden(): Fault {
  return new Fault(
    'ACCESS_DENIED',
    'access',
    'part of this record is not shown to you for this purpose, and a report is of the whole record',
    'The plan gives the advice that rests on what is shown.',
  )
}

function planUnknown(version: number): Fault {
  return new Fault(
    'PLAN_UNKNOWN',
    'version',
    `there is no plan ${version} of this patient`,
    'See the list of plans of this patient for the versions there are.',
  )
}

/** The report has no script and loads nothing; the page of this server may show it in a frame. */
const REPORT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
