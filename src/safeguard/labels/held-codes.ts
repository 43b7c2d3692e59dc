import type { Resource } from '../../record/resource.ts'
import type { IndexEntry } from '../../record/resource-query.ts'
import { codeToken } from '../consent/consent-codes.ts'
import { aboutCodes } from './labels-of.ts'

/**
 * Codes that a resource holds, "system|code" in the spelling that consents are compiled to: what it is about, and every code of a
 * system in its index ("if this code is found in an instance", R4 Consent.provision.code). Identifiers and states are none.
 */
export function heldCodes(resource: Resource, index: readonly IndexEntry[]): readonly string[] {
  const codes = new Set(aboutCodes(resource))
  for (const entry of index) {
    if (entry.kind !== 'token' || entry.identity === true || entry.param.startsWith('_')) continue
    const { system, code } = entry
    if (system !== undefined && entry.param !== 'status') codes.add(codeToken({ system, code }))
  }
  return [...codes]
}
