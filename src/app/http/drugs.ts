import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { nearestDrugs, resolveDrug } from '../../decide/prescribe/drug-name.ts'
import { orderCards } from '../../deliver/cds-hooks/order-cards.ts'
import { contentUuid } from '../../deliver/fhir/entries.ts'
import { drugBook, spellingKey } from '../../knowledge/drug.ts'
import { codedDrugs } from '../pgx/coded-drug.ts'
import { DrugList, type DrugListReply, type DrugsReply, TryDrug, type TryReply } from './api.ts'
import type { AuditedAs } from './audit-trail.ts'
import { cardContext, drugNamedIn, withOrders } from './card-answer.ts'
import { parsed } from './fault-reply.ts'
import { keyOf, recordOf, seenBy } from './patients.ts'
import { seenRecord } from './seen-record.ts'
import { act, type Services } from './services.ts'

const MOST = 12
/** The list replaces the one before. */
const CHANGE: AuditedAs = { interaction: 'update', action: 'U' }
const TRY: AuditedAs = { kind: 'cds', interaction: 'try-drug', action: 'R' }
const Query = z.strictObject({ query: z.string().max(200).default('') })

/** Routes about drugs: the type-ahead, a person's list, and what a prescriber would see. */
export function drugRoutes(server: FastifyInstance, services: Services): void {
  const book = drugBook(services.facts)
  const named = drugNamedIn(services)

  server.get('/api/drugs', { config: { audit: false } }, async (request): Promise<DrugsReply> => {
    const key = spellingKey(parsed(Query, request.query, 'query').query)
    return { drugs: key === '' ? [] : matching(key) }
  })

  server.post(
    '/api/patients/:id/drugs',
    { config: { audit: CHANGE } },
    async (request): Promise<DrugListReply> => {
      const key = keyOf(services, request.params)
      const list = parsed(DrugList, request.body, 'body')
      const drugs = codedDrugs(list.drugs, services.facts)
      const whole = await recordOf(services, key)
      const { record } = await seenRecord(services, key, whole, request.access.restriction)
      // Who writes the list anew has not seen these, and does not mean them.
      const listed = new Set([...record.drugs, ...drugs].map((one) => JSON.stringify(one)))
      const kept = whole.drugs.filter((one) => !listed.has(JSON.stringify(one)))
      await services.store.records.change(key, { drugs: [...drugs, ...kept] }, act(services, 'web'))
      return { drugs }
    },
  )

  server.post('/api/patients/:id/try', { config: { audit: TRY } }, async (request): Promise<TryReply> => {
    const key = keyOf(services, request.params)
    const { drug } = parsed(TryDrug, request.body, 'body')
    const { drugs } = resolveDrug(drug, book)
    const { record, withheld } = await seenBy(services, request, key)
    // As an order would find them: drugs about to be ordered otherwise are not taken yet.
    const taking = record.drugs.filter((one) => one.status === 'taking')
    const order = { reference: 'MedicationRequest/draft', drugs }
    const context = cardContext(services, record, withOrders({ ...record, drugs: taking }, [order]), {
      service: 'garrod-order-sign',
      hookInstance: contentUuid(`try ${key.patient} ${drug}`),
      patientId: key.patient,
      encounterId: undefined,
      notes: withheld === undefined ? [] : [withheld],
    })
    const cards = orderCards(context, [order], drugNamedIn(services))
    return {
      drugs,
      advice: context.plan.drugs.filter((one) => drugs.some((its) => its.name === one.drug.name)),
      cards: cards.map((one) => one.card),
      ...(withheld === undefined ? {} : { withheld }),
    }
  })

  function matching(key: string): DrugsReply['drugs'] {
    const found = new Map<string, DrugsReply['drugs'][number]>()
    const take = (name: string, matched: string | undefined): void => {
      const drug = named(name)
      if (drug !== undefined && !found.has(name)) found.set(name, { ...drug, matched })
    }
    const begins = (text: string) => spellingKey(text).startsWith(key)
    for (const drug of book.drugs) if (begins(drug.name)) take(drug.name, undefined)
    for (const other of book.otherNames)
      if (begins(other.text)) for (const name of other.drugs) take(name, other.text)
    for (const drug of book.drugs) if (drug.name.includes(key)) take(drug.name, undefined)
    if (found.size === 0) for (const drug of nearestDrugs(key, book)) take(drug.name, undefined)
    return [...found.values()].slice(0, MOST)
  }
}
