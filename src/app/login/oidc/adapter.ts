import { type Adapter, type AdapterPayload, errors } from 'oidc-provider'
import type { Services } from '../../http/services.ts'
import { clientMetadata } from './client-metadata.ts'

/**
 * Where the authorization server keeps things: in the store, under digests of their ids, so that who reads the tables
 * holds no token. Clients are those that "garrod client" registered.
 */
export function storeAdapter({ store, tenant, now }: Services, kind: string): Adapter {
  const { artifacts, clients } = store.login
  const at = () => now().toISOString()
  return {
    async upsert(id, payload, expiresIn) {
      // The id of a token is the token.
      const { jti: _, ...rest } = payload
      const links = {
        grant: payload.grantId,
        uid: payload.uid,
        user: payload.accountId,
        client: payload.clientId,
      }
      const expiresAt = new Date(Date.now() + (expiresIn ?? 3600) * 1000).toISOString()
      await artifacts.put(tenant, kind, id, rest, links, expiresAt)
    },
    async find(id) {
      if (kind === 'Client') {
        const client = await clients.get(tenant, id)
        return client && clientMetadata(client)
      }
      const found = await artifacts.find(tenant, kind, id)
      if (found === undefined) return undefined
      return { ...found.payload, jti: id, ...(found.consumed ? { consumed: true } : {}) } as AdapterPayload
    },
    /** Without its id, which is its cookie: whom a session is of is looked at here, and the session never written again. */
    async findByUid(uid) {
      const found = await artifacts.findByUid(tenant, kind, uid)
      return found && ({ ...found.payload } as AdapterPayload)
    },
    findByUserCode: async () => undefined,
    async consume(id) {
      // Of two requests with one code at once, one gets a token.
      if (!(await artifacts.consume(tenant, kind, id, at())))
        throw new errors.InvalidGrant('it was used before')
    },
    destroy: (id) => artifacts.destroy(tenant, kind, id),
    revokeByGrantId: (grant) => artifacts.destroyGrant(tenant, kind, grant),
  }
}
