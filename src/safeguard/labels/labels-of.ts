import type { SensitivityRule } from '../../knowledge/access/sensitivity.ts'
import { MADE_FROM_OTHERS, sourcesOf } from '../../record/made-from.ts'
import { type Coding, type Resource, tokenOf } from '../../record/resource.ts'
import { ACT_CODE, codeToken } from '../consent/consent-codes.ts'

/** Rules in the shape in which a resource is looked at. */
export interface Labelling {
  readonly byCode: ReadonlyMap<string, readonly string[]>
  readonly bySystem: ReadonlyMap<string, readonly string[]>
  readonly byType: ReadonlyMap<string, readonly string[]>
  readonly byMedia: ReadonlyMap<string, readonly string[]>
  /** How the "system|code" of a label begins. */
  readonly prefixes: readonly { readonly start: string; readonly label: string }[]
  readonly profiles: readonly SensitivityRule[]
}

export function labelling(rules: readonly SensitivityRule[]): Labelling {
  const grouped = (how: SensitivityRule['how'], keyOf: (rule: SensitivityRule) => string) => {
    const map = new Map<string, string[]>()
    for (const rule of rules.filter((one) => one.how === how)) {
      const labels = map.get(keyOf(rule))
      if (labels === undefined) map.set(keyOf(rule), [rule.label])
      else labels.push(rule.label)
    }
    return map
  }
  return {
    byCode: grouped('code', ({ system, value }) => codeToken({ system, code: value })),
    bySystem: grouped('system', ({ system }) => system),
    byType: grouped('type', ({ value }) => value),
    byMedia: grouped('media', ({ value }) => value),
    prefixes: rules
      .filter(({ how }) => how === 'code-prefix')
      .map(({ system, value, label }) => ({ start: `${system}|${value}`, label })),
    profiles: rules.filter(({ how }) => how === 'profile-prefix'),
  }
}

/**
 * Security labels of a resource, "system|code": those its sender gave it, and the sensitivities that its type, profile,
 * codes (anywhere in it, contained resources included) and attachments call for; and that it names what it was made
 * from. Never fewer than the sender's.
 */
export function labelsOf(resource: Resource, labelling: Labelling): readonly string[] {
  const labels = new Set((resource.meta?.security ?? []).map(codeToken))
  const found = (sensitivities: readonly string[] | undefined): void => {
    for (const one of sensitivities ?? []) labels.add(tokenOf(ACT_CODE, one))
  }
  const look = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) look(one)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return
    const { system, code, contentType, resourceType, meta } = value as Record<string, unknown>
    if (typeof resourceType === 'string') {
      found(labelling.byType.get(resourceType))
      for (const profile of (meta as Resource['meta'])?.profile ?? [])
        found(labelling.profiles.flatMap((one) => (profile.startsWith(one.value) ? [one.label] : [])))
    }
    if (typeof system === 'string' && typeof code === 'string') ofCode({ system, code })
    if (typeof contentType === 'string')
      found(labelling.byMedia.get(contentType.split(';')[0]!.trim().toLowerCase()))
    for (const [key, one] of Object.entries(value)) if (key !== 'security') look(one)
  }
  const ofCode = (coding: Coding): void => {
    const token = codeToken(coding)
    found(labelling.byCode.get(token))
    found(labelling.bySystem.get(coding.system ?? ''))
    for (const { start, label } of labelling.prefixes) if (token.startsWith(start)) found([label])
  }
  look(resource)
  if (sourcesOf(resource).length > 0) labels.add(MADE_FROM_OTHERS)
  return [...labels].sort()
}

/**
 * What a resource is about, "system|code" in the spelling that consents are compiled to: its code, category, type and
 * the like, and its profiles. Kept beside it so that consents and scopes can name it.
 */
export function aboutCodes(resource: Resource): readonly string[] {
  const codes = new Set<string>()
  for (const element of ABOUT) {
    // A CodeableConcept in most types, a Coding in some (Encounter.class, ImagingStudy.modality).
    for (const one of [resource[element] ?? []].flat() as readonly (Coding & {
      coding?: readonly Coding[]
    })[]) {
      for (const coding of one.coding ?? [one])
        if (typeof coding.code === 'string') codes.add(codeToken(coding))
    }
  }
  for (const profile of resource.meta?.profile ?? []) codes.add(tokenOf('urn:ietf:rfc:3986', profile))
  return [...codes].sort()
}

const ABOUT = [
  'code',
  'category',
  'type',
  'class',
  'medicationCodeableConcept',
  'vaccineCode',
  'relationship',
  'modality',
  'serviceType',
  'topic',
]
