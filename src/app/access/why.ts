import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { ACCESS_ACTIONS } from '../../safeguard/access/access-request.ts'
import { contentOf } from '../../safeguard/consent/asked-row.ts'
import type { ConsentDecision } from '../../safeguard/consent/consent-ask.ts'
import { decideConsent } from '../../safeguard/consent/decide-consent.ts'
import { patientId } from '../../terms/ids.ts'
import { parsed } from '../http/fault-reply.ts'
import type { Services } from '../http/services.ts'
import { accessOf } from './access-of.ts'

const Query = z.strictObject({
  action: z.enum(ACCESS_ACTIONS as unknown as [string, ...string[]]).default('read'),
  kind: z.string().max(60).default('Observation'),
  patient: z.string().optional(),
  /** Labels, "system|code", of what would be seen. */
  label: z.union([z.string(), z.array(z.string())]).optional(),
})

/** Why the caller may, or may not, do something. */
export interface WhyReply {
  readonly allow: boolean
  readonly because: string
  readonly policies: readonly { readonly id: string; readonly effect: string; readonly because: string }[]
  readonly purpose: string
  readonly obligations: readonly string[]
  /** Data under these labels are not shown. */
  readonly hiddenLabels: readonly string[]
  /** Only these elements of the kind leave; absent: all. */
  readonly elements?: readonly string[]
  /** What the person's own consents say; absent when nobody was named, or consent does not come into it. */
  readonly consent?: Pick<ConsentDecision, 'decision' | 'obligations' | 'basis' | 'because'> & {
    readonly reading: string
    readonly whenSilent: string
  }
}

export function whyRoute(server: FastifyInstance, services: Services): void {
  server.get('/api/access/why', async (request): Promise<WhyReply> => {
    const { action, kind, patient: named, label } = parsed(Query, request.query, 'query')
    const patient = named === undefined ? undefined : patientId(named)
    const { caller } = request
    const access = accessOf(services.facts, services.site)
    const decision = access.authorize(
      caller,
      {
        action: ACCESS_ACTIONS.find((one) => one === action)!,
        kind,
        ...(patient === undefined ? {} : { patient }),
      },
      services.now().toISOString(),
    )
    if (patient !== undefined) request.audit.touch(patient)
    const { restriction, because, obligations } = decision
    const { consent: question } = restriction
    const elements = decision.allow ? decision.projection(kind) : undefined
    const reply: WhyReply = {
      allow: decision.allow,
      because,
      policies: decision.policies.flatMap((id) => access.policies.reasons.get(id) ?? []),
      purpose: caller.purpose,
      obligations,
      hiddenLabels: restriction.hiddenLabels,
      ...(elements === undefined ? {} : { elements }),
    }
    if (question === undefined || patient === undefined) return reply
    const rules = await services.store.access.consents(services.tenant, patient)
    const { purpose, actors, categories, at, reading = 'deny-overrides', whenSilent } = question
    const content = contentOf({ type: kind, id: '-', labels: [label ?? []].flat(), codes: [] })
    const said = decideConsent(rules, { purpose, actors, categories, at, content }, reading)
    const shown =
      said.decision === 'NO_CONSENT' ? whenSilent === 'permit' : said.decision === 'CONSENT_PERMIT'
    return {
      ...reply,
      allow: shown,
      because: shown ? because : `${said.because}; for this purpose silence means ${whenSilent}`,
      consent: { ...said, reading, whenSilent },
    }
  })
}
