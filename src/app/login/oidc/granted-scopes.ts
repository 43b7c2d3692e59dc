import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { permitted, resourceScope } from '../../../safeguard/login/registered-scope.ts'
import type { Services } from '../../http/services.ts'

const isSystem = (scope: string) => resourceScope(scope)?.level === 'system'

/**
 * Of the scopes asked for, those that the client is registered for. What a person agrees to may be less; a program that
 * acts for itself is refused when it asks for more, because nobody would notice that something is missing.
 */
export async function scopesFor(
  { store, tenant }: Services,
  ctx: KoaContextWithOIDC,
  clientId: string,
): Promise<string> {
  const { params, entities } = ctx.oidc
  const forItself = params?.['grant_type'] === 'client_credentials'
  const wanted =
    entities.AuthorizationCode?.scope ??
    entities.RefreshToken?.scope ??
    (params?.['scope'] as string | undefined) ??
    ''
  const client = await store.login.clients.get(tenant, clientId)
  const may = permitted(client?.scopes ?? '', wanted).filter((scope) => isSystem(scope) === forItself)
  if (forItself && (may.length === 0 || may.length < new Set(wanted.split(' ')).size)) {
    throw new errors.InvalidScope('the client is not registered for a scope that it asked for', wanted)
  }
  return may.join(' ')
}
