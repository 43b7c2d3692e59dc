import type { FaultReply } from '../../../src/app/http/api.ts'
import { purposeHeaders } from '../emergency/grants.ts'

/** An answer of the server that is a fault, or no answer: what, where and how to mend it. */
export class FaultError extends Error {
  readonly fault: FaultReply

  constructor(fault: FaultReply) {
    super(fault.what)
    this.name = 'FaultError'
    this.fault = fault
  }
}

export function getJson<T>(path: string): Promise<T> {
  return ask<T>(path, {})
}

export function sendJson<T>(
  method: 'POST' | 'PUT' | 'PATCH',
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<T> {
  return ask<T>(path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

/** For what takes something away and is answered with what is left. */
export function deleteJson<T>(path: string): Promise<T> {
  return ask<T>(path, { method: 'DELETE' })
}

/** A file as it is. */
export async function getBytes(path: string): Promise<Uint8Array> {
  const response = await fetched(path, {})
  if (!response.ok) readAnswer(response.status, await response.text(), path)
  return new Uint8Array(await response.arrayBuffer())
}

export function sendFile<T>(path: string, file: Blob, type: string): Promise<T> {
  return ask<T>(path, { method: 'POST', headers: { 'content-type': type }, body: file })
}

/** For changes that are answered with nothing. */
export async function sendNothing(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<void> {
  await answerTo(path, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
}

let csrf: string | undefined
let answeredAt = Date.now()

/** The token that tells the server that a change comes from this page; undefined where nobody signs in. */
export function rememberCsrf(token: string | undefined): void {
  csrf = token
}

export const csrfHeaders = (): Record<string, string> => (csrf === undefined ? {} : { 'x-csrf-token': csrf })

/** When the server last answered, ms since 1970: from then on its session is idle. */
export const lastAnswerAt = (): number => answeredAt

/** To the sign-in page and back. Whatever the page shows is gone from the screen. */
export function signInAgain(): void {
  const here = location.pathname + location.search
  location.assign(`/sign-in?${new URLSearchParams({ to: here })}`)
}

async function ask<T>(path: string, init: RequestInit): Promise<T> {
  const { status, text } = await answerTo(path, init)
  return readAnswer<T>(status, text, path)
}

async function answerTo(path: string, init: RequestInit): Promise<{ status: number; text: string }> {
  const response = await fetched(path, init)
  const text = await response.text()
  if (!response.ok) readAnswer(response.status, text, path)
  return { status: response.status, text }
}

async function fetched(path: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(path, {
      ...init,
      headers: { ...purposeHeaders(path), ...init.headers, ...csrfHeaders() },
    })
  } catch {
    throw noServer(path)
  }
  if (response.status === 401) signInAgain()
  else answeredAt = Date.now()
  return response
}

export function noServer(path: string): FaultError {
  return new FaultError({
    code: 'NO_SERVER',
    where: path,
    what: 'the server does not answer',
    mend: 'Check that "garrod serve" is running and that the connection is up, then try again.',
  })
}

/** The body of an answer as its type; a fault for every other status. */
export function readAnswer<T>(status: number, body: string, path: string): T {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    value = undefined
  }
  if (status >= 200 && status < 300 && value !== undefined) return value as T
  throw new FaultError(
    isFault(value)
      ? value
      : {
          code: `HTTP_${status}`,
          where: path,
          what: `the server answered with status ${status}`,
          mend: 'Try again. If it happens again, the log of the server says more.',
        },
  )
}

function isFault(value: unknown): value is FaultReply {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['code', 'where', 'what', 'mend'].every((key) => key in value)
  )
}
