/** Breaks valid resources in every way that a profile's own snapshot forbids, without looking at how Garrod reads it. */

export type Json = Record<string, unknown>

/** An element of a StructureDefinition snapshot, as published. */
export interface SnapshotElement {
  readonly id: string
  readonly path: string
  readonly min: number
  readonly max: string
  readonly base?: { readonly max: string }
  readonly type?: readonly {
    readonly code: string
    readonly targetProfile?: readonly string[]
    readonly profile?: readonly string[]
  }[]
  readonly binding?: { readonly strength: string; readonly valueSet?: string }
  readonly [key: string]: unknown
}

interface Mutant {
  readonly kind: string
  readonly element: string
  readonly resource: Json
}

interface Spot {
  readonly parent: Json
  readonly key: string
  /** Place in a list; undefined for a single value. */
  readonly at: number | undefined
  readonly value: unknown
}

/** Every mutant of one resource by the elements of one snapshot. */
export function mutantsOf(resource: Json, elements: readonly SnapshotElement[]): Mutant[] {
  const byId = new Map(elements.map((one) => [one.id, one]))
  const made: Mutant[] = []
  for (const element of elements) {
    if (!element.id.includes('.')) continue
    const mutate = (kind: string, change: (spot: Spot, copy: Json) => boolean) => {
      const copy = structuredClone(resource)
      const spot = spots(copy, element.id, byId)[0]
      if (spot !== undefined && change(spot, copy)) made.push({ kind, element: element.id, resource: copy })
    }
    const types = element.type ?? []
    const code = types[0]?.code ?? ''
    const name = element.id.slice(element.id.lastIndexOf('.') + 1)
    const isChoice = name.replace(/:.*/, '').endsWith('[x]')
    if (element.min > 0)
      mutate('required element missing', (_, copy) => {
        const all = spots(copy, element.id, byId)
        const [first] = all
        if (first === undefined) return false
        const same = all.filter((one) => one.parent === first.parent)
        for (const one of same.reverse()) remove(one)
        return true
      })
    if (element.max === '1' && element.base?.max === '*')
      mutate('one too many', ({ parent, key, at, value }) => {
        if (at === undefined) return false
        ;(parent[key] as unknown[]).push(structuredClone(value))
        return true
      })
    const expected = Object.entries(element).find(([key]) => /^(fixed|pattern)[A-Z]/.test(key))?.[1]
    if (expected !== undefined && !/\.url$/.test(element.id) && isDemanded(element.id, byId))
      mutate('fixed value changed', (spot) => {
        put(spot, changed(spot.value))
        return true
      })
    if (isChoice && !name.includes(':') && types.length > 0 && !types.some((one) => one.code === 'integer'))
      mutate('type of a choice not allowed', ({ parent, key }) => {
        delete parent[key]
        parent[`${name.replace(/\[x\].*/, '')}Integer`] = 7
        return true
      })
    if (element.binding?.strength === 'required' && code === 'code')
      mutate('code not in required value set', (spot) => {
        put(spot, 'no-such-code')
        return true
      })
    if (/^(date|dateTime|instant)$/.test(code) && !isChoice)
      mutate('day that does not exist', (spot) => {
        put(spot, code === 'instant' ? '2023-02-29T10:00:00Z' : '2023-02-29')
        return true
      })
    if (code === 'Reference' && types.length === 1 && forbidsBasic(types[0]?.targetProfile))
      mutate('reference to a type not allowed', (spot) => {
        put(spot, { reference: 'Basic/1' })
        return true
      })
    mutate('object in place of a text, or text in place of an object', (spot) => {
      put(spot, typeof spot.value === 'object' ? 'text' : { text: 'object' })
      return true
    })
    mutate('list in place of one, or one in place of a list', ({ parent, key, at, value }) => {
      parent[key] = at === undefined ? [value] : value
      return true
    })
    mutate('null', (spot) => {
      put(spot, null)
      return true
    })
    mutate('unknown element', ({ value }) => {
      if (typeof value !== 'object' || value === null) return false
      ;(value as Json)['noSuchElement'] = 'x'
      return true
    })
  }
  return made
}

/** Where an element id stands in a resource. Slices are found by what their snapshot fixes. */
function spots(resource: Json, id: string, byId: ReadonlyMap<string, SnapshotElement>): Spot[] {
  const words = id.split('.').slice(1)
  let parents: Json[] = [resource]
  let sofar = id.split('.')[0]!
  let found: Spot[] = []
  for (const word of words) {
    sofar += `.${word}`
    const [name = '', slice] = word.split(':')
    found = parents.flatMap((parent) => {
      const stem = name.replace('[x]', '')
      const keys = name.endsWith('[x]')
        ? Object.keys(parent).filter((key) => key.startsWith(stem) && /^[A-Z]/.test(key.slice(stem.length)))
        : [name]
      return keys.flatMap((key): Spot[] => {
        const value = parent[key]
        if (value === undefined) return []
        if (Array.isArray(value)) return value.map((one, at) => ({ parent, key, at, value: one as unknown }))
        return [{ parent, key, at: undefined, value }]
      })
    })
    if (slice !== undefined) found = found.filter((one) => isOfSlice(sofar, one, byId))
    parents = found.map((one) => one.value).filter((one): one is Json => isObject(one))
  }
  return found
}

function isOfSlice(id: string, { key, value }: Spot, byId: ReadonlyMap<string, SnapshotElement>): boolean {
  const own = byId.get(id)
  const profile = own?.type?.[0]?.profile?.[0]
  if (profile !== undefined) return isObject(value) && value['url'] === profile
  if (/\[x\]:/.test(id)) return key.toLowerCase() === id.slice(id.lastIndexOf(':') + 1).toLowerCase()
  for (const child of ['code', 'coding', 'url']) {
    const element = byId.get(`${id}.${child}`)
    const expected = Object.entries(element ?? {}).find(([name]) => /^(fixed|pattern)[A-Z]/.test(name))?.[1]
    if (expected !== undefined) return isObject(value) && holds(expected, value[child])
  }
  return false
}

function holds(pattern: unknown, value: unknown): boolean {
  if (Array.isArray(value) && !Array.isArray(pattern)) return value.some((one) => holds(pattern, one))
  if (Array.isArray(pattern))
    return Array.isArray(value) && pattern.every((one) => value.some((other) => holds(one, other)))
  if (isObject(pattern))
    return isObject(value) && Object.entries(pattern).every(([key, one]) => holds(one, value[key]))
  return pattern === value
}

/** Whether every slice on the way must be there: what tells an optional one may change, then it is of another kind. */
function isDemanded(id: string, byId: ReadonlyMap<string, SnapshotElement>): boolean {
  const words = id.split('.')
  return words.every((word, i) => !word.includes(':') || byId.get(words.slice(0, i + 1).join('.'))!.min > 0)
}

/** The value with its codes replaced. */
function changed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(changed)
  if (!isObject(value)) return typeof value === 'string' ? 'other' : value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, key === 'code' || key === 'coding' ? changed(one) : one]),
  )
}

function forbidsBasic(targets: readonly string[] | undefined): boolean {
  return targets !== undefined && !targets.some((one) => /\/(Resource|Basic)$/.test(one))
}

function put({ parent, key, at }: Spot, value: unknown): void {
  if (at === undefined) parent[key] = value
  else (parent[key] as unknown[])[at] = value
}

function remove({ parent, key, at }: Spot): void {
  if (at === undefined) delete parent[key]
  else {
    ;(parent[key] as unknown[]).splice(at, 1)
    if ((parent[key] as unknown[]).length === 0) delete parent[key]
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
