import { readFileSync } from 'node:fs'
import { isScope } from '../../safeguard/login/registered-scope.ts'
import { Fault } from '../../terms/fault.ts'

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/** An https address, or http on this machine. Throws CLIENT_URL. */
export function addressOf(option: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.includes(url.hostname))
  if (safe && !text.includes('#')) return text
  throw new Fault(
    'CLIENT_URL',
    option,
    `"${text}" is not an address that a program can be trusted with`,
    'Use https, without a fragment; http is for this machine alone.',
  )
}

/** Scopes separated by spaces. Throws SCOPE_UNKNOWN, USAGE_SCOPE. */
export function scopesOf(texts: readonly string[]): string {
  const scopes = [
    ...new Set(
      texts
        .join(' ')
        .split(/\s+/)
        .filter((one) => one !== ''),
    ),
  ]
  if (scopes.length === 0) {
    throw new Fault(
      'USAGE_SCOPE',
      '--scope',
      'nothing says what the program may be given',
      'Add --scope, as --scope "launch/patient patient/*.rs".',
    )
  }
  const wrong = scopes.find((one) => !isScope(one))
  if (wrong === undefined) return scopes.join(' ')
  throw new Fault(
    'SCOPE_UNKNOWN',
    '--scope',
    `"${wrong}" is not a SMART scope`,
    'Write patient/, user/ or system/, a resource type or *, a dot, and letters of "cruds" in this order.',
  )
}

/** Public keys from a file. Throws JWKS_MALFORMED; private keys are refused. */
export function jwksOf(path: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (path === undefined) return undefined
  const keys = readKeys(path)
  if (keys === undefined || keys.length === 0) {
    throw new Fault(
      'JWKS_MALFORMED',
      path,
      'this is not a JSON Web Key Set',
      'Give a file as {"keys": [{"kty": "EC", …}]}.',
    )
  }
  if (keys.some((key) => 'd' in key || 'k' in key)) {
    throw new Fault(
      'JWKS_PRIVATE',
      path,
      'the file holds a private key',
      'Give the public keys alone, and keep the private ones where they are used.',
    )
  }
  return { keys }
}

function readKeys(path: string): readonly object[] | undefined {
  try {
    const { keys } = JSON.parse(readFileSync(path, 'utf8')) as { keys?: unknown }
    return Array.isArray(keys) && keys.every((key) => typeof key === 'object' && key !== null && 'kty' in key)
      ? keys
      : undefined
  } catch {
    return undefined
  }
}
