import type { JsonObject } from './json.ts'
import type { Run } from './run.ts'

/**
 * Components of an Observation that are equal to the letter: allowed where a profile lets the kind repeat, but a
 * component sent twice says nothing more, and is more often the sender's mistake.
 */
export function checkRepeatedComponents(run: Run, observation: JsonObject, path: string): void {
  const components = observation['component']
  if (!Array.isArray(components) || components.length < 2) return
  const first = new Map<string, number>()
  for (const [i, component] of components.entries()) {
    const text = JSON.stringify(component)
    const known = first.get(text)
    if (known === undefined) first.set(text, i)
    else
      run.report({
        severity: 'warning',
        code: 'informational',
        expression: `${path}.component[${i}]`,
        words: `The component repeats component[${known}] to the letter.`,
      })
  }
}
