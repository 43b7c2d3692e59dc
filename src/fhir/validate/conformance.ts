import { isObject } from './json.ts'
import type { Run } from './run.ts'

/**
 * Whether a resource conforms to a profile: it claims it or one derived from it, or else meets it. Undefined when the
 * profile is not known.
 */
export function conforms(run: Run, target: unknown, url: string): boolean | undefined {
  if (!isObject(target)) return false
  const type = String(target['resourceType'])
  const wanted = typeOfTarget(run, url)
  if (wanted === undefined) return undefined
  if (!run.types.isA(type, wanted)) return false
  const model = run.profiles.of(url)
  if (model === undefined) return true
  const meta = target['meta']
  const claimed = isObject(meta) && Array.isArray(meta['profile']) ? (meta['profile'] as unknown[]) : []
  if (claimed.some((one) => typeof one === 'string' && run.profiles.derives(one, model.url))) return true
  const known = run.conformance.get(target) ?? new Map<string, boolean>()
  run.conformance.set(target, known)
  const answer = known.get(url)
  if (answer !== undefined) return answer
  known.set(url, true)
  const met = run.meets({ ...run, resource: target, rootResource: target }, model, target)
  known.set(url, met)
  return met
}

/** The type that a canonical URL of a type or profile stands for; undefined when it is not known. */
export function typeOfTarget(run: Run, url: string): string | undefined {
  const profile = run.definitions.profile(url)
  if (profile !== undefined) return profile.type
  const name = url.slice(url.lastIndexOf('/') + 1)
  return url.startsWith('http://hl7.org/fhir/StructureDefinition/') && run.types.of(name) !== undefined
    ? name
    : undefined
}
