import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import type { StoredCardSetting } from '../../store/cards/card-store.ts'
import { Fault } from '../../terms/fault.ts'
import { type CardCount, cardCounts } from '../card-counts.ts'
import { heldName, INDICATORS, SUBJECTS } from '../cds-setting.ts'
import { parsed } from './fault-reply.ts'
import { act, type Services } from './services.ts'

const name = z.string().trim().min(1).max(200)
const Subject = z.strictObject({
  of: z.enum([...SUBJECTS, 'indicator']),
  value: name,
  service: name.optional(),
})
const Setting = Subject.extend({
  evenCritical: z.boolean().default(false),
  until: z.iso.datetime({ offset: true }).optional(),
  reason: name,
}).refine((one) => one.of !== 'indicator' || INDICATORS.some((indicator) => indicator === one.value), {
  path: ['value'],
  message: 'use info, warning or critical',
})
const day = z.iso.date()
const Period = z.strictObject({ from: day.optional(), to: day.optional() })
const DAY = 24 * 3600 * 1000

/** What a site changed about its cards, and what became of them. */
export function cdsSettingRoutes(server: FastifyInstance, services: Services): void {
  const { store, tenant, now } = services

  server.get(
    '/api/cds/settings',
    async (): Promise<readonly StoredCardSetting[]> => store.cards.settings(tenant),
  )

  server.put('/api/cds/settings', async (request): Promise<readonly StoredCardSetting[]> => {
    const { service, until, ...setting } = parsed(Setting, request.body, 'body')
    const value = heldName(setting.of, setting.value, services.facts)
    await store.cards.set(tenant, { ...setting, value, service, until }, act(services, request.caller.id))
    return store.cards.settings(tenant)
  })

  server.delete('/api/cds/settings', async (request): Promise<readonly StoredCardSetting[]> => {
    const { service, ...subject } = parsed(Subject, request.query, 'query')
    if (!(await store.cards.unset(tenant, { ...subject, service }))) {
      throw new Fault(
        'CDS_NOT_SET',
        'query',
        'there is no such setting',
        'Name it as the list of the settings does.',
      )
    }
    return store.cards.settings(tenant)
  })

  server.get('/api/cds/report', async (request): Promise<readonly CardCount[]> => {
    const { from, to } = parsed(Period, request.query, 'query')
    const today = Date.parse(now().toISOString().slice(0, 10))
    const counts = await store.cards.report(
      tenant,
      new Date(from === undefined ? today - 30 * DAY : Date.parse(from)).toISOString(),
      new Date(to === undefined ? today + DAY : Date.parse(to)).toISOString(),
    )
    return cardCounts(counts, services.facts)
  })
}
