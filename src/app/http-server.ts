import type { Server } from 'node:http'
import Fastify, { type FastifyHttpOptions, type FastifyInstance } from 'fastify'
import { breakGlassRoutes } from './access/break-glass-routes.ts'
import { accessGate } from './access/gate.ts'
import { whyRoute } from './access/why.ts'
import { amendmentRoutes } from './amendments/amendment-routes.ts'
import { boardRoutes } from './board/board-routes.ts'
import { decisionRoutes } from './board/decision-routes.ts'
import { classificationRoutes } from './classifications/classification-routes.ts'
import { featureRoutes } from './diagnose/feature-routes.ts'
import { documentRoutes } from './documents/document-routes.ts'
import { exchangeRoutes } from './exchange/exchange-routes.ts'
import { ga4ghRoutes } from './ga4gh/ga4gh-routes.ts'
import { accessRoutes } from './http/access.ts'
import { answerHeaders } from './http/answer-headers.ts'
import { answerRoutes } from './http/answers.ts'
import { auditTrail } from './http/audit-trail.ts'
import { cdsRoutes } from './http/cds-hooks.ts'
import { cdsSettingRoutes } from './http/cds-settings.ts'
import { drugRoutes } from './http/drugs.ts'
import { answerFault } from './http/fault-reply.ts'
import { type Doors, guard } from './http/guard.ts'
import { jobRoutes } from './http/jobs.ts'
import { patientRoutes } from './http/patients.ts'
import type { Services } from './http/services.ts'
import { uploadRoutes } from './http/uploads.ts'
import { webPage } from './http/web-page.ts'
import { jobHandlers } from './job-handlers.ts'
import { auditedJobs } from './jobs/audited-jobs.ts'
import { Worker } from './jobs/worker.ts'
import { appOrigins } from './login/app-origins.ts'
import { login } from './login/login.ts'
import { reanalysisRoutes } from './reanalysis/reanalysis-routes.ts'
import { researchRoutes } from './research/counts-routes.ts'
import { notifyHandlers } from './subscriptions/notify-handlers.ts'
import { feasibilityRoutes } from './trials/feasibility-routes.ts'
import { trialRoutes } from './trials/trial-routes.ts'
import { watchRoutes } from './trials/watch-routes.ts'
import { VERSION } from './version.ts'
import { wholeRecordRoutes } from './whole-record/whole-record-routes.ts'

/** Of TLS 1.3 all that are usual; of TLS 1.2 those with forward secrecy and authenticated encryption. */
const CIPHERS =
  'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:ECDHE+AESGCM:ECDHE+CHACHA20'

/**
 * The HTTP server with every route, not yet listening. It takes jobs from the queue while it is open; closing it gives
 * back those that it has not finished.
 */
export async function httpServer(services: Services, doors: Doors): Promise<FastifyInstance> {
  // Fastify's own log prints addresses, which hold patient ids and searched names.
  const server: FastifyInstance = Fastify({
    logger: false,
    bodyLimit: 2 ** 20,
    forceCloseConnections: 'idle',
    trustProxy: doors.proxies === undefined || doors.proxies.length === 0 ? false : [...doors.proxies],
    ...(doors.tls === undefined ? {} : { https: { ...doors.tls, minVersion: 'TLSv1.2', ciphers: CIPHERS } }),
  } as FastifyHttpOptions<Server>)
  server.setErrorHandler(answerFault(services.log))
  auditTrail(server, services)
  guard(server, doors, appOrigins(services))
  login(server, services)
  accessGate(server, services)
  answerHeaders(server, services)
  server.get('/healthz', { config: { open: true } }, async () => {
    await services.store.answers()
    return { status: 'ok', version: VERSION }
  })
  patientRoutes(server, services)
  accessRoutes(server, services)
  whyRoute(server, services)
  breakGlassRoutes(server, services)
  drugRoutes(server, services)
  answerRoutes(server, services)
  cdsRoutes(server, services)
  cdsSettingRoutes(server, services)
  const options = {
    jobs: services.store.jobs,
    tenants: () => [services.tenant],
    now: services.now,
    log: services.log,
  }
  // A subscriber that does not answer keeps its own worker waiting, and no upload.
  const workers = [
    new Worker({ ...options, handlers: auditedJobs(jobHandlers(services), services.audit, services.now) }),
    new Worker({ ...options, handlers: notifyHandlers(services), atOnce: 4 }),
  ]
  const wake = () => {
    for (const worker of workers) worker.wake()
  }
  server.addHook('onListen', async () => {
    for (const worker of workers) worker.start()
  })
  server.addHook('onClose', async () => {
    await Promise.all(workers.map((worker) => worker.stop()))
  })
  jobRoutes(server, services, wake)
  await uploadRoutes(server, services, wake)
  documentRoutes(server, services, wake)
  wholeRecordRoutes(server, services)
  amendmentRoutes(server, services)
  classificationRoutes(server, services, wake)
  featureRoutes(server, services)
  reanalysisRoutes(server, services)
  trialRoutes(server, services, wake)
  watchRoutes(server, services)
  boardRoutes(server, services, wake)
  decisionRoutes(server, services)
  feasibilityRoutes(server, services)
  const { openFhir } = await import('./fhir/open-fhir.ts')
  await openFhir(server, services, wake)
  if (services.exchange !== undefined) await exchangeRoutes(server, services.exchange)
  await ga4ghRoutes(server, services)
  researchRoutes(server, services)
  await webPage(server, services)
  return server
}
