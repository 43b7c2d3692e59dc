import { join } from 'node:path'
import { accessPolicy } from '../../src/knowledge/access/access-policy.ts'
import { Facts } from '../../src/knowledge/facts.ts'
import { Access } from '../../src/safeguard/access/access.ts'
import type { Caller } from '../../src/safeguard/caller.ts'
import { patientId, tenantId } from '../../src/terms/ids.ts'

export const facts = Facts.find([join(import.meta.dirname, '..', '..', 'facts')])
export const access = new Access(accessPolicy(facts))
export const AT = '2026-11-22T09:30:00.000Z'
export const PERSON = patientId('p1')

/** A clinician who treats, unless told otherwise. */
export function caller(change: Partial<Caller> = {}): Caller {
  return {
    tenant: tenantId('main'),
    id: 'user/1',
    kind: 'user',
    roles: ['clinician'],
    purpose: 'TREAT',
    references: ['Practitioner/1'],
    scopes: undefined,
    patient: undefined,
    breakGlass: undefined,
    session: undefined,
    secondFactor: true,
    ...change,
  }
}
