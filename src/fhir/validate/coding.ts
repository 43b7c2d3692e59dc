import { LOINC } from '../../terms/genomics-reporting.ts'
import type { JsonObject } from './json.ts'
import { loincFault } from './loinc-code.ts'
import type { Run } from './run.ts'

/**
 * A Coding whose code its own system cannot have. LOINC is not installed, but the shape of its codes is known: what
 * has another shape is wrong; a check digit that does not fit is a likely typing error, and only warned of, since
 * placeholders of that kind stand in many test systems.
 */
export function checkCoding(run: Run, value: JsonObject, path: string): void {
  const { system, code } = value
  if (system !== LOINC || typeof code !== 'string') return
  const fault = loincFault(code)
  if (fault === undefined) return
  run.report({
    severity: fault === 'shape' ? 'error' : 'warning',
    code: 'code-invalid',
    expression: path,
    words:
      fault === 'shape'
        ? `"${code.slice(0, 32)}" cannot be a code of LOINC.`
        : `"${code}" does not have the check digit of a LOINC code.`,
  })
}
