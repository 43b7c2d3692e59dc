import { resolveUse } from '../../decide/prescribe/drug-name.ts'
import type { BuiltCard } from '../../deliver/cds-hooks/built-card.ts'
import type { HookRequest } from '../../deliver/cds-hooks/hook-request.ts'
import { type Service, TRIAL_MATCH } from '../../deliver/cds-hooks/hooks.ts'
import { medicationsIn, type NamedMedication } from '../../deliver/cds-hooks/medication.ts'
import type { ResolvedOrder } from '../../deliver/cds-hooks/order.ts'
import { doubtCard, orderCards } from '../../deliver/cds-hooks/order-cards.ts'
import { patientCards } from '../../deliver/cds-hooks/patient-card.ts'
import {
  prefetchedBirthDate,
  prefetchedMedications,
  prefetchedPatientId,
} from '../../deliver/cds-hooks/prefetch.ts'
import { aboutAnother } from '../../deliver/cds-hooks/subject.ts'
import { untestedCards } from '../../deliver/cds-hooks/untested-card.ts'
import { type DrugBook, drugBook } from '../../knowledge/drug.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { testsBeforeDrugs } from '../../knowledge/guideline/tests-before-drugs.ts'
import { cancerDrugsIn } from '../../knowledge/tumor/cancer-drug-names.ts'
import type { DrugUse, PatientRecord } from '../../record/patient-record.ts'
import type { Restriction } from '../../record/resource-query.ts'
import { Fault } from '../../terms/fault.ts'
import { atcCode, type PatientId, rxCui } from '../../terms/ids.ts'
import { drugUse } from '../pgx/coded-drug.ts'
import { trialCardsFor } from '../trials/trial-cards.ts'
import { cardContext, drugNamedIn, withOrders } from './card-answer.ts'
import { completePrefetch } from './ehr/complete-prefetch.ts'
import { personOf, seenPersonOf } from './hook-person.ts'
import type { CardGrounds } from './part-2-cards.ts'
import type { RecentRecords } from './recent-records.ts'
import type { Services } from './services.ts'
import { targetCards } from './target-cards.ts'

/** What a call is answered with, and about whom. */
interface HookAnswer {
  /** The person here; undefined when nobody here is the person of the EHR. */
  readonly patient: PatientId | undefined
  readonly cards: readonly BuiltCard[]
  /** What the cards were made of; undefined where there are none. */
  readonly grounds?: CardGrounds
}

const NOBODY: HookAnswer = { patient: undefined, cards: [] }

/**
 * Answers one call. Cards rest on what `within` shows of the person; there are none where it shows no advice. Throws
 * CDS_PREFETCH_MISSING (412) when the person is not known by id and the Patient was not prefetched: "no cards" would say
 * that we looked.
 */
export async function answerHook(
  services: Services,
  records: RecentRecords,
  service: Service,
  sent: HookRequest,
  within: (patient: PatientId) => Restriction,
): Promise<HookAnswer> {
  const { request, notes } = await completePrefetch(sent, services.ehr)
  const book = drugBook(services.facts)
  const read = ordersOf(request, book, services.facts)
  const isAsked =
    service.hook === 'patient-view' || read.orders.length + read.doubts.length + read.targeted.length > 0
  if (!isAsked) {
    const person = await personOf(services, records, request, notes)
    return person === undefined ? NOBODY : { patient: person.id, cards: [] }
  }
  const about = await seenPersonOf(services, records, request, notes, within)
  if (about === undefined) return NOBODY
  const { patient, record: found, advice, withheld } = about
  if (!advice) return { patient, cards: [] }

  const taking = takenNow(found, request, book)
  const record = withOrders({ ...found, drugs: taking.drugs }, read.orders)
  const context = cardContext(services, found, record, {
    service: service.id,
    hookInstance: request.hookInstance,
    patientId: request.patientId,
    encounterId: request.encounterId,
    notes: [...notes, ...taking.notes, ...(withheld === undefined ? [] : [withheld])],
    ...(withheld === undefined ? {} : { partHidden: true }),
  })
  const grounds = { record: found, plan: context.plan }
  const what = whySomeoneElse(found, request)
  if (what !== undefined) {
    const doubt = doubtCard(context, what, 'Find out whether this is the same person.')
    return { patient, cards: [doubt] }
  }
  if (service.id === TRIAL_MATCH)
    return { patient, cards: await trialCardsFor(services, patient, within(patient), context) }
  if (service.hook === 'patient-view') return { patient, cards: patientCards(context), grounds }
  const doubts = read.doubts.map((what) => doubtCard(context, what, ORDER_DOUBT))
  const cards = [
    ...doubts,
    ...orderCards(context, read.orders, drugNamedIn(services)),
    ...untestedCards(context, read.orders, testsBeforeDrugs(services.facts)),
    ...(await targetCards(services, { patient, request, within: within(patient) }, read.targeted, context)),
  ]
  return { patient, cards, grounds }
}

/**
 * Why the person here may not be the person of the EHR. Two systems may give one id to two people, and a client may send
 * another Patient, or an order for another, than it asks about. Dates of which one is only a part are compared as far as both go.
 */
function whySomeoneElse(record: PatientRecord, request: HookRequest): string | undefined {
  const sent = prefetchedPatientId(request)
  if (sent !== undefined && sent !== request.patientId)
    return 'the EHR asks about one person and sent the Patient of another'
  const other = aboutAnother(request)
  if (other !== undefined) return `the EHR asks about one person and sent ${WHAT[other]} for another`
  const theirs = prefetchedBirthDate(request)
  const ours = record.birthDate
  if (theirs === undefined || ours === undefined) return undefined
  const length = Math.min(theirs.length, ours.length)
  return theirs.slice(0, length) === ours.slice(0, length)
    ? undefined
    : 'the birth date here and the one in the EHR differ'
}

const WHAT = { order: 'an order', medication: 'a medication', result: 'a result' } as const
const ORDER_DOUBT = 'Correct the order; no pharmacogenetic advice is given until its code and its name agree.'

/** Orders whose drug is known; a drug that the pack does not carry has no guideline here and is passed over. */
function ordersOf(request: HookRequest, book: DrugBook, facts: Facts): ReadOrders {
  const orders: ResolvedOrder[] = []
  const doubts: string[] = []
  const targeted = new Set<string>()
  if (request.draftOrders === undefined) return { orders, doubts, targeted: [] }
  for (const medication of medicationsIn(request.draftOrders, request.selections)) {
    const onSkin = medication.texts.some((text) => ON_SKIN.test(text))
    if (!onSkin) for (const drug of cancerDrugsIn(medication.texts, facts)) targeted.add(drug)
    try {
      const drugs = drugsOf(medication, book)
      if (drugs !== undefined)
        orders.push({
          reference: medication.reference,
          drugs,
          ...(onSkin ? { onSkin: true } : {}),
        })
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'DRUG_CODES_DISAGREE') throw error
      doubts.push(error.what)
    }
  }
  return { orders, doubts, targeted: [...targeted] }
}

const ON_SKIN = /\b(topical|cream|ointment|lotion)\b/i

interface ReadOrders {
  readonly orders: readonly ResolvedOrder[]
  readonly doubts: readonly string[]
  /** Cancer drugs whose labels ask for a biomarker or warn of conditions, by lower-case generic name. */
  readonly targeted: readonly string[]
}

/** Drugs of the medication list here and of the one the EHR sent; either may know what the other does not. */
function takenNow(
  record: PatientRecord,
  request: HookRequest,
  book: DrugBook,
): { readonly drugs: readonly DrugUse[]; readonly notes: readonly string[] } {
  const own = record.drugs.filter((drug) => drug.status === 'taking')
  const sent = prefetchedMedications(request)
  if (sent === undefined) {
    const note =
      'The EHR sent no medication list: only drugs known to Garrod were checked for enzyme effects.'
    return { drugs: own, notes: [note] }
  }
  const drugs = [...own]
  const names = new Set(
    own.flatMap((use) => quietly(() => resolveUse(use, book).drugs) ?? []).map((one) => one.name),
  )
  for (const medication of sent.medications) {
    for (const drug of quietly(() => drugsOf(medication, book)) ?? []) {
      if (names.has(drug.name)) continue
      names.add(drug.name)
      drugs.push(drugUse(drug.name, drug.rxcui, drug.atc[0], 'taking'))
    }
  }
  const note = 'The EHR sent only a part of the medication list; the rest was not checked for enzyme effects.'
  return { drugs, notes: sent.complete ? [] : [note] }
}

/** Medications understood before: lists repeat from call to call. */
const UNDERSTOOD = new WeakMap<DrugBook, Map<string, ResolvedOrder['drugs'] | undefined>>()
const MOST_UNDERSTOOD = 5000

/** Codes first, then each text; undefined when none is known. Throws DRUG_CODES_DISAGREE. */
function drugsOf(
  { rxcuis, atc, texts, reference }: NamedMedication,
  book: DrugBook,
): ResolvedOrder['drugs'] | undefined {
  const kept = UNDERSTOOD.get(book) ?? new Map<string, ResolvedOrder['drugs'] | undefined>()
  UNDERSTOOD.set(book, kept)
  const name = JSON.stringify([rxcuis, atc, texts])
  if (kept.has(name)) return kept.get(name)
  const drugs = readDrugs({ rxcuis, atc, texts, reference }, book)
  if (kept.size >= MOST_UNDERSTOOD) kept.clear()
  kept.set(name, drugs)
  return drugs
}

function readDrugs(medication: NamedMedication, book: DrugBook): ResolvedOrder['drugs'] | undefined {
  const rxcui = medication.rxcuis.find((code) => book.withRxCui(code).length > 0)
  const atc = medication.atc.find((code) => book.withAtc(code).length > 0)
  for (const text of [...medication.texts, '']) {
    const use: DrugUse = {
      text,
      rxcui: rxcui === undefined ? undefined : rxCui(rxcui),
      atc: atc === undefined ? undefined : atcCode(atc),
      status: 'considered',
    }
    const resolved = quietly(() => resolveUse(use, book))
    if (resolved !== undefined) return resolved.drugs
  }
  return ingredientsIn(medication.texts, book)
}

/** Shorter words of an order are units, forms and particles. */
const SHORTEST_NAME = 5

/**
 * Ingredients named inside a clinical drug's text, such as RxNorm's "acetaminophen 300 MG / codeine phosphate 30 MG Oral
 * Tablet". Whole names only; undefined when none is there.
 */
function ingredientsIn(texts: readonly string[], book: DrugBook): ResolvedOrder['drugs'] | undefined {
  const found = new Map<string, ResolvedOrder['drugs'][number]>()
  // A hyphen is part of some names (co-codamol) and joins two in others (hydrocodone-acetaminophen).
  const words = texts.flatMap((text) =>
    [/[^a-z-]+/, /[^a-z]+/].flatMap((gap) => text.toLowerCase().split(gap)),
  )
  for (const word of new Set(words)) {
    if (word.length < SHORTEST_NAME) continue
    const use: DrugUse = { text: word, rxcui: undefined, atc: undefined, status: 'considered' }
    for (const drug of quietly(() => resolveUse(use, book))?.drugs ?? []) found.set(drug.name, drug)
  }
  return found.size === 0 ? undefined : [...found.values()]
}

/** Undefined for a drug that is not known; a contradiction is thrown on. */
function quietly<T>(resolve: () => T): T | undefined {
  try {
    return resolve()
  } catch (error) {
    if (error instanceof Fault && (error.code === 'DRUG_UNKNOWN' || error.code === 'DRUG_IS_CLASS'))
      return undefined
    throw error
  }
}
