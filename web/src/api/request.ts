import type { FaultReply } from '../../../src/app/http/api.ts'

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

export function sendJson<T>(method: 'POST' | 'PATCH', path: string, body: unknown): Promise<T> {
  return ask<T>(path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

async function ask<T>(path: string, init: RequestInit): Promise<T> {
  let response: Response
  try {
    response = await fetch(path, init)
  } catch {
    throw noServer(path)
  }
  return readAnswer<T>(response.status, await response.text(), path)
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
