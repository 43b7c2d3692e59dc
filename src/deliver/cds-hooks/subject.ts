import { AnyBundle, type AnyResource, type HookRequest } from './hook-request.ts'

/** What a call says about somebody else than it asks about: an order, a line of the medication list, or nothing. */
export function aboutAnother(request: HookRequest): 'order' | 'medication' | 'result' | undefined {
  if (namesAnother(request.draftOrders, request.patientId)) return 'order'
  const names = (key: string) => {
    if (request.prefetch[key] === undefined) return false
    const sent = AnyBundle.safeParse(request.prefetch[key])
    return sent.success && namesAnother(sent.data, request.patientId)
  }
  if (names('medications')) return 'medication'
  return names('observations') || names('conditions') ? 'result' : undefined
}

/** References of other forms (an identifier, urn:uuid) name nobody by id and are let through. */
function namesAnother(bundle: AnyBundle | undefined, patientId: string): boolean {
  return (bundle?.entry ?? []).some(
    ({ resource }) => resource !== undefined && isAboutAnother(resource, patientId),
  )
}

/** Whether a resource says that its subject is somebody else. */
export function isAboutAnother(resource: AnyResource, patientId: string): boolean {
  const { reference } = (resource['subject'] ?? {}) as { reference?: unknown }
  if (typeof reference !== 'string') return false
  const id = /(?:^|\/)Patient\/([A-Za-z0-9.-]{1,64})(?:\/_history\/.*)?$/.exec(reference)?.[1]
  return id !== undefined && id !== patientId
}
