import { identifyVrs2, serializeVrs2, type VrsObject } from '../../terms/vrs/identify.ts'
import { malformed } from './change-of.ts'

/** Deeper objects are refused. */
const DEEPEST = 32
const LONGEST = 10_000_000

/** A VRS object with what identifies it. */
export interface VrsIdentity {
  readonly object: VrsObject
  /** "ga4gh:VA.…"; undefined for a class that has none. */
  readonly identifier: string | undefined
  /** The text that the digest is made of. */
  readonly serialized: string
}

/** A VRS 2 object as JSON text. Throws VRS_MALFORMED. */
export function readVrs(text: string): VrsIdentity {
  if (text.length > LONGEST) throw malformed(`it has ${text.length} characters`)
  let object: unknown
  try {
    object = JSON.parse(text)
  } catch {
    throw malformed('it is not JSON')
  }
  if (typeof object !== 'object' || object === null || Array.isArray(object))
    throw malformed('it is no object')
  if (!('type' in object) || typeof object.type !== 'string') throw malformed('it has no "type"')
  if (depth(object) > DEEPEST) throw malformed(`it is nested more than ${DEEPEST} deep`)
  const serialized = serializeVrs2(object as VrsObject)
  if (serialized === undefined) throw malformed(`there is no class "${object.type.slice(0, 60)}"`)
  return { object: object as VrsObject, identifier: identifyVrs2(object as VrsObject), serialized }
}

function depth(value: unknown, at = 0): number {
  if (typeof value !== 'object' || value === null || at > DEEPEST) return at
  return Math.max(at, ...Object.values(value).map((one) => depth(one, at + 1)))
}
