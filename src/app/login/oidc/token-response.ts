import type { KoaContextWithOIDC } from 'oidc-provider'
import type { Services } from '../../http/services.ts'
import { LAUNCH_CONTEXT, type LaunchContext } from './launch-context.ts'

/** The launch context beside the token (SMART App Launch 2.2, "Launch context arrives with your access_token"). */
export function smartParameters({ store, tenant }: Services) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next()
    const body = ctx.body as Record<string, unknown> | undefined
    if (ctx.path !== '/token' || ctx.status !== 200 || typeof body?.['access_token'] !== 'string') return
    const grant = ctx.oidc.entities.AccessToken?.grantId
    const kept =
      grant === undefined ? undefined : await store.login.artifacts.find(tenant, LAUNCH_CONTEXT, grant)
    if (kept === undefined) return
    const { patient, encounter, intent, banner } = kept.payload as unknown as LaunchContext
    Object.assign(body, {
      ...(patient === undefined ? {} : { patient }),
      ...(encounter === undefined ? {} : { encounter }),
      ...(intent === undefined ? {} : { intent }),
      need_patient_banner: banner,
    })
  }
}
