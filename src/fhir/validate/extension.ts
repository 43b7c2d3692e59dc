import { isObject, type JsonObject } from './json.ts'
import { checkProfile } from './profile.ts'
import type { Run } from './run.ts'

/** ext-1 (a value or further extensions, never both), and the definition of the extension where it is known. */
export function checkExtension(run: Run, value: JsonObject, path: string): void {
  const hasValue = Object.keys(value).some((key) => key.startsWith('value') || key.startsWith('_value'))
  const hasInner = Array.isArray(value['extension']) && value['extension'].length > 0
  if (hasValue === hasInner)
    run.report({
      severity: 'error',
      code: 'invariant',
      expression: path,
      words: 'ext-1: an extension has either a value or further extensions.',
      constraint: 'ext-1',
    })
  const url = value['url']
  if (typeof url !== 'string') return
  const model = run.profiles.of(url)
  if (model === undefined) return
  if (model.type !== 'Extension') {
    run.report({
      severity: 'error',
      code: 'extension',
      expression: path,
      words: `${url} is a profile of ${model.type}, not an extension.`,
    })
    return
  }
  if (isObject(value)) checkProfile(run, model, value, path)
}
