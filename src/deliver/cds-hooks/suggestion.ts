import type { DrugAdvice, NamedDrug, Recommendation } from '../../decide/plan.ts'
import { drugConcept } from '../fhir/code.ts'
import { contentUuid } from '../fhir/entries.ts'
import type { MedicationRequest } from '../fhir/resource.ts'
import type { CardContext } from './built-card.ts'
import type { Action, Suggestion } from './card.ts'
import type { ResolvedOrder } from './order.ts'

const MOST = 5

/** The code of a drug by its lower-case generic name, as decide/ knows it. */
export type DrugNamed = (name: string) => NamedDrug | undefined

/**
 * Names of drugs that the publishers would give instead, in their order. A class is not among them, as it cannot be
 * ordered, nor a drug that any of the publishers excludes.
 */
export function alternativeNames(advice: DrugAdvice): readonly string[] {
  const actions = advice.recommendations
    .filter((one) => one.severity !== 'none')
    .flatMap((one) => one.actions)
  const excluded = new Set(actions.flatMap((one) => one.exclude ?? []))
  const named = actions.filter((one) => one.code === 'ALTERNATIVE').flatMap((one) => one.alternatives ?? [])
  return [...new Set(named)].filter(
    (name) => name !== advice.drug.name && !name.includes(':') && !excluded.has(name),
  )
}

/** Those that have a code to order them by, and that this person's genotype does not speak against. */
function alternativesFor(
  context: CardContext,
  advice: DrugAdvice,
  drugNamed: DrugNamed,
): readonly NamedDrug[] {
  return alternativeNames(advice)
    .filter((name) => !context.unsuitable.has(name))
    .flatMap((name) => drugNamed(name) ?? [])
    .filter((drug) => drug.rxcui !== undefined || drug.atc.length > 0)
    .slice(0, MOST)
}

/**
 * What a prescriber can do with one click: replace the draft by a draft of an alternative, without dose, or delete it
 * where the drug must not be given and nothing is named instead. Nothing for a combination product, of which only a
 * part is advised against, and nothing for a draft without id: adding a second drug beside the first is no help.
 */
export function suggestionsFor(
  context: CardContext,
  order: ResolvedOrder,
  advice: DrugAdvice,
  drugNamed: DrugNamed,
): readonly Suggestion[] {
  const { reference } = order
  if (reference === undefined || order.drugs.length > 1) return []
  const remove: Action = {
    type: 'delete',
    description: `Delete the draft order of ${advice.drug.name}`,
    resourceId: reference,
  }
  const alternatives = alternativesFor(context, advice, drugNamed)
  if (alternatives.length === 0)
    return mustNotBeGiven(advice.recommendations)
      ? [suggestion(context, `Delete the order of ${advice.drug.name}`, [remove])]
      : []
  return alternatives.map((drug) =>
    suggestion(context, `Replace ${advice.drug.name} by ${drug.name}`, [
      remove,
      {
        type: 'create',
        description: `Draft an order of ${drug.name}; dose and contraindications are to be checked`,
        resource: draftOf(context, drug),
      },
    ]),
  )
}

function suggestion(
  context: CardContext,
  label: string,
  actions: readonly [Action, ...Action[]],
): Suggestion {
  const uuid = contentUuid(JSON.stringify([context.hookInstance, context.service, label, actions]))
  return { label, uuid, actions }
}

function mustNotBeGiven(recommendations: readonly Recommendation[]): boolean {
  return recommendations.some(
    (one) => one.applies === 'yes' && one.actions.some((action) => action.code === 'CONTRAINDICATED'),
  )
}

function draftOf(context: CardContext, drug: NamedDrug): MedicationRequest {
  return {
    resourceType: 'MedicationRequest',
    status: 'draft',
    intent: 'order',
    medicationCodeableConcept: drugConcept(drug),
    subject: { reference: `Patient/${context.patientId}` },
    ...(context.encounterId === undefined
      ? {}
      : { encounter: { reference: `Encounter/${context.encounterId}` } }),
  }
}
