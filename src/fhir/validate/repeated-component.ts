import { equalJson, type JsonObject } from './json.ts'
import type { Run } from './run.ts'

/**
 * Components of an Observation that are equal to the letter: allowed where a profile lets the kind repeat, but a
 * component sent twice says nothing more, and more often the sender's mistake.
 */
export function checkRepeatedComponents(run: Run, observation: JsonObject, path: string): void {
  const components = observation['component']
  if (!Array.isArray(components)) return
  for (let i = 1; i < components.length; i++) {
    const first = components.findIndex((one, at) => at < i && equalJson(one, components[i]))
    if (first < 0) continue
    run.report({
      severity: 'warning',
      code: 'informational',
      expression: `${path}.component[${i}]`,
      words: `The component repeats component[${first}] to the letter.`,
    })
  }
}
