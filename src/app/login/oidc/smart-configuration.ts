import type { FastifyInstance } from 'fastify'
import type { Services } from '../../http/services.ts'
import type { AuthorizationServer } from './mount.ts'
import { FHIR_BASE, OIDC_BASE } from './provider.ts'

/** What this server can do (SMART App Launch 2.2, "Capability Sets"). */
const CAPABILITIES = [
  'launch-ehr',
  'launch-standalone',
  'client-public',
  'client-confidential-symmetric',
  'client-confidential-asymmetric',
  'sso-openid-connect',
  'context-banner',
  'context-ehr-patient',
  'context-ehr-encounter',
  'context-standalone-patient',
  'permission-offline',
  'permission-online',
  'permission-patient',
  'permission-user',
  'permission-v1',
  'permission-v2',
] as const

const SCOPES = [
  'openid',
  'fhirUser',
  'profile',
  'launch',
  'launch/patient',
  'offline_access',
  'online_access',
  'patient/*.cruds',
  'user/*.cruds',
  'system/*.cruds',
]

/** Discovery, open to everybody and to every page: it tells addresses alone. */
export function smartConfiguration(
  server: FastifyInstance,
  services: Services,
  authorization: AuthorizationServer,
): void {
  const open = { config: { open: true } }
  server.get(`${FHIR_BASE}/.well-known/smart-configuration`, open, async (_request, reply) => {
    const issuer = `${services.publicUrl()}${OIDC_BASE}`
    reply.header('access-control-allow-origin', '*').type('application/json; charset=utf-8')
    return JSON.stringify({
      issuer,
      jwks_uri: `${issuer}/jwks`,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      introspection_endpoint: `${issuer}/token/introspection`,
      revocation_endpoint: `${issuer}/token/revocation`,
      grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
      response_types_supported: ['code'],
      scopes_supported: SCOPES,
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: ['RS384', 'ES384'],
      code_challenge_methods_supported: ['S256'],
      capabilities: CAPABILITIES,
    })
  })
  server.get(`${FHIR_BASE}/.well-known/openid-configuration`, open, async (_request, reply) => {
    await authorization.provider()
    return reply.redirect(`${services.publicUrl()}${OIDC_BASE}/.well-known/openid-configuration`, 302)
  })
}
