import type { Chosen } from '../../safeguard/consent/result-choice.ts'
import { Fault } from '../../terms/fault.ts'
import { patientId } from '../../terms/ids.ts'
import { choiceOf } from '../access/choice-of.ts'
import type { Arguments } from '../command.ts'
import { audited } from '../command-line/audited-command.ts'
import { TENANT } from '../tenant.ts'

/** What is sought beside the question, and why. */
interface ToldChoices {
  readonly sought: {
    readonly secondary: boolean
    readonly carrier: boolean
    /** The person has said no to carrier findings. */
    readonly carrierRefused: boolean
  }
  readonly notes: readonly string[]
}

const CHOICES = [
  ['secondary', 'secondary-findings', 'secondary-findings'],
  ['carrier', 'carrier-findings', 'carrier'],
] as const

/**
 * Without --patient the options say what the person wants. With it the Consents of the record do: a yes is sought, a no is
 * refused even when the option asks for it, and where nobody asked, the option decides.
 * Throws CHOICE_REFUSED, PATIENT_UNKNOWN.
 */
export async function toldChoices(input: Arguments): Promise<ToldChoices> {
  const asked = {
    secondary: input.flag('secondary-findings'),
    carrier: input.flag('carrier'),
    carrierRefused: false,
  }
  const named = input.text('patient')
  if (named === undefined) return { sought: asked, notes: [] }
  const patient = patientId(named)
  const task = {
    action: 'R',
    interaction: 'read',
    command: 'garrod germline',
    patients: [patient],
  } as const
  const chosen = await audited(task, async (store) => {
    if ((await store.patients.get({ tenant: TENANT, patient })) === undefined)
      throw new Fault(
        'PATIENT_UNKNOWN',
        '--patient',
        `there is no patient "${patient}"`,
        'See "garrod patient list".',
      )
    const at = Date.now()
    return Promise.all(CHOICES.map(([, choice]) => choiceOf(store, TENANT, patient, choice, at)))
  })
  return combineChoices(asked, chosen)
}

/** Exported for the test: the store is asked elsewhere. `chosen` in the order secondary, carrier. */
export function combineChoices(asked: ToldChoices['sought'], chosen: readonly Chosen[]): ToldChoices {
  const sought = { ...asked }
  const notes: string[] = []
  for (const [i, [name, choice, option]] of CHOICES.entries()) {
    const one = chosen[i]!
    if (one.wanted === false && asked[name])
      throw new Fault(
        'CHOICE_REFUSED',
        `--${option}`,
        `the person does not want to be told ${choice.replace('-', ' ')} (Consent ${one.consent})`,
        'Leave the option out. If the person has decided otherwise, record the new Consent first.',
      )
    if (one.wanted !== undefined) {
      sought[name] = one.wanted
      if (name === 'carrier') sought.carrierRefused = !one.wanted
      notes.push(
        `${choice.replace('-', ' ')}: ${one.wanted ? 'wanted' : 'not wanted'} (Consent ${one.consent}).`,
      )
    }
  }
  return { sought, notes }
}
