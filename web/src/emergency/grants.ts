import { useSyncExternalStore } from 'react'
import type { GrantReply } from '../../../src/app/access/break-glass-routes.ts'

const KEPT = 'garrod-emergency'
const listeners = new Set<() => void>()

/** Emergency accesses that were granted in this window and have not ended. */
function inForce(): readonly GrantReply[] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? '[]') as readonly GrantReply[]
    return kept.filter((one) => Date.parse(one.until) > Date.now())
  } catch {
    return []
  }
}

function keep(grants: readonly GrantReply[]): void {
  sessionStorage.setItem(KEPT, JSON.stringify(grants))
  for (const tell of listeners) tell()
}

export const beginGrant = (grant: GrantReply): void =>
  keep([...inForce().filter((one) => one.patient !== grant.patient), grant])

/** From now on this window asks for the usual purpose again; the grant itself stays written down. */
export const leaveGrant = (patient: string): void => keep(inForce().filter((one) => one.patient !== patient))

/** Of this person, while it lasts. */
export function useGrant(patient: string): GrantReply | undefined {
  const text = useSyncExternalStore(
    (tell) => {
      listeners.add(tell)
      return () => listeners.delete(tell)
    },
    () => sessionStorage.getItem(KEPT),
  )
  return text === null ? undefined : inForce().find((one) => one.patient === patient)
}

/** Requests about a person whose glass was broken here say that they are for an emergency; others never do. */
export function purposeHeaders(path: string): Record<string, string> {
  const about = (patient: string) => {
    const id = encodeURIComponent(patient)
    return (
      path.startsWith(`/api/patients/${id}/`) || path === `/api/patients/${id}` || isQueryOf(path, patient)
    )
  }
  return inForce().some((one) => about(one.patient)) ? { 'purpose-of-use': 'ETREAT' } : {}
}

const isQueryOf = (path: string, patient: string): boolean =>
  path.startsWith('/fhir/') && new URLSearchParams(path.split('?')[1] ?? '').get('patient') === patient
