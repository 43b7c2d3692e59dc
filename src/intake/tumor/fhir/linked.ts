import { type Json, objectOf, objectsOf, textOf } from './elements.ts'

const DEEPEST = 20

/** Resources of documents, those within bundles and contained ones too, and what their references lead to. */
export class Linked {
  readonly all: readonly Json[]
  readonly #named = new Map<string, Json>()

  constructor(documents: readonly Json[]) {
    const all: Json[] = []
    for (const one of documents) this.#take(one, undefined, 0, all)
    this.all = all
  }

  /** The resource that a Reference names, by its address in the bundle or by Type/id. */
  at(reference: unknown): Json | undefined {
    const text = textOf(objectOf(reference)?.['reference'])
    if (text === undefined) return undefined
    return this.#named.get(text) ?? this.#named.get(typeAndId(text))
  }

  /** Of several References, in their order; those that lead nowhere are left out. */
  every(references: unknown): readonly Json[] {
    return objectsOf(references)
      .map((one) => this.at(one))
      .filter((one) => one !== undefined)
  }

  #take(document: Json, address: string | undefined, depth: number, all: Json[]): void {
    if (depth > DEEPEST) return
    const [type, id] = [textOf(document['resourceType']), textOf(document['id'])]
    if (type !== undefined) all.push(document)
    if (address !== undefined) this.#named.set(address, document)
    if (type !== undefined && id !== undefined && !this.#named.has(`${type}/${id}`))
      this.#named.set(`${type}/${id}`, document)
    for (const entry of objectsOf(document['entry'])) {
      const resource = objectOf(entry['resource'])
      if (resource !== undefined) this.#take(resource, textOf(entry['fullUrl']), depth + 1, all)
    }
    for (const one of objectsOf(document['contained'])) {
      const name = textOf(one['id'])
      this.#take(one, name === undefined ? undefined : `#${name}`, depth + 1, all)
    }
  }
}

/** "Specimen/s1" of any address that ends so, without a version. */
export function typeAndId(reference: string): string {
  return reference.replace(/\/_history\/.*$/, '').replace(/^.*\/([A-Z][A-Za-z]+\/[A-Za-z0-9.-]+)$/, '$1')
}
