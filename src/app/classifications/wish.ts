import type { Chosen } from '../../safeguard/consent/result-choice.ts'

/**
 * The status of a Task about telling somebody something, by what they want to be told. Who said no has one too, cancelled
 * with that reason, so that nobody looks for it in vain.
 */
export function wishOf(choice: Chosen): Readonly<Record<string, unknown>> {
  if (choice.wanted === false)
    return {
      status: 'cancelled',
      statusReason: { text: `The person does not want to be told (Consent/${choice.consent}).` },
      businessStatus: { text: 'The person does not want to be told' },
    }
  return {
    status: 'requested',
    businessStatus: {
      text:
        choice.wanted === undefined
          ? 'The person was not asked about being told'
          : 'The person wants to be told',
    },
  }
}
