import { AnyBundle, type HookRequest } from './hook-request.ts'

/** What a call says about somebody else than it asks about: an order, a line of the medication list, or nothing. */
export function aboutAnother(request: HookRequest): 'order' | 'medication' | undefined {
  if (namesAnother(request.draftOrders, request.patientId)) return 'order'
  const sent = AnyBundle.safeParse(request.prefetch['medications'])
  return sent.success && namesAnother(sent.data, request.patientId) ? 'medication' : undefined
}

/** References of other forms (an identifier, urn:uuid) name nobody by id and are let through. */
function namesAnother(bundle: AnyBundle | undefined, patientId: string): boolean {
  return (bundle?.entry ?? []).some(({ resource }) => {
    const { reference } = (resource?.['subject'] ?? {}) as { reference?: unknown }
    if (typeof reference !== 'string') return false
    const id = /(?:^|\/)Patient\/([A-Za-z0-9.-]{1,64})(?:\/_history\/.*)?$/.exec(reference)?.[1]
    return id !== undefined && id !== patientId
  })
}
