import { conforms, typeOfTarget } from './conformance.ts'
import { isObject, type JsonObject } from './json.ts'
import type { Run } from './run.ts'

/** What any Reference is held to, wherever it stands: a contained target exists, a urn: resolves inside its bundle. */
export function checkReference(run: Run, value: JsonObject, path: string): void {
  const reference = value['reference']
  if (typeof reference !== 'string') return
  if (reference.startsWith('#') && run.resolver.target(reference) === undefined)
    run.report({
      severity: 'error',
      code: 'invariant',
      expression: path,
      words: 'ref-1: nothing contained has the id that the reference names.',
      constraint: 'ref-1',
    })
  else if (
    run.resolver.inBundle &&
    /^urn:(uuid|oid):/.test(reference) &&
    run.resolver.target(reference) === undefined
  )
    run.report({
      severity: 'warning',
      code: 'not-found',
      expression: path,
      words: 'No entry of the bundle has the fullUrl that the reference names.',
    })
}

/** Whether a reference may point where it does. `targets` are canonical URLs of types or profiles; none allows all. */
export function checkTarget(
  run: Run,
  value: unknown,
  targets: readonly string[],
  path: string,
  profile: string | undefined,
): void {
  if (targets.length === 0 || !isObject(value)) return
  const reference = value['reference']
  const stated = value['type']
  const type =
    typeof reference === 'string'
      ? run.resolver.type(reference)
      : typeof stated === 'string'
        ? stated
        : undefined
  if (type === undefined || run.types.of(type) === undefined) return
  const report = (words: string) =>
    run.report({
      severity: 'error',
      code: 'structure',
      expression: path,
      words,
      ...(profile === undefined ? {} : { profile }),
    })
  const allowed = targets.map((url) => typeOfTarget(run, url))
  if (allowed.every((one) => one !== undefined && !run.types.isA(type, one))) {
    report(`The reference points to ${type}; allowed: ${[...new Set(allowed)].join(', ')}.`)
    return
  }
  if (profile === undefined || typeof reference !== 'string') return
  const target = run.resolver.target(reference)
  if (target !== undefined && targets.every((url) => conforms(run, target, url) === false))
    report(`The reference points to a ${type} that conforms to none of: ${targets.join(', ')}.`)
}
