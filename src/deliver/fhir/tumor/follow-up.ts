import type { VariantOrigin } from '../../../interpret/finding/tumor-scores.ts'
import { genomicsReporting, loinc, tbd } from '../code.ts'
import { observation, type ReportContext } from '../report-context.ts'
import type { Reference } from '../resource.ts'

/** A variant that may be inherited: what speaks for it, and the proposal of a test of blood or saliva (followup-recommendation). */
export function perhapsInherited(
  context: ReportContext,
  name: string,
  { because, missing }: VariantOrigin,
  variant: Reference,
): { readonly implication: Reference; readonly task: Reference } {
  const says = `${name} may be inherited. ${because.join(' ')}`.trim()
  const implication = context.entries.add(
    observation(context, 'diagnostic-implication', tbd('diagnostic-implication'), {
      derivedFrom: [variant],
      ...(missing.length === 0 ? {} : { note: [{ text: `Not known: ${missing.join('; ')}.` }] }),
      component: [{ code: tbd('conclusion-string'), valueString: says }],
    }),
    `${name}: may be inherited`,
  )
  const description = `Confirm in blood or saliva whether ${name} is inherited.`
  const task = context.entries.add(
    {
      resourceType: 'Task',
      meta: { profile: [genomicsReporting('followup-recommendation')] },
      status: 'requested',
      intent: 'proposal',
      priority: 'routine',
      code: loinc('LA14021-2', 'Confirmatory testing recommended'),
      description,
      for: context.patient,
      authoredOn: context.issued,
      requester: context.device,
      reasonReference: implication,
    },
    description,
  )
  return { implication, task }
}
