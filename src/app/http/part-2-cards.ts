import type { Plan } from '../../decide/plan.ts'
import type { BuiltCard } from '../../deliver/cds-hooks/built-card.ts'
import { sensitivityRules } from '../../knowledge/access/sensitivity.ts'
import { type DrugBook, drugBook } from '../../knowledge/drug.ts'
import type { DrugUse, PatientRecord } from '../../record/patient-record.ts'
import type { Resource } from '../../record/resource.ts'
import { onlyPatient, UNRESTRICTED } from '../../record/resource-query.ts'
import { mayBePart2, PART_2_NOTICE } from '../../safeguard/access/part-2-notice.ts'
import { labelling, labelsOf } from '../../safeguard/labels/labels-of.ts'
import { drugStatement, drugsFrom, medicationStatement } from '../exchange/drugs-from-medications.ts'
import type { Services } from './services.ts'
import { drugsMeant, statementOf } from './statement-of-use.ts'

const KEPT_AS = ['MedicationStatement', 'MedicationRequest'] as const
/** Medications looked through for labels; a list that is longer may hold anything. */
const MOST_MEDICATIONS = 500

/** What cards were made of: the record as it lies here, and the answer to this call. */
export interface CardGrounds {
  readonly record: PatientRecord
  readonly plan: Plan
}

/**
 * The cards, with the notice of 42 CFR Part 2 on those that name, or rest on, a drug of the record here whose
 * medication may be protected: by a label of its sender, or by what the drug is for. What the EHR itself has sent is no
 * disclosure to it.
 */
export async function withPart2Notice(
  services: Services,
  { record, plan }: CardGrounds,
  cards: readonly BuiltCard[],
): Promise<readonly BuiltCard[]> {
  if (cards.length === 0 || record.drugs.length === 0) return cards
  const drugs = await protectedDrugs(services, record)
  if (drugs.size === 0) return cards
  return cards.map((built) => (restsOn(built, plan, drugs) ? withNotice(built) : built))
}

function withNotice({ card, about }: BuiltCard): BuiltCard {
  return { card: { ...card, detail: [card.detail ?? '', PART_2_NOTICE].join('\n\n').trim() }, about }
}

function restsOn({ card, about }: BuiltCard, plan: Plan, drugs: ReadonlySet<string>): boolean {
  const said = `${card.summary} ${card.detail ?? ''}`.toLowerCase()
  if ([...drugs].some((name) => said.includes(name))) return true
  // A phenotype that such a drug has changed, also where the card does not say by what.
  return plan.drugs
    .filter(({ drug }) => about.drugs.includes(drug.name))
    .flatMap(({ recommendations }) => recommendations.flatMap(({ basis }) => basis))
    .some(({ convertedBy }) => convertedBy.some(({ by }) => drugs.has(by.drug.toLowerCase())))
}

/** Lower-case names of drugs of the record that may be of a treatment of substance use disorders. */
async function protectedDrugs(services: Services, record: PatientRecord): Promise<ReadonlySet<string>> {
  const { facts, store, tenant } = services
  const book = drugBook(facts)
  const rules = labelling(sensitivityRules(facts))
  const within = onlyPatient(record.id, UNRESTRICTED)
  const pages = await Promise.all(
    KEPT_AS.map((type) =>
      store.resources.search(tenant, {
        ...{ type, criteria: [], sort: [], count: MOST_MEDICATIONS, after: undefined, total: false },
        within,
      }),
    ),
  )
  // More than was looked through: any of the drugs may be meant.
  if (pages.some(({ next }) => next !== undefined)) {
    return new Set(record.drugs.flatMap((use) => namesOf(use, book)))
  }
  const labelled = pages
    .flatMap(({ resources }) => resources)
    .flatMap(({ json }) => (json === undefined ? [] : [JSON.parse(json) as Resource]))
    .filter((resource) => mayBePart2(labelsOf(resource, rules)))
  const uses = [
    ...drugsFrom(
      labelled.flatMap((one) => drugStatement(one) ?? []),
      labelled.flatMap((one) => (one.resourceType === 'Medication' ? [medicationStatement(one)] : [])),
    ),
    ...record.drugs.filter((use) => mayBePart2(labelsOf(statementOf(use, book), rules))),
  ]
  return new Set(uses.flatMap((use) => namesOf(use, book)))
}

/** As cards name the drug; a drug that nobody knows is named as it was typed. */
function namesOf(use: DrugUse, book: DrugBook): readonly string[] {
  const names = drugsMeant(use, book).map(({ name }) => name)
  return names.length > 0 ? names : [use.text.toLowerCase()]
}
