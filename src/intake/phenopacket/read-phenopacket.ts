import type * as z from 'zod'
import { Phenopacket } from '../../record/phenopacket.ts'
import { Fault } from '../../terms/fault.ts'
import { camelCase, jsonLines, MAPS } from './json-lines.ts'

/** Longest text taken, characters. */
export const LONGEST_PHENOPACKET = 16 * 2 ** 20
/** Faults of one document that are told at once. */
const MOST_TOLD = 5

/** Fields that only version 1 has (phenopacket-schema 1.0). */
export const VERSION_1 = {
  '': ['genes', 'variants', 'htsFiles'],
  subject: ['ageAtCollection', 'ageRangeAtCollection'],
  phenotypicFeatures: ['negated', 'classOfOnset', 'ageOfOnset', 'ageRangeOfOnset'],
  diseases: ['classOfOnset', 'ageOfOnset', 'ageRangeOfOnset'],
} as const

/**
 * Reads one Phenopacket v2 as JSON, in either spelling that protobuf takes (camelCase, snake_case; enums by name or
 * number). Throws PHENOPACKET_NOT_JSON, PHENOPACKET_VERSION (version 1, or an unknown one), PHENOPACKET_KIND (a family, a
 * cohort, or no phenopacket at all) and PHENOPACKET_INVALID, which names each field and its line. What the fields hold is
 * not repeated.
 */
export function readPhenopacket(text: string, name: string): Phenopacket {
  const document = documentOf(text, name)
  if (typeof document !== 'object' || document === null || Array.isArray(document)) throw noPhenopacket(name)
  const fields = document as Record<string, unknown>
  refuseOthers(fields, name)
  const result = Phenopacket.safeParse(fields)
  if (result.success) return result.data
  throw notValid(result.error, { text, name, path: [] })
}

/** The JSON with its keys in camelCase. Throws PHENOPACKET_TOO_LARGE, PHENOPACKET_NOT_JSON. */
export function documentOf(text: string, name: string): unknown {
  if (text.length > LONGEST_PHENOPACKET) {
    throw new Fault(
      'PHENOPACKET_TOO_LARGE',
      name,
      'the document is larger than 16 MiB',
      'Send one person at a time.',
    )
  }
  try {
    return spelt(JSON.parse(text.replace(/^\uFEFF/, '')), '')
  } catch {
    throw new Fault('PHENOPACKET_NOT_JSON', name, 'this is not JSON', 'Send the phenopacket as JSON.')
  }
}

/** PHENOPACKET_INVALID: each field that is wrong, with its line. `path`: where in the document the packet stands. */
export function notValid(
  { issues }: z.ZodError,
  { text, name, path: above }: { text: string; name: string; path: readonly (string | number)[] },
): Fault {
  const lines = jsonLines(text)
  const told = issues.flatMap((one) => {
    const at = [...above, ...one.path]
    const inside = one.code === 'unrecognized_keys' ? one.keys.map((key) => [...at, key]) : [at]
    const what = one.code === 'unrecognized_keys' ? 'is not a field of Phenopacket v2' : messageOf(one)
    return inside.map((path) => `${fieldOf(path)} (line ${lineOf(path, lines)}) ${what}`)
  })
  const [first] = issues
  const path =
    first === undefined
      ? []
      : [...above, ...first.path, ...(first.code === 'unrecognized_keys' ? [first.keys[0]!] : [])]
  const more = told.length > MOST_TOLD ? `; and ${told.length - MOST_TOLD} more` : ''
  return new Fault(
    'PHENOPACKET_INVALID',
    `${name}: line ${lineOf(path, lines)}, ${fieldOf(path)}`,
    `${told.slice(0, MOST_TOLD).join('; ')}${more}`,
    'Correct these fields after the Phenopacket v2 schema, and send the document again.',
  )
}

/** Keys in camelCase, and without what is null: protobuf reads null as absent. */
function spelt(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map((one) => spelt(one, ''))
  if (typeof value !== 'object' || value === null) return value
  const own = MAPS.has(key)
  const entries = Object.entries(value).flatMap(([name, its]) => {
    const to = own ? name : camelCase(name)
    return its === null ? [] : [[to, spelt(its, to)] as const]
  })
  return Object.fromEntries(entries)
}

function refuseOthers(fields: Record<string, unknown>, name: string): void {
  refuseVersion({ ...(fields['proband'] as object | undefined), ...fields }, name)
  if ('proband' in fields || 'members' in fields) {
    const what = 'proband' in fields ? 'family' : 'cohort'
    throw new Fault(
      'PHENOPACKET_KIND',
      name,
      `this is a ${what}, which is about several people`,
      'Send the phenopacket of each person by itself, to the record of that person.',
    )
  }
  if (!('metaData' in fields) && !('subject' in fields) && !('phenotypicFeatures' in fields))
    throw noPhenopacket(name)
}

function refuseVersion(fields: Record<string, unknown>, name: string): void {
  const older = Object.entries(VERSION_1).flatMap(([at, names]) => {
    const holders = at === '' ? [fields] : [fields[at] ?? []].flat()
    return names.filter((one) =>
      holders.some((holder) => typeof holder === 'object' && holder !== null && one in holder),
    )
  })
  if (older.length > 0 || knownVersion(fields, name) === 1) {
    const why = older.length > 0 ? `it has ${[...new Set(older)].join(', ')}` : 'its metaData says so'
    throw new Fault(
      'PHENOPACKET_VERSION',
      name,
      `this is a phenopacket of version 1 (${why}); version 2 is read here`,
      'Convert it, as with "pxf convert" of phenopacket-tools: version 1 does not say what some fields mean in version 2.',
    )
  }
}

/** As metaData says it; undefined where it does not. Throws PHENOPACKET_VERSION where it says another than 1 or 2. */
export function knownVersion(fields: object, name: string): 1 | 2 | undefined {
  const { metaData } = fields as { metaData?: { phenopacketSchemaVersion?: unknown } | null }
  const version = metaData?.phenopacketSchemaVersion
  if (typeof version !== 'string') return undefined
  if (/^v?1(\.|$)/.test(version)) return 1
  if (/^v?2(\.|$)/.test(version)) return 2
  throw new Fault(
    'PHENOPACKET_VERSION',
    `${name}: metaData.phenopacketSchemaVersion`,
    'this is a phenopacket of a version that is not known here',
    'Send version 2.',
  )
}

export function noPhenopacket(name: string): Fault {
  return new Fault(
    'PHENOPACKET_KIND',
    name,
    'this is JSON, but no phenopacket: it has neither a subject, features nor metaData',
    'Send a GA4GH Phenopacket v2.',
  )
}

function messageOf(issue: {
  readonly code?: string
  readonly message: string
  readonly input?: unknown
}): string {
  const missing = /received undefined/.test(issue.message)
  return missing
    ? 'is missing'
    : issue.message.replace(/^Invalid input: /, '').replace(/^expected/, 'must be')
}

function fieldOf(path: readonly PropertyKey[]): string {
  const text = path.map((one) => (typeof one === 'number' ? `[${one}]` : `.${String(one)}`)).join('')
  return text === '' ? 'the document' : text.replace(/^\./, '')
}

/** Of the field, or of the nearest that holds it. */
function lineOf(path: readonly PropertyKey[], lines: ReadonlyMap<string, number>): number {
  for (let length = path.length; length >= 0; length--) {
    const line = lines.get(path.slice(0, length).map(String).join('.'))
    if (line !== undefined) return line
  }
  return 1
}
