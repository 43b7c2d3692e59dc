import type { ResourceChange } from '../../store/resources/resource-store.ts'
import type { Work } from './fhir-service.ts'

/** Pause before those who follow are told again, ms. */
const AGAIN = 1000
/** Tries while this process lives; a server that starts catches up with what is left. */
const TRIES = 300

/**
 * Tells those who follow the record that it changed. What they do about it is theirs: the change is stored, and its
 * sender is told so, even when they fail; then they are told again, until they take it.
 */
export async function announce(
  { service, context }: Pick<Work, 'service' | 'context'>,
  changes: readonly ResourceChange[],
  tries = 1,
): Promise<void> {
  try {
    await service.changed(
      context,
      changes.filter((one) => one.action !== 'unchanged'),
    )
  } catch (error) {
    if (tries === 1 || tries === TRIES)
      service.log(
        `a change was stored but not announced: ${error instanceof Error ? error.name : 'thrown value'}`,
      )
    if (tries === TRIES) return
    setTimeout(() => void announce({ service, context }, changes, tries + 1), AGAIN).unref()
  }
}
