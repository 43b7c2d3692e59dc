import { createHash, randomBytes } from 'node:crypto'

/** A browser's cookies, for following an authorization by hand. */
export class Jar {
  readonly #cookies = new Map<string, string>()

  constructor(header = '') {
    for (const part of header.split('; ').filter((one) => one !== '')) this.#set(part)
  }

  #set(pair: string): void {
    const at = pair.indexOf('=')
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
    if (value === '') this.#cookies.delete(name)
    else this.#cookies.set(name, value)
  }

  async go(url: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } })
    for (const text of answer.headers.getSetCookie()) this.#set(text.split(';')[0]!)
    return answer
  }

  post(url: string, fields: Record<string, string> | [string, string][]): Promise<Response> {
    return this.go(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: new URL(url).origin },
      body: new URLSearchParams(fields).toString(),
    })
  }

  /** Follows redirects on this server; stops at a page, or at an address of the app. */
  async follow(
    url: string,
    own: string,
  ): Promise<{ readonly answer: Response | undefined; readonly url: string }> {
    let at = url
    for (let hops = 0; hops < 12; hops++) {
      if (!at.startsWith(own)) return { answer: undefined, url: at }
      const answer = await this.go(at)
      const location = answer.headers.get('location')
      if (location === null) return { answer, url: at }
      await answer.arrayBuffer()
      at = new URL(location, at).href
    }
    throw new Error(`redirects without end at ${at}`)
  }
}

export interface App {
  readonly client: string
  readonly redirect: string
  readonly scope: string
}

export const verifier = (): string => randomBytes(32).toString('base64url')
export const challenge = (text: string): string => createHash('sha256').update(text).digest('base64url')

/** The address at which an app asks for access. */
export function authorizeUrl(
  server: string,
  { client, redirect, scope }: App,
  more: Record<string, string | undefined> = {},
): string {
  const query: Record<string, string | undefined> = {
    response_type: 'code',
    client_id: client,
    redirect_uri: redirect,
    scope,
    state: 'a-state-of-the-app',
    aud: `${server}/fhir/R4`,
    code_challenge_method: 'S256',
    ...more,
  }
  const given = Object.entries(query).filter((one): one is [string, string] => one[1] !== undefined)
  return `${server}/oidc/auth?${new URLSearchParams(given)}`
}

/** Fields of the form on a page. */
export function fieldsOf(html: string): [string, string][] {
  const inputs = [...html.matchAll(/<input type="(hidden|checkbox)" name="([^"]*)" value="([^"]*)"/g)]
  return inputs.map(([, , name, value]): [string, string] => [name!, value!.replaceAll('&amp;', '&')])
}

/** Goes through the pages as a user who chooses this patient and allows everything; resolves with where the app is sent. */
export async function authorize(jar: Jar, server: string, url: string, patient?: string): Promise<URL> {
  let { answer, url: at } = await jar.follow(url, server)
  for (let pages = 0; answer !== undefined && pages < 3; pages++) {
    const html = await answer.text()
    if (answer.status !== 200) throw new Error(`${answer.status} at ${at}: ${html}`)
    const fields = fieldsOf(html)
    const choosing = /<title>Choose a patient/.test(html)
    if (choosing && patient === undefined) throw new Error('the app asks for a patient')
    const sent = await jar.post(at, [...fields, choosing ? ['patient', patient!] : ['decision', 'allow']])
    const location = sent.headers.get('location')
    if (location === null) {
      answer = sent
      continue
    }
    ;({ answer, url: at } = await jar.follow(new URL(location, at).href, server))
  }
  return new URL(at)
}

/** A request to the token endpoint. */
export async function token(
  server: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<{ readonly status: number; readonly body: Record<string, unknown>; readonly headers: Headers }> {
  const answer = await fetch(`${server}/oidc/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(fields).toString(),
  })
  return {
    status: answer.status,
    body: (await answer.json()) as Record<string, unknown>,
    headers: answer.headers,
  }
}
