import type { NamedDrug, Plan } from '../../decide/plan.ts'
import { named } from '../../decide/prescribe/drug-name.ts'
import type { CardContext } from '../../deliver/cds-hooks/built-card.ts'
import type { ResolvedOrder } from '../../deliver/cds-hooks/order.ts'
import { alternativeNames } from '../../deliver/cds-hooks/suggestion.ts'
import { drugBook } from '../../knowledge/drug.ts'
import type { PatientRecord } from '../../record/patient-record.ts'
import { drugUse } from '../pgx/coded-drug.ts'
import type { Services } from './services.ts'

/** The drug that a lower-case generic name means, for suggestions. */
export function drugNamedIn(services: Services): (name: string) => NamedDrug | undefined {
  const book = drugBook(services.facts)
  return (name) => {
    const drug = book.get(name)
    return drug === undefined ? undefined : named(drug)
  }
}

/** The record as it would be with the orders signed. */
export function withOrders(record: PatientRecord, orders: readonly ResolvedOrder[]): PatientRecord {
  const considered = orders.flatMap((order) =>
    order.drugs.map((drug) => drugUse(drug.name, drug.rxcui, drug.atc[0], 'considered')),
  )
  return { ...record, drugs: [...record.drugs, ...considered] }
}

/** What cards are made from: advice on the drugs of the record, and which named alternatives suit no better. */
export function cardContext(
  services: Services,
  known: PatientRecord,
  record: PatientRecord,
  call: Pick<CardContext, 'service' | 'hookInstance' | 'patientId' | 'encounterId' | 'notes'>,
): CardContext {
  return {
    ...call,
    ...advised(services, known, record),
    pageUrl: `${services.publicUrl()}/patients/${encodeURIComponent(record.id)}`,
  }
}

type Advised = Pick<CardContext, 'plan' | 'unsuitable'>

/** Answers kept of one reading of one record: an EHR asks the same when an order is selected, changed and signed. */
const MOST = 50
const ADVISED = new WeakMap<PatientRecord, Map<string, Advised>>()

/** `known`: the record as it was read, one value for each version; `record`: the same with the drugs of this call. */
function advised(services: Services, known: PatientRecord, record: PatientRecord): Advised {
  const kept = ADVISED.get(known) ?? new Map<string, Advised>()
  ADVISED.set(known, kept)
  // Ages, and with them doses, change with the day.
  const asked = JSON.stringify([services.now().toISOString().slice(0, 10), record.drugs])
  const before = kept.get(asked)
  if (before !== undefined) return before
  const plan = services.advise(record, record.drugs)
  const answer = { plan, unsuitable: unsuitableFor(services, record, plan) }
  if (kept.size >= MOST) kept.clear()
  kept.set(asked, answer)
  return answer
}

function unsuitableFor(services: Services, record: PatientRecord, plan: Plan): ReadonlySet<string> {
  const names = new Set(plan.drugs.flatMap(alternativeNames))
  const drugs = [...names].flatMap((name) => drugNamedIn(services)(name) ?? [])
  if (drugs.length === 0) return new Set()
  const uses = drugs.map((drug) => drugUse(drug.name, drug.rxcui, drug.atc[0], 'considered'))
  const against = services
    .advise(record, uses)
    .drugs.filter((one) => one.severity === 'critical' || one.severity === 'warning')
  return new Set(against.map((one) => one.drug.name))
}
