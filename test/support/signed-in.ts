import { type LoginEntry, SESSION_LIMITS } from '../../src/app/login/entry.ts'
import type { Role } from '../../src/safeguard/caller.ts'
import { hashPassword } from '../../src/safeguard/login/password-hash.ts'
import type { Client } from '../../src/store/login/login-store.ts'
import type { TestServer } from './http-server.ts'

/** A server that asks for a login. */
export const withLogin: LoginEntry = { kind: 'login', cdsOpen: false, session: SESSION_LIMITS, frames: [] }

export const PASSWORD = 'blue lamps over quiet harbours'
let hash: Promise<string> | undefined

/** Registers somebody who signs in with `PASSWORD`. */
export async function addUser(
  { store, services }: TestServer,
  id: string,
  roles: readonly Role[] = ['clinician'],
  reference?: string,
): Promise<void> {
  hash ??= hashPassword(PASSWORD)
  await store.login.users.add(
    services.tenant,
    { id, name: `Dr ${id}`, roles, reference, mustChange: false },
    await hash,
    { at: services.now().toISOString(), by: 'test' },
  )
}

export async function addClient(
  { store, services }: TestServer,
  client: Partial<Client> & Pick<Client, 'id'>,
): Promise<void> {
  await store.login.clients.add(
    services.tenant,
    {
      name: `App ${client.id}`,
      kind: 'public',
      redirectUris: [],
      scopes: '',
      roles: ['system'],
      launchUrl: undefined,
      secretDigest: undefined,
      jwks: undefined,
      jwksUri: undefined,
      asks: true,
      ...client,
    },
    { at: services.now().toISOString(), by: 'test' },
  )
}

/** Fills in the sign-in form; resolves with the answer, unfollowed. */
export function postSignIn(url: string, fields: Record<string, string>): Promise<Response> {
  return fetch(`${url}/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: url },
    body: new URLSearchParams(fields).toString(),
    redirect: 'manual',
  })
}

/** "name=value" of the cookie that an answer sets. */
export function cookieOf(response: Response): string {
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

/** Signs in and resolves with the headers of our page: its cookie, and the token of changes. */
export async function signedIn(url: string, user: string): Promise<Record<string, string>> {
  const cookie = cookieOf(await postSignIn(url, { user, password: PASSWORD, to: '/' }))
  const session = (await (await fetch(`${url}/api/session`, { headers: { cookie } })).json()) as {
    csrf: string
  }
  return { cookie, 'x-csrf-token': session.csrf }
}
