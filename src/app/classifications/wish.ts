import type { Resource } from '../../record/resource.ts'
import type { Chosen } from '../../safeguard/consent/result-choice.ts'

const UNWANTED = 'The person does not want to be told'
const WANTED = 'The person wants to be told'
const UNASKED = 'The person was not asked about being told'

/**
 * The status of a Task about telling somebody something, by what they want to be told. Who said no has one too, cancelled
 * with that reason, so that nobody looks for it in vain.
 */
export function wishOf(choice: Chosen): Readonly<Record<string, unknown>> {
  if (choice.wanted === false)
    return {
      status: 'cancelled',
      statusReason: { text: `${UNWANTED} (Consent/${choice.consent}).` },
      businessStatus: { text: UNWANTED },
    }
  return {
    status: 'requested',
    businessStatus: { text: choice.wanted === undefined ? UNASKED : WANTED },
  }
}

/**
 * A Task about telling somebody something, as another choice leaves it: one that waits is cancelled by a no, one that a no cancelled is
 * open again. Undefined where nothing changes: somebody works on it or did, it was cancelled for another reason, or it is no such Task.
 */
export function withWish(task: Resource, choice: Chosen, at: string): Resource | undefined {
  const said = textOf(task['businessStatus'])
  if (said !== UNWANTED && said !== WANTED && said !== UNASKED) return undefined
  const waits = task['status'] === 'requested'
  if (!waits && !isRefused(task)) return undefined
  const wish = wishOf(choice)
  if (textOf(wish['businessStatus']) === said) return undefined
  const { statusReason: _, ...rest } = task
  return { ...rest, ...wish, lastModified: at }
}

/** Whether a Task was cancelled because the person does not want to be told. */
export function isRefused(task: Resource): boolean {
  return task['status'] === 'cancelled' && textOf(task['statusReason']).startsWith(UNWANTED)
}

function textOf(concept: unknown): string {
  const text = (concept as { readonly text?: unknown } | undefined)?.text
  return typeof text === 'string' ? text : ''
}
