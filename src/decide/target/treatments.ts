import type { TargetOption } from './option.ts'

/** Each treatment once: labels that the entry of another names are left out. */
export function treatmentsAmong(options: readonly TargetOption[]): readonly TargetOption[] {
  const told = new Set(options.flatMap(({ alsoBy = [] }) => alsoBy.map(({ id }) => id)))
  return options.filter(({ id }) => !told.has(id))
}
