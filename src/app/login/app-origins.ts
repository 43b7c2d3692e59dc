import type { Services } from '../http/services.ts'

/** How long the list is used without asking again, ms: a newly registered app waits so long. */
const LIFE = 10_000

/** Whether a registered app runs at an origin: its pages may call the FHIR server with their tokens. */
export function appOrigins({ store, tenant, entry, now }: Services): (origin: string) => Promise<boolean> {
  if (entry.kind === 'local') return async () => false
  let known: { readonly origins: ReadonlySet<string>; readonly until: number } | undefined
  return async (origin) => {
    const at = now().getTime()
    if (known === undefined || at >= known.until) {
      const clients = await store.login.clients.list(tenant)
      const origins = clients.flatMap((one) => one.redirectUris).map((uri) => new URL(uri).origin)
      known = { origins: new Set(origins), until: at + LIFE }
    }
    return known.origins.has(origin)
  }
}
