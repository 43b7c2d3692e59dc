import type { ResourceChange } from '../../store/resource-store.ts'
import type { Work } from './fhir-service.ts'

/**
 * Tells those who follow the record that it changed. What they do about it is theirs: the change is stored, and its
 * sender is told so, even when they fail.
 */
export async function announce(
  { service, context }: Work,
  changes: readonly ResourceChange[],
): Promise<void> {
  try {
    await service.changed(
      context,
      changes.filter((one) => one.action !== 'unchanged'),
    )
  } catch (error) {
    service.log(
      `a change was stored but not announced: ${error instanceof Error ? error.name : 'thrown value'}`,
    )
  }
}
