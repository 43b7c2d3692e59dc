import type { Role } from '../../safeguard/caller.ts'
import { Fault } from '../../terms/fault.ts'

export const ROLES: readonly Role[] = [
  'clinician',
  'pharmacist',
  'geneticist',
  'laboratory',
  'researcher',
  'privacy-officer',
  'integration-engineer',
  'administrator',
  'patient',
  'system',
]

/** Throws ROLE_UNKNOWN. */
export function rolesOf(texts: readonly string[]): readonly Role[] {
  return [...new Set(texts)].map((text) => {
    const found = ROLES.find((role) => role === text)
    if (found !== undefined) return found
    throw new Fault(
      'ROLE_UNKNOWN',
      '--role',
      `there is no role "${text}"`,
      `Choose among ${ROLES.join(', ')}.`,
    )
  })
}
