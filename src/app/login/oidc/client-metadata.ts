import type { AdapterPayload, ClientMetadata } from 'oidc-provider'
import type { Client } from '../../../store/login/login-store.ts'

const METHOD = { public: 'none', secret: 'client_secret_basic', key: 'private_key_jwt' } as const

/** A registered program as the authorization server takes it (RFC 7591). The "secret" is a digest: see `compareClientSecret`. */
export function clientMetadata(client: Client): AdapterPayload {
  const interactive = client.redirectUris.length > 0
  const forItself = client.kind === 'key' && client.scopes.split(' ').some((one) => one.startsWith('system/'))
  const metadata: ClientMetadata = {
    client_id: client.id,
    client_name: client.name,
    redirect_uris: [...client.redirectUris],
    response_types: interactive ? ['code'] : [],
    grant_types: [
      ...(interactive ? ['authorization_code', 'refresh_token'] : []),
      ...(forItself ? ['client_credentials'] : []),
    ],
    token_endpoint_auth_method: METHOD[client.kind],
    ...(client.secretDigest === undefined ? {} : { client_secret: client.secretDigest }),
    ...(client.jwks === undefined
      ? {}
      : { jwks: client.jwks as unknown as NonNullable<ClientMetadata['jwks']> }),
    ...(client.jwksUri === undefined ? {} : { jwks_uri: client.jwksUri }),
  }
  return metadata
}
