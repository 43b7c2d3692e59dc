import { conditionCautions, openCautions } from '../../decide/target/condition-cautions.ts'
import { checkTargetOrder } from '../../decide/target/order-check.ts'
import type { BuiltCard, CardContext } from '../../deliver/cds-hooks/built-card.ts'
import { conditionCard, type DrugConditions, isToldAlone } from '../../deliver/cds-hooks/condition-card.ts'
import type { HookRequest } from '../../deliver/cds-hooks/hook-request.ts'
import { isAboutAnother } from '../../deliver/cds-hooks/subject.ts'
import { targetCard } from '../../deliver/cds-hooks/target-card.ts'
import { conditionsAmong } from '../../fhir/candidate/conditions.ts'
import { therapyFindings } from '../../interpret/tumor/tumor.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { APPROVALS_PACK, approvals } from '../../knowledge/tumor/approvals.ts'
import { partsOf } from '../../knowledge/tumor/combination.ts'
import { labelConditions } from '../../knowledge/tumor/label-conditions.ts'
import { oncoTree } from '../../knowledge/tumor/oncotree.ts'
import { mayBeUnselected, unselected } from '../../knowledge/tumor/unselected.ts'
import type { PersonConditions } from '../../record/person-condition.ts'
import type { Resource } from '../../record/resource.ts'
import { onlyPatient, type Restriction, UNRESTRICTED } from '../../record/resource-query.ts'
import type { PatientId } from '../../terms/ids.ts'
import { keptTumors } from '../board/kept-tumors.ts'
import { type PatientTumor, patientTumor } from '../tumor/patient-tumor.ts'
import { tumorPrefetch } from './ehr/complete-prefetch.ts'
import { WITHHELD } from './seen-record.ts'
import type { Services } from './services.ts'

const BATCH = 500
/** Results of one person that are looked at; a card must come while the prescriber waits. */
const MOST = 5000
/** Types of resources that a card rests on. */
const KINDS = ['Condition', 'DiagnosticReport', 'Observation', 'Procedure', 'Specimen'] as const
/** Whose approvals an order is held against. */
const AGENCY = 'FDA'

/** Cards about ordered cancer drugs: the biomarker that the label asks for, and what it says of other conditions. Nothing is read where none is ordered. */
export async function targetCards(
  services: Services,
  asked: { readonly patient: PatientId; readonly request: HookRequest; readonly within: Restriction },
  drugs: readonly string[],
  context: CardContext,
): Promise<readonly BuiltCard[]> {
  if (drugs.length === 0) return []
  const { facts } = services
  const { tumor, notes, conditions } = await tumorOf(services, asked)
  const tree = oncoTree(facts)
  const findings = therapyFindings(tumor.profile, tumor.code, facts, ({ drug }) => drugs.includes(drug))
  const due = drugs.flatMap((drug) => {
    const other = mayBeUnselected(unselected(facts).get(drug), tumor.code, tree)
    const check = checkTargetOrder(drug, findings, AGENCY, other)
    const about = drugConditions(drug, conditions, facts)
    return check === undefined && !isToldAlone(about) ? [] : [{ check, about }]
  })
  if (due.length === 0) return []
  const { ref } = facts.pack(APPROVALS_PACK)
  const told = (await isPartHidden(services, asked)) ? asHidden(context) : context
  return due.map(({ check, about }) =>
    check === undefined
      ? conditionCard(withNotes(told, notes), about)
      : targetCard(told, check, tumor.name, [...tumor.notes, ...notes], ref, about),
  )
}

function withNotes(context: CardContext, notes: readonly string[]): CardContext {
  return notes.length === 0 ? context : { ...context, notes: [...notes, ...context.notes] }
}

/** What the label of a drug, and of the parts of a fixed combination, says of the conditions of a person. */
function drugConditions(drug: string, conditions: PersonConditions, facts: Facts): DrugConditions {
  const labels = labelConditions(facts)
  const cautions = [...new Set([drug, ...partsOf(drug)])].flatMap((one) => labels.cautions(one))
  return {
    drug,
    met: conditionCautions(cautions, conditions.present),
    open: openCautions(cautions, conditions.present, conditions.possible),
    unread: cautions.length === 0 ? [...conditions.present, ...conditions.possible] : [],
    speaksOf: labels.conditions.flatMap(({ key, words }) =>
      cautions.some(({ condition }) => condition === key) ? [words] : [],
    ),
    recorded: conditions.recorded,
    notUnderstood: conditions.notUnderstood,
    label: approvals(facts).all.find((one) => one.drug === drug && one.agency === AGENCY)?.label,
    pack: labels.pack,
  }
}

/** The general note and nothing more exact: it is the same for every drug, whatever the card says. */
function asHidden(context: CardContext): CardContext {
  if (context.partHidden === true) return context
  return { ...context, notes: [...context.notes, WITHHELD], partHidden: true }
}

/** Whether any resource of the kinds that such a card rests on is not shown to the reader. Nothing is opened. */
async function isPartHidden(
  { store, tenant }: Services,
  { patient, within }: Parameters<typeof targetCards>[1],
): Promise<boolean> {
  const count = async (type: string, shown: Restriction) => {
    const page = { criteria: [], sort: [], count: 0, after: undefined, total: true }
    return (await store.resources.search(tenant, { type, ...page, within: shown })).total ?? 0
  }
  const [seen, all] = [onlyPatient(patient, within), onlyPatient(patient, UNRESTRICTED)]
  const hidden = await Promise.all(
    KINDS.map(async (type) => (await count(type, seen)) < (await count(type, all))),
  )
  return hidden.includes(true)
}

/** The tumour by the results that are kept here and may be seen, and by those of the EHR. */
async function tumorOf(
  services: Services,
  { patient, request, within }: Parameters<typeof targetCards>[1],
): Promise<{
  readonly tumor: PatientTumor
  readonly notes: readonly string[]
  readonly conditions: PersonConditions
}> {
  const { store, facts, tenant } = services
  const [kept, files, sent] = await Promise.all([
    keptResults(services, patient, within),
    keptTumors(store, facts, { tenant, patient }),
    tumorPrefetch(request, services.ehr),
  ])
  const entries = sent.lists.flatMap(({ entry = [] }) => entry.flatMap(({ resource }) => resource ?? []))
  const own = entries.filter((one) => !isAboutAnother(one, request.patientId))
  const notes = [...sent.notes]
  if (own.length < entries.length) notes.push('The EHR sent results of another person; they were left out.')
  if (kept.more) notes.push(`Only ${MOST} results of the record here were looked at.`)
  if (files.some(({ received }) => received === undefined))
    notes.push('Files of the tumour contradict each other and were not looked at.')
  const tumor = patientTumor(
    [
      { name: 'the record here', resources: kept.resources },
      { name: 'the EHR', resources: own },
    ],
    files.flatMap(({ received, told }) =>
      received === undefined
        ? []
        : [{ ...received.profile, ...(told.diagnosis === undefined ? {} : { diagnosis: told.diagnosis }) }],
    ),
    facts,
  )
  return { tumor, notes, conditions: conditionsAmong([...kept.resources, ...own], facts) }
}

async function keptResults(
  { store, tenant }: Services,
  patient: PatientId,
  within: Restriction,
): Promise<{ readonly resources: readonly Resource[]; readonly more: boolean }> {
  const { compartments } = within
  if (compartments !== undefined && !compartments.includes(patient)) return { resources: [], more: false }
  const resources: Resource[] = []
  for (const type of KINDS) {
    const query = { type, criteria: [], sort: [], count: 0, after: undefined, total: false }
    const where = { ...within, compartments: [patient] }
    for await (const batch of store.resources.scan(tenant, { ...query, within: where }, BATCH)) {
      for (const { json } of batch) {
        if (json === undefined) continue
        if (resources.length >= MOST) return { resources, more: true }
        resources.push(JSON.parse(json) as Resource)
      }
    }
  }
  return { resources, more: false }
}
