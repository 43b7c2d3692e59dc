import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A structural check of FHIR resources against profile snapshots, written for tests alone: unknown and missing
 * elements, cardinalities, fixed and pattern values, types of value[x], slices by fixed url, coding, code, type and
 * profile, targets of references inside the bundle, and required bindings whose value sets are at hand.
 * It does not run FHIRPath invariants.
 */
export class ProfileCheck {
  readonly #profiles = new Map<string, Element>()
  readonly #valueSets = new Map<string, Include>()

  /** Reads every StructureDefinition and ValueSet of a folder. `answers` are LOINC answer lists, by canonical URL. */
  constructor(folder: string, answers: Readonly<Record<string, readonly string[]>>) {
    for (const name of readdirSync(folder).sort()) {
      const json = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Json
      const url = String(json['url'])
      if (json['resourceType'] === 'StructureDefinition') this.#profiles.set(url, treeOf(json))
      if (json['resourceType'] === 'ValueSet') {
        const include = ((json['compose'] as Json)['include'] as Json[]).map((one) => ({
          system: String(one['system']),
          codes: (one['concept'] as Json[] | undefined)?.map((concept) => String(concept['code'])),
        }))
        this.#valueSets.set(url, include)
      }
    }
    for (const [url, codes] of Object.entries(answers))
      this.#valueSets.set(url, [{ system: 'http://loinc.org', codes }])
  }

  knows(profile: string): boolean {
    return this.#profiles.has(profile)
  }

  /** Problems of one resource against the profiles it claims; `resolve` finds the target of a reference. */
  problems(resource: Json, resolve: (reference: string) => Json | undefined): string[] {
    const claimed = ((resource['meta'] as Json | undefined)?.['profile'] as string[] | undefined) ?? []
    return claimed.flatMap((url) => {
      const profile = this.#profiles.get(url.split('|')[0]!)
      if (profile === undefined) return [`profile ${url} is not known`]
      const run = new Run(this.#profiles, this.#valueSets, resolve)
      run.object(profile, resource, String(resource['resourceType']))
      return run.problems
    })
  }
}

type Json = Record<string, unknown>
/** What a value set includes: systems, and their codes where they are listed. */
type Include = readonly { system: string; codes: readonly string[] | undefined }[]

interface Element {
  readonly path: string
  readonly name: string
  readonly slice: string | undefined
  readonly min: number
  readonly max: number
  readonly types: readonly { code: string; profile?: string[]; targetProfile?: string[] }[]
  readonly expected: { readonly exact: boolean; readonly value: unknown } | undefined
  readonly binding: { readonly strength: string; readonly valueSet?: string } | undefined
  readonly discriminators: readonly { type: string; path: string }[]
  readonly children: Map<string, Element>
  readonly slices: Element[]
}

function treeOf(definition: Json): Element {
  const elements = (definition['snapshot'] as Json)['element'] as Json[]
  const byId = new Map<string, Element>()
  for (const raw of elements) {
    const id = String(raw['id'])
    const key = Object.keys(raw).find((one) => /^(fixed|pattern)[A-Z]/.test(one))
    const element: Element = {
      path: id,
      name: String(raw['path']).split('.').at(-1)!,
      slice: raw['sliceName'] as string | undefined,
      min: raw['min'] as number,
      max: raw['max'] === '*' ? Number.POSITIVE_INFINITY : Number(raw['max']),
      types: (raw['type'] as Element['types'] | undefined) ?? [],
      expected: key === undefined ? undefined : { exact: key.startsWith('fixed'), value: raw[key] },
      binding: raw['binding'] as Element['binding'],
      discriminators:
        ((raw['slicing'] as Json | undefined)?.['discriminator'] as Element['discriminators'] | undefined) ??
        [],
      children: new Map(),
      slices: [],
    }
    byId.set(id, element)
    const last = id.slice(id.lastIndexOf('.') + 1)
    if (last.includes(':')) byId.get(id.slice(0, id.lastIndexOf(':')))?.slices.push(element)
    else byId.get(id.slice(0, id.lastIndexOf('.')))?.children.set(element.name, element)
  }
  return byId.get(String(elements[0]!['id']))!
}

class Run {
  readonly problems: string[] = []
  readonly #profiles: ReadonlyMap<string, Element>
  readonly #valueSets: ReadonlyMap<string, Include>
  readonly #resolve: (reference: string) => Json | undefined

  constructor(
    profiles: ReadonlyMap<string, Element>,
    valueSets: ReadonlyMap<string, Include>,
    resolve: (reference: string) => Json | undefined,
  ) {
    this.#profiles = profiles
    this.#valueSets = valueSets
    this.#resolve = resolve
  }

  object(element: Element, value: Json, at: string): void {
    const left = new Set(Object.keys(value).filter((key) => key !== 'resourceType' && !key.startsWith('_')))
    for (const [name, child] of element.children) {
      const keys = name.endsWith('[x]')
        ? [...left].filter((key) => key.startsWith(name.slice(0, -3)) && /[A-Z]/.test(key[name.length - 3]!))
        : [...left].filter((key) => key === name)
      for (const key of keys) left.delete(key)
      const values = keys.flatMap((key) => {
        const found = value[key]
        return (Array.isArray(found) ? found : [found]).map((one: unknown) => ({ key, one }))
      })
      this.#values(child, values, `${at}.${name}`)
    }
    for (const key of left) this.problems.push(`${at}.${key} is not an element`)
  }

  #values(element: Element, values: readonly { key: string; one: unknown }[], at: string): void {
    if (values.length < element.min)
      this.problems.push(`${at}: ${values.length} values, at least ${element.min} required`)
    if (values.length > element.max)
      this.problems.push(`${at}: ${values.length} values, at most ${element.max} allowed`)
    const counts = new Map<Element, number>()
    for (const [i, { key, one }] of values.entries()) {
      const here = `${at}[${i}]`
      const slice = element.slices.find((candidate) => this.#belongs(element, candidate, key, one))
      if (slice !== undefined) counts.set(slice, (counts.get(slice) ?? 0) + 1)
      this.#value(element, key, one, here)
      if (slice !== undefined) this.#value(slice, key, one, `${here}:${slice.slice}`)
    }
    for (const slice of element.slices) {
      const count = counts.get(slice) ?? 0
      if (count < slice.min)
        this.problems.push(`${at}:${slice.slice}: ${count} values, at least ${slice.min} required`)
      if (count > slice.max)
        this.problems.push(`${at}:${slice.slice}: ${count} values, at most ${slice.max} allowed`)
    }
  }

  #value(element: Element, key: string, value: unknown, at: string): void {
    const { expected, types, binding } = element
    if (value === null || value === '' || (Array.isArray(value) && value.length === 0))
      this.problems.push(`${at} is empty`)
    if (expected !== undefined && !matches(expected.value, value))
      this.problems.push(`${at} is not ${JSON.stringify(expected.value)}`)
    if (element.name.endsWith('[x]')) {
      const type = key.slice(element.name.length - 3)
      if (!types.some((one) => one.code.toLowerCase() === type.toLowerCase()))
        this.problems.push(`${at} has type ${type}; allowed: ${types.map((one) => one.code).join(', ')}`)
    }
    if (types.length === 1) this.#typed(types[0]!, value, at)
    if (binding?.strength === 'required' && binding.valueSet !== undefined)
      this.#bound(binding.valueSet, value, at)
    if (isObject(value) && element.children.size > 0) this.object(element, value, at)
  }

  #typed(type: Element['types'][number], value: unknown, at: string): void {
    if (type.code === 'Extension' && isObject(value)) {
      const own = this.#profiles.get(String(value['url']))
      if (own !== undefined) this.object(own, value, `${at}(${String(value['url']).split('/').at(-1)})`)
      return
    }
    if (type.code === 'Reference' && isObject(value) && type.targetProfile !== undefined) {
      const reference = value['reference']
      if (typeof reference !== 'string') return
      const target = this.#resolve(reference)
      if (target !== undefined && !type.targetProfile.some((one) => conforms(target, one)))
        this.problems.push(
          `${at} refers to ${String(target['resourceType'])}; allowed: ${type.targetProfile.map((one) => one.split('/').at(-1)).join(', ')}`,
        )
      if (target === undefined && reference.startsWith('urn:uuid:'))
        this.problems.push(`${at}: ${reference} is not in the bundle`)
    }
  }

  #bound(valueSet: string, value: unknown, at: string): void {
    const include = this.#valueSets.get(valueSet.split('|')[0]!)
    if (include === undefined || !isObject(value)) return
    const codings = (value['coding'] as Json[] | undefined) ?? []
    const inside = codings.some((coding) =>
      include.some(
        (one) =>
          one.system === coding['system'] &&
          (one.codes === undefined || one.codes.includes(String(coding['code']))),
      ),
    )
    if (!inside)
      this.problems.push(`${at} has no code of ${valueSet}: ${JSON.stringify(value).slice(0, 100)}`)
  }

  #belongs(element: Element, slice: Element, key: string, value: unknown): boolean {
    return element.discriminators.every(({ type, path }) => {
      if (type === 'type')
        return slice.types.some((one) => key.toLowerCase().endsWith(one.code.toLowerCase()))
      if (!isObject(value)) return false
      if (type === 'profile') {
        const target = this.#resolve(String(value['reference']))
        const wanted = slice.types.flatMap((one) => one.targetProfile ?? [])
        return target !== undefined && wanted.some((one) => conforms(target, one))
      }
      const profile = slice.types[0]?.profile?.[0]
      if (path === 'url' && profile !== undefined) return value['url'] === profile
      const expected = slice.children.get(path)?.expected
      const found = value[path]
      return (
        expected !== undefined &&
        (Array.isArray(found) ? found : [found]).some((one) => matches(expected.value, one))
      )
    })
  }
}

function conforms(resource: Json, profile: string): boolean {
  const claimed = ((resource['meta'] as Json | undefined)?.['profile'] as string[] | undefined) ?? []
  return (
    profile === `http://hl7.org/fhir/StructureDefinition/${String(resource['resourceType'])}` ||
    profile === 'http://hl7.org/fhir/StructureDefinition/Resource' ||
    claimed.some((one) => one.split('|')[0] === profile)
  )
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** FHIR pattern: everything the pattern names is in the value; each item of a list is matched by some item. */
function matches(pattern: unknown, value: unknown): boolean {
  if (Array.isArray(pattern))
    return Array.isArray(value) && pattern.every((one) => value.some((its) => matches(one, its)))
  if (isObject(pattern))
    return isObject(value) && Object.entries(pattern).every(([key, one]) => matches(one, value[key]))
  return pattern === value
}
