import type { PackRef } from '../../terms/evidence.ts'
import type { HpoId } from '../../terms/ids.ts'
import type { Facts } from '../facts.ts'

export const ONTOLOGY_PACK = 'hpo'

/** What an id means in the release in force. */
type TermState =
  | { readonly kind: 'in-force'; readonly term: number }
  /** Obsolete or merged, with the term that took its place. */
  | { readonly kind: 'replaced'; readonly term: number }
  | { readonly kind: 'obsolete'; readonly name: string }
  | { readonly kind: 'unknown' }

/**
 * The terms of HPO in force, numbered 0.. in the order of their ids, with is_a in both directions. A term is its number
 * inside the phenotype room and its id outside of it.
 */
export class Ontology {
  readonly ref: PackRef
  readonly ids: readonly HpoId[]
  readonly names: readonly string[]
  readonly parents: readonly (readonly number[])[]
  readonly #numbers: ReadonlyMap<string, number>
  readonly #gone: ReadonlyMap<string, { readonly by: string; readonly name: string }>
  readonly #ancestors: (Int32Array | undefined)[]

  constructor(ref: PackRef, tables: { readonly terms: string; readonly altIds: string }) {
    const ids: HpoId[] = []
    const names: string[] = []
    const parentIds: string[] = []
    const numbers = new Map<string, number>()
    const gone = new Map<string, { by: string; name: string }>()
    for (const [id, name, parents, obsolete, by] of cellsOf(tables.terms)) {
      if (obsolete === '1') gone.set(id!, { by: by ?? '', name: name! })
      else {
        numbers.set(id!, ids.length)
        ids.push(id as HpoId)
        names.push(name!)
        parentIds.push(parents!)
      }
    }
    for (const [alt, id] of cellsOf(tables.altIds)) {
      if (!numbers.has(alt!) && !gone.has(alt!)) gone.set(alt!, { by: id!, name: '' })
    }
    this.ref = ref
    this.ids = ids
    this.names = names
    this.parents = parentIds.map((own) =>
      own === '' ? [] : own.split('|').flatMap((id) => numbers.get(id) ?? []),
    )
    this.#numbers = numbers
    this.#gone = gone
    this.#ancestors = new Array(ids.length)
  }

  get size(): number {
    return this.ids.length
  }

  /** Number of a term in force; undefined for any other id. */
  numberOf(id: string): number | undefined {
    return this.#numbers.get(id)
  }

  /** Follows "replaced by" to the term in force, through at most eight steps. */
  stateOf(id: string): TermState {
    const term = this.#numbers.get(id)
    if (term !== undefined) return { kind: 'in-force', term }
    const first = this.#gone.get(id)
    if (first === undefined) return { kind: 'unknown' }
    let by = first.by
    for (let step = 0; step < 8 && by !== ''; step++) {
      const found = this.#numbers.get(by)
      if (found !== undefined) return { kind: 'replaced', term: found }
      by = this.#gone.get(by)?.by ?? ''
    }
    return { kind: 'obsolete', name: first.name.replace(/^obsolete /i, '') }
  }

  /** Numbers of the term itself and of every term above it, ascending. */
  ancestorsOf(term: number): Int32Array {
    const known = this.#ancestors[term]
    if (known !== undefined) return known
    const above = new Set<number>([term])
    for (const one of above) for (const parent of this.parents[one]!) above.add(parent)
    const own = Int32Array.from(above).sort()
    this.#ancestors[term] = own
    return own
  }

  /** Whether `above` is the term itself or one of its ancestors. */
  isUnder(term: number, above: number): boolean {
    return this.ancestorsOf(term).includes(above)
  }
}

/** Rows of a tab-separated table after its header. */
export function* cellsOf(text: string): Generator<readonly string[]> {
  let start = text.indexOf('\n') + 1
  while (start < text.length) {
    let end = text.indexOf('\n', start)
    if (end < 0) end = text.length
    if (end > start) yield text.slice(start, end).split('\t')
    start = end + 1
  }
}

export function ontology(facts: Facts): Ontology {
  return facts.derived(ONTOLOGY_PACK, () => {
    const pack = facts.pack(ONTOLOGY_PACK)
    return new Ontology(pack.ref, { terms: pack.text('terms.tsv'), altIds: pack.text('alt-ids.tsv') })
  })
}
