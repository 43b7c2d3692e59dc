import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'
import { diagnosisGroups } from './diagnosis-groups.ts'

/** One tumour type of OncoTree. */
export interface TumourType {
  readonly code: string
  readonly name: string
  readonly tissue: string
  readonly parent: string
  /** NCI Thesaurus concepts. */
  readonly ncit: readonly string[]
}

/** Where a name that OncoTree gave up before the releases of the pack once stood. */
interface FormerPlace {
  /** Codes of today's types that it was below, broader ones included. */
  readonly lineage: ReadonlySet<string>
  readonly liquid: boolean | undefined
}

/** Tissues whose tumours are of the blood and its organs; all others are solid. */
const LIQUID: ReadonlySet<string> = new Set(['Lymphoid', 'Myeloid'])

/** The tree of tumour types, found by code or name, of today or of an earlier release. */
export class OncoTree {
  readonly version: string
  readonly types: ReadonlyMap<string, TumourType>
  readonly #found: ReadonlyMap<string, string>
  readonly #places: ReadonlyMap<string, FormerPlace>
  readonly #lineage = new Map<string, ReadonlySet<string>>()

  constructor(
    version: string,
    types: readonly TumourType[],
    former: ReadonlyMap<string, string>,
    groups: ReadonlyMap<string, ReadonlySet<string>>,
  ) {
    this.version = version
    this.types = new Map(types.map((one) => [one.code, one]))
    const found = new Map<string, string>()
    for (const [text, code] of former) found.set(text.toLowerCase(), code)
    for (const one of types) found.set(one.name.toLowerCase(), one.code)
    for (const one of types) found.set(one.code.toLowerCase(), one.code)
    this.#found = found
    this.#places = this.#placesOf(groups)
  }

  /** Where a name stood that is no type any more; undefined for names nobody knows, and for types of today. */
  formerPlace(name: string): FormerPlace | undefined {
    return this.#places.get(name.trim().toLowerCase())
  }

  #placesOf(groups: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, FormerPlace> {
    const places = new Map<string, { lineage: Set<string>; liquid: boolean | undefined }>()
    for (const [group, members] of groups) {
      const above = this.find(group)
      for (const name of members) {
        if (this.find(name) !== undefined) continue
        const place = places.get(name.toLowerCase()) ?? { lineage: new Set(), liquid: undefined }
        places.set(name.toLowerCase(), place)
        if (above !== undefined) for (const code of this.lineage(above.code)) place.lineage.add(code)
        if (group === '_SOLID_') place.liquid = false
        if (group === '_LIQUID_') place.liquid = true
      }
    }
    return places
  }

  /** The type that a code or name means, without regard to case; undefined when nobody ever called one so. */
  find(text: string): TumourType | undefined {
    const code = this.#found.get(text.trim().toLowerCase())
    return code === undefined ? undefined : this.types.get(code)
  }

  /** The type itself and every broader one, by code. */
  lineage(code: string): ReadonlySet<string> {
    const known = this.#lineage.get(code)
    if (known !== undefined) return known
    const above = new Set<string>()
    for (
      let at = this.types.get(code);
      at !== undefined && !above.has(at.code);
      at = this.types.get(at.parent)
    )
      above.add(at.code)
    this.#lineage.set(code, above)
    return above
  }

  /** True of tumours of blood, marrow and lymph; undefined for the root and types without a tissue. */
  isLiquid(code: string): boolean | undefined {
    const tissue = this.types.get(code)?.tissue
    return tissue === undefined || tissue === '' ? undefined : LIQUID.has(tissue)
  }

  /** Names of today, for suggestions. */
  get names(): readonly string[] {
    return [...this.types.values()].map(({ name }) => name)
  }
}

/** The release in force. */
export function oncoTree(facts: Facts): OncoTree {
  return facts.derived('oncotree', () => {
    const pack = facts.pack('oncotree')
    const columns = ['code', 'name', 'tissue', 'parent', 'ncit'] as const
    const types = readTable(pack.text('types.tsv'), columns, `${pack.folder}/types.tsv`)
    const former = readTable(pack.text('former.tsv'), ['former', 'code'], `${pack.folder}/former.tsv`)
    return new OncoTree(
      pack.head.version,
      types.map((row) => ({ ...row, ncit: row.ncit === '' ? [] : row.ncit.split('|') })),
      new Map(former.map((row) => [row.former, row.code])),
      diagnosisGroups(facts),
    )
  })
}
