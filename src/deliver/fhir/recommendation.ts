import type { DrugAdvice, Recommendation } from '../../decide/plan.ts'
import { drugConcept, genomicsReporting, loinc } from './code.ts'
import type { ReportContext } from './report-context.ts'
import type { CodeableConcept, Reference } from './resource.ts'

/**
 * Adds a medication-recommendation Task: a proposal that a person accepts or refuses.
 * Not for standard dosing, and of drugs that the person neither takes nor is about to take only for serious harm:
 * a list of a hundred tasks is a list nobody reads.
 */
export function addRecommendation(
  context: ReportContext,
  advice: DrugAdvice,
  one: Recommendation,
  implication: Reference,
): Reference | undefined {
  const named = advice.status !== 'reference'
  const serious = one.severity === 'critical' || one.severity === 'warning'
  if (one.severity === 'none' || (!named && !serious)) return undefined
  const code = codeOf(one)
  const condition = named ? '' : `If ${advice.drug.name} is considered: `
  return context.entries.add(
    {
      resourceType: 'Task',
      meta: { profile: [genomicsReporting('medication-recommendation')] },
      status: 'requested',
      intent: 'proposal',
      priority: named && one.severity === 'critical' ? 'urgent' : 'routine',
      ...(code === undefined ? {} : { code }),
      description: `${condition}${one.doThis} (${one.source})`,
      ...(advice.status === 'taking' ? { focus: addStatement(context, advice) } : {}),
      for: context.patient,
      authoredOn: context.issued,
      requester: context.device,
      reasonReference: implication,
    },
    advice.drug.name,
  )
}

function addStatement(context: ReportContext, advice: DrugAdvice): Reference {
  return context.entries.add({
    resourceType: 'MedicationStatement',
    status: 'active',
    medicationCodeableConcept: drugConcept(advice.drug),
    subject: context.patient,
  })
}

/**
 * The kind of recommendation in LOINC's answer list LL4049-4, which the profile requires. Its answers are fewer than
 * Garrod's actions: what none of them says (monitor, test first, limit the dose) is told in the description, uncoded.
 */
function codeOf(one: Recommendation): CodeableConcept | undefined {
  for (const action of one.actions) {
    switch (action.code) {
      case 'AVOID':
      case 'CONTRAINDICATED':
      case 'ALTERNATIVE':
        return loinc('LA26421-0', 'Consider alternative medication')
      case 'DOSE_DECREASE':
        return loinc('LA26422-8', 'Decrease dose')
      case 'DOSE_INCREASE':
        return loinc('LA26423-6', 'Increase dose')
    }
  }
  return undefined
}
