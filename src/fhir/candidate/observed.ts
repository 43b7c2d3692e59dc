import type { Resource } from '../../record/resource.ts'
import { codings, text } from '../genomics/component.ts'

/** Observations that stand: final, not withdrawn, with a value. */
const STANDING = new Set(['final', 'amended', 'corrected'])

export function stands(resource: Resource): boolean {
  return resource.resourceType === 'Observation' && STANDING.has(String(resource['status']))
}

/** YYYY-MM-DD that the resource says it is of; undefined where it says less, or nothing. */
export function dayOf(resource: Resource): string | undefined {
  const period = resource['effectivePeriod'] as { start?: unknown; end?: unknown } | undefined
  const said =
    text(resource['effectiveDateTime']) ??
    text(resource['effectiveInstant']) ??
    text(period?.end) ??
    text(period?.start)
  return said === undefined ? undefined : /^\d{4}-\d\d-\d\d/.exec(said)?.[0]
}

/** A quantity with its UCUM code, else its unit as written. */
interface Quantity {
  readonly value: number
  readonly unit: string
  readonly beyond?: '<' | '<=' | '>' | '>='
}

export function quantityOf(value: unknown): Quantity | undefined {
  const quantity = (value ?? {}) as Record<string, unknown>
  const number = quantity['value']
  if (typeof number !== 'number') return undefined
  const beyond = ['<', '<=', '>', '>='].find((one) => one === quantity['comparator']) as Quantity['beyond']
  return {
    value: number,
    unit: text(quantity['code']) ?? text(quantity['unit']) ?? '',
    ...(beyond === undefined ? {} : { beyond }),
  }
}

/** Profiles that a resource claims, by the last part of their address. */
export function claims(resource: Resource, profile: RegExp): boolean {
  const said: unknown = resource.meta?.profile
  return (
    Array.isArray(said) &&
    said.some((one) => profile.test(String(one).replace(/\|.*$/, '').replace(/^.*\//, '')))
  )
}

/** Whether the code, or a code of its codings, is one of these LOINC codes. */
export function hasLoinc(
  concept: unknown,
  known: ReadonlySet<string> | ReadonlyMap<string, unknown>,
): boolean {
  return codings(concept).some(
    ({ system, code }) =>
      code !== undefined && (system === undefined || /loinc/i.test(system)) && known.has(code),
  )
}

/** "Observation/o1" of a reference, whatever server it names. */
export function referenceOf(value: unknown): string | undefined {
  const said = text((value as { reference?: unknown } | undefined)?.reference)
  return said?.replace(/\/_history\/.*$/, '').replace(/^.*\/([A-Z][A-Za-z]+\/[A-Za-z0-9.-]+)$/, '$1')
}

/** The newest by day, those of one day together; undated ones only where nothing is dated. */
export function newest<T extends { readonly day: string | undefined }>(all: readonly T[]): readonly T[] {
  const last = all
    .flatMap(({ day }) => day ?? [])
    .sort()
    .at(-1)
  return all.filter(({ day }) => day === last)
}
