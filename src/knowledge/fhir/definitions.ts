import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { OpenPack } from '../fact-pack.ts'
import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'
import { type ElementRow, longUrl, readElement } from './element.ts'

export const FHIR_CORE_PACK = 'fhir-r4'

/** An invariant, stated in FHIRPath. */
export interface Constraint {
  readonly key: string
  readonly severity: 'error' | 'warning'
  readonly expression: string
  /** The same in words, as the standard puts it. */
  readonly human: string
}

/** A FHIR type: primitive, data type or resource, with its own elements; inherited ones are in the table of `base`. */
interface TypeTable {
  readonly name: string
  readonly kind: 'primitive-type' | 'complex-type' | 'resource'
  /** Name of the type it specialises; undefined for Element and Resource. */
  readonly base: string | undefined
  readonly abstract: boolean
  readonly rows: readonly ElementRow[]
  readonly constraint: (key: string) => Constraint | undefined
}

/** A profile: what it demands beyond its type. */
interface ProfileTable {
  /** Canonical URL without version. */
  readonly url: string
  readonly version: string
  readonly title: string
  /** The type it constrains. */
  readonly type: string
  /** Canonical URL of the definition it was derived from. */
  readonly base: string
  readonly abstract: boolean
  /** Where an extension may stand, as "element Observation.component"; empty: not stated. */
  readonly contexts: readonly string[]
  readonly rows: readonly ElementRow[]
  readonly constraint: (key: string) => Constraint | undefined
}

/** Codes of a value set, by system. */
export interface ValueSetCodes {
  readonly url: string
  /** Codes of one system; "any" where the set takes the whole system, or a part that cannot be listed here. */
  readonly systems: ReadonlyMap<string, ReadonlySet<string> | 'any'>
}

const TYPES = 'types.tsv'
const PROFILES = 'profiles.tsv'
const ELEMENTS = 'profile-elements.tsv'

/**
 * FHIR definitions of the packs in force: R4 core, and every implementation guide whose pack holds "profile-elements.tsv".
 * Tables are read when their type or profile is first asked for. A profile that two packs define is taken from the
 * guide's own pack rather than from core.
 */
export class FhirDefinitions {
  readonly #types: LazyTables
  readonly #profiles = new Map<string, { readonly tables: LazyTables; readonly head: ProfileHead }>()
  readonly #valueSets = new Map<string, string[]>()
  readonly #parsedTypes = new Map<string, TypeTable | undefined>()
  readonly #parsedProfiles = new Map<string, ProfileTable | undefined>()
  readonly #parsedSets = new Map<string, ValueSetCodes | undefined>()

  /** The first pack is R4 core. */
  constructor(packs: readonly OpenPack[]) {
    const [core] = packs
    if (core === undefined) throw new RangeError('at least the core pack is needed')
    this.#types = new LazyTables(core, TYPES)
    for (const pack of packs) {
      const tables = new LazyTables(pack, ELEMENTS)
      for (const head of profileHeads(pack)) this.#profiles.set(head.url, { tables, head })
      this.#readValueSets(pack)
    }
  }

  /** A type of R4 by its name, "Observation", "HumanName", "code"; undefined when there is none. */
  type(name: string): TypeTable | undefined {
    return remember(this.#parsedTypes, name, () => {
      const found = this.#types.of(name)
      const [head, ...rows] = found?.rows ?? []
      if (found === undefined || head === undefined) return undefined
      const [kind, base, abstract] = head.types?.map((type) => type.code) ?? []
      return {
        name,
        kind: kind as TypeTable['kind'],
        base: base === '-' ? undefined : base,
        abstract: abstract === 'abstract',
        rows: [{ ...head, types: undefined }, ...rows],
        constraint: found.constraint,
      }
    })
  }

  /** A profile by its canonical URL, with or without "|version"; a version we do not have is undefined. */
  profile(canonical: string): ProfileTable | undefined {
    return remember(this.#parsedProfiles, canonical, () => {
      const bar = canonical.indexOf('|')
      const found = this.#profiles.get(bar < 0 ? canonical : canonical.slice(0, bar))
      if (found === undefined || (bar >= 0 && canonical.slice(bar + 1) !== found.head.version))
        return undefined
      const own = found.tables.of(found.head.id)
      return { ...found.head, rows: own?.rows ?? [], constraint: own?.constraint ?? (() => undefined) }
    })
  }

  /** Canonical URLs of every profile and extension known. */
  get profiles(): readonly string[] {
    return [...this.#profiles.keys()]
  }

  /** Names of every type known. */
  get types(): readonly string[] {
    return this.#types.owners
  }

  /** The codes of a value set, or undefined when they are not listed here. */
  valueSet(url: string): ValueSetCodes | undefined {
    return remember(this.#parsedSets, url, () => {
      const lines = this.#valueSets.get(url)
      if (lines === undefined) return undefined
      const systems = new Map<string, ReadonlySet<string> | 'any'>()
      for (const line of lines) {
        const [, system = '', codes = ''] = line.split('\t')
        systems.set(system, codes === '*' ? 'any' : new Set(codes.split('|')))
      }
      return { url, systems }
    })
  }

  #readValueSets(pack: OpenPack): void {
    for (const [url, lines] of byOwner(pack.text('value-sets.tsv')))
      this.#valueSets.set(longUrl(url, 'http://hl7.org/fhir/ValueSet/'), lines)
  }
}

/** The definitions that these facts hold, made once. Throws FACTS_PACK_MISSING without the pack of R4 core. */
export function fhirDefinitions(facts: Facts): FhirDefinitions {
  return facts.derived('fhir-definitions', () => {
    const guides = facts.inForce.filter(
      ({ head, folder }) => head.id !== FHIR_CORE_PACK && existsSync(join(folder, ELEMENTS)),
    )
    return new FhirDefinitions(
      [FHIR_CORE_PACK, ...guides.map(({ head }) => head.id)].map((id) => facts.pack(id)),
    )
  })
}

interface ProfileHead extends Omit<ProfileTable, 'rows' | 'constraint'> {
  readonly id: string
}

function profileHeads(pack: OpenPack): ProfileHead[] {
  const columns = ['id', 'url', 'version', 'type', 'base', 'abstract', 'contexts', 'title'] as const
  return readTable(pack.text(PROFILES), columns, join(pack.folder, PROFILES)).map((row) => ({
    id: row.id,
    url: longUrl(row.url),
    version: row.version,
    title: row.title,
    type: row.type,
    base: longUrl(row.base),
    abstract: row.abstract === 'yes',
    contexts: row.contexts === '' ? [] : row.contexts.split('|'),
  }))
}

/** Lines of an element table by owner, cut once and read when asked for. */
class LazyTables {
  readonly #lines: ReadonlyMap<string, readonly string[]>
  readonly #constraints: ReadonlyMap<string, readonly string[]>
  readonly #where: string

  constructor(pack: OpenPack, file: string) {
    this.#where = join(pack.folder, file)
    this.#lines = byOwner(pack.text(file))
    this.#constraints = byOwner(pack.text(file.replace(/(types|elements)\.tsv$/, 'constraints.tsv')))
  }

  get owners(): readonly string[] {
    return [...this.#lines.keys()]
  }

  of(owner: string): { rows: ElementRow[]; constraint: (key: string) => Constraint | undefined } | undefined {
    const lines = this.#lines.get(owner)
    if (lines === undefined) return undefined
    const own = new Map<string, Constraint>()
    for (const line of this.#constraints.get(owner) ?? []) {
      const [, key = '', severity, expression = '', human = ''] = line.split('\t')
      own.set(key, { key, severity: severity === 'error' ? 'error' : 'warning', expression, human })
    }
    return { rows: lines.map((line) => readElement(line, this.#where)), constraint: (key) => own.get(key) }
  }
}

/** Groups the lines of a table by their first cell, the header left out. */
function byOwner(text: string): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  let start = text.indexOf('\n') + 1
  let group: string[] = []
  let owner: string | undefined
  while (start < text.length) {
    let end = text.indexOf('\n', start)
    if (end < 0) end = text.length
    const line = text.slice(start, end)
    const name = line.slice(0, line.indexOf('\t'))
    if (name !== owner) {
      owner = name
      group = groups.get(name) ?? []
      groups.set(name, group)
    }
    group.push(line)
    start = end + 1
  }
  return groups
}

function remember<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  if (known.has(key)) return known.get(key) as V
  const made = make()
  known.set(key, made)
  return made
}
