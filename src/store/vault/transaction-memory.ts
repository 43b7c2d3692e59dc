import type { Queries } from '../database/query.ts'

/**
 * What one transaction has looked up or made, by name. It ends with the transaction: what was made in one that is
 * rolled back must be known to nobody else. Statements outside of a transaction have none.
 */
export class TransactionMemory<Found extends Promise<unknown>> {
  readonly #by = new WeakMap<Queries, Map<string, Found>>()

  get(queries: Queries, name: string): Found | undefined {
    return this.#by.get(queries)?.get(name)
  }

  /** Looks up once, however many ask at the same time. */
  once(queries: Queries, name: string, lookUp: () => Found): Found {
    if (!isTransaction(queries)) return lookUp()
    let map = this.#by.get(queries)
    if (map === undefined) {
      map = new Map()
      this.#by.set(queries, map)
    }
    let found = map.get(name)
    if (found === undefined) {
      found = lookUp()
      map.set(name, found)
    }
    return found
  }
}

/** False for a Database, each statement of which is a transaction of its own. */
export function isTransaction(queries: Queries): boolean {
  return !('transaction' in queries)
}
