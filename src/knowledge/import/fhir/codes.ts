import * as z from 'zod'

/** The parts of a FHIR ValueSet and CodeSystem that code lists are made of. */
const Include = z.looseObject({
  system: z.string().optional(),
  concept: z.array(z.looseObject({ code: z.string() })).optional(),
  filter: z.array(z.looseObject({ property: z.string(), op: z.string(), value: z.string() })).optional(),
  valueSet: z.array(z.string()).optional(),
})
export const ValueSet = z.looseObject({
  resourceType: z.literal('ValueSet'),
  url: z.string(),
  compose: z.looseObject({ include: z.array(Include), exclude: z.array(Include).optional() }).optional(),
})
export type ValueSet = z.infer<typeof ValueSet>

interface Concept {
  readonly code: string
  readonly concept?: readonly Concept[] | undefined
  readonly property?:
    | readonly { readonly code: string; readonly valueCode?: string | undefined }[]
    | undefined
}
const Concept: z.ZodType<Concept> = z.lazy(() =>
  z.looseObject({
    code: z.string(),
    concept: z.array(Concept).optional(),
    property: z.array(z.looseObject({ code: z.string(), valueCode: z.string().optional() })).optional(),
  }),
)
export const CodeSystem = z.looseObject({
  resourceType: z.literal('CodeSystem'),
  url: z.string(),
  content: z.string(),
  concept: z.array(Concept).optional(),
})
export type CodeSystem = z.infer<typeof CodeSystem>

/** Codes by system; "any" where a system is taken whole or in a part that cannot be listed. */
type Codes = Map<string, Set<string> | 'any'>

/** Lists value sets from the systems and sets at hand. */
export class Expander {
  readonly #sets: ReadonlyMap<string, ValueSet>
  readonly #systems: ReadonlyMap<string, CodeSystem>

  constructor(sets: Iterable<ValueSet>, systems: Iterable<CodeSystem>) {
    this.#sets = new Map([...sets].map((one) => [one.url, one]))
    this.#systems = new Map([...systems].map((one) => [one.url, one]))
  }

  /**
   * Codes of the set at this canonical URL; undefined when the set, or one it is made of, is not at hand. A system
   * whose codes are not at hand counts as "any": a code of it is never called wrong.
   */
  codes(canonical: string): Codes | undefined {
    const set = this.#sets.get(canonical.split('|')[0]!)
    if (set?.compose === undefined) return undefined
    const all: Codes = new Map()
    for (const include of set.compose.include) {
      const part = this.#include(include)
      if (part === undefined) return undefined
      for (const [system, codes] of part) add(all, system, codes)
    }
    for (const exclude of set.compose.exclude ?? []) {
      for (const [system, codes] of this.#include(exclude) ?? []) {
        const kept = all.get(system)
        if (kept === undefined || kept === 'any' || codes === 'any') continue
        for (const code of codes) kept.delete(code)
      }
    }
    return all
  }

  #include(include: z.infer<typeof Include>): Codes | undefined {
    const parts: Codes[] = []
    if (include.system !== undefined) parts.push(new Map([[include.system, this.#ofSystem(include)]]))
    for (const url of include.valueSet ?? []) {
      const codes = this.codes(url)
      if (codes === undefined) return undefined
      parts.push(codes)
    }
    // Several parts of one include are intersected (hl7.org/fhir/valueset.html#compositions).
    return parts.reduce((one, other) => intersection(one, other))
  }

  #ofSystem({ system, concept, filter }: z.infer<typeof Include>): Set<string> | 'any' {
    if (concept !== undefined) return new Set(concept.map((one) => one.code))
    const found = this.#systems.get(system!)
    if (found?.concept === undefined || found.content !== 'complete') return 'any'
    let codes = new Set<string>()
    const parents = new Map<string, string[]>()
    const walk = (list: readonly Concept[], above: string | undefined) => {
      for (const one of list) {
        codes.add(one.code)
        const stated = (one.property ?? []).flatMap(({ code, valueCode }) =>
          (code === 'subsumedBy' || code === 'parent') && valueCode !== undefined ? [valueCode] : [],
        )
        parents.set(one.code, [...(above === undefined ? [] : [above]), ...stated])
        walk(one.concept ?? [], one.code)
      }
    }
    walk(found.concept, undefined)
    const isA = (code: string, wanted: string): boolean =>
      code === wanted || (parents.get(code) ?? []).some((parent) => isA(parent, wanted))
    for (const { op, value } of filter ?? []) {
      if (op === 'is-a') codes = new Set([...codes].filter((code) => isA(code, value)))
      else if (op === 'descendent-of')
        codes = new Set([...codes].filter((code) => code !== value && isA(code, value)))
      else if (op === 'is-not-a') codes = new Set([...codes].filter((code) => !isA(code, value)))
      else return 'any'
    }
    return codes
  }
}

function add(all: Codes, system: string, codes: Set<string> | 'any'): void {
  const known = all.get(system)
  if (codes === 'any' || known === 'any') all.set(system, 'any')
  else all.set(system, new Set([...(known ?? []), ...codes]))
}

function intersection(one: Codes, other: Codes): Codes {
  const both: Codes = new Map()
  for (const [system, codes] of one) {
    const more = other.get(system)
    if (more === undefined) continue
    if (codes === 'any') both.set(system, more)
    else both.set(system, more === 'any' ? codes : new Set([...codes].filter((code) => more.has(code))))
  }
  return both
}
