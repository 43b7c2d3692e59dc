import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import {
  BREAK_GLASS_REASONS,
  type GrantState,
  grantPeriod,
  grantState,
  overdueBefore,
} from '../../safeguard/break-glass/break-glass.ts'
import type { StoredGrant } from '../../store/access/access-store.ts'
import { patientId } from '../../terms/ids.ts'
import { resourceWrites } from '../exchange/resource-writes.ts'
import { parsed } from '../http/fault-reply.ts'
import { act, type Services } from '../http/services.ts'
import { breakGlassNotice } from './break-glass-notice.ts'

const Asked = z.strictObject({
  patient: z.string(),
  reason: z.string().max(60),
  explanation: z.string().max(4000),
})
const Review = z.strictObject({ outcome: z.enum(['appropriate', 'inappropriate']) })
const Named = z.object({ grant: z.string().max(64) })

/** What the one who broke the glass is told: how long it lasts, and that it will be looked at. */
export interface GrantReply {
  readonly id: string
  readonly patient: string
  readonly until: string
  /** Shown for as long as it lasts. */
  readonly banner: string
}

/** The work list of the privacy officer. */
export interface ReviewQueue {
  readonly overdue: number
  readonly reasons: Readonly<Record<string, string>>
  readonly grants: readonly (StoredGrant & { readonly state: GrantState })[]
}

const MOST_LISTED = 500
/** How often the operator is told of reviews that are overdue, ms. */
const REMIND_EVERY = 3_600_000

/** Breaking the glass, and the review of it. Every one of these requests is in the audit log with its reason. */
export function breakGlassRoutes(server: FastifyInstance, services: Services): void {
  const { store, tenant } = services
  let writes: ReturnType<typeof resourceWrites> | undefined

  server.post(
    '/api/access/break-glass',
    { config: { audit: { kind: 'break-glass', interaction: 'grant', action: 'E' } } },
    async (request, reply): Promise<GrantReply> => {
      const asked = parsed(Asked, request.body, 'body')
      const wanted = { ...asked, patient: patientId(asked.patient) }
      const period = grantPeriod(wanted, services.now().toISOString())
      const id = randomUUID()
      const { caller } = request
      const grant = { id, patient: wanted.patient, reason: wanted.reason }
      const by = { id: caller.id, reference: caller.references[0] }
      const notice = breakGlassNotice({ ...grant, by, from: period.grantedAt, until: period.until })
      // First: nobody has access of which the privacy officer was not told.
      writes ??= resourceWrites(services.facts)
      await store.resources.commit(tenant, writes([notice], wanted.patient), act(services, caller.id))
      await store.access.breakGlass(tenant, { id, to: caller.id, ...wanted, ...period })
      request.audit.touch(wanted.patient)
      request.audit.reason(wanted.reason)
      services.log(
        'somebody broke the glass: a privacy officer is asked to review it (/api/access/break-glass)',
      )
      reply.code(201)
      return {
        id,
        patient: wanted.patient,
        until: period.until,
        banner: `Emergency access to this record until ${period.until}. It was written down and will be reviewed.`,
      }
    },
  )

  server.get(
    '/api/access/break-glass',
    { config: { audit: { kind: 'break-glass', interaction: 'queue', action: 'R' } } },
    async (request): Promise<ReviewQueue> => {
      const at = services.now().toISOString()
      const grants = await store.access.grants(tenant, MOST_LISTED)
      request.audit.touch(...grants.map(({ patient }) => patient))
      request.audit.count(grants.length)
      return {
        overdue: await store.access.unreviewed(tenant, overdueBefore(at)),
        reasons: BREAK_GLASS_REASONS,
        grants: grants.map((grant) => ({ ...grant, state: grantState(grant, at) })),
      }
    },
  )

  server.post(
    '/api/access/break-glass/:grant/review',
    { config: { audit: { kind: 'break-glass', interaction: 'review', action: 'U' } } },
    async (request): Promise<StoredGrant> => {
      const { grant } = parsed(Named, request.params, 'path')
      const { outcome } = parsed(Review, request.body, 'body')
      const review = { at: services.now().toISOString(), by: request.caller.id, outcome }
      const reviewed = await store.access.review(tenant, grant, review)
      request.audit.touch(reviewed.patient)
      return reviewed
    },
  )

  remindOfReviews(server, services)
}

function remindOfReviews(server: FastifyInstance, { store, tenant, now, log }: Services): void {
  const remind = async () => {
    const overdue = await store.access.unreviewed(tenant, overdueBefore(now().toISOString()))
    if (overdue > 0) log(`ALARM: ${overdue} break-glass accesses wait for a review for more than seven days`)
  }
  const look = () => void remind().catch(() => log('overdue break-glass reviews could not be counted'))
  const timer = setInterval(look, REMIND_EVERY)
  timer.unref()
  server.addHook('onReady', async () => remind())
  server.addHook('onClose', async () => clearInterval(timer))
}
