import type { Queries } from '../query.ts'

/**
 * What one transaction has looked up or made, by name. It ends with the transaction: what was made in one that is
 * rolled back must be known to nobody else. Statements outside of a transaction have none.
 */
export class TransactionMemory<Value> {
  readonly #by = new WeakMap<Queries, Map<string, Value>>()

  get(queries: Queries, name: string): Value | undefined {
    return this.#by.get(queries)?.get(name)
  }

  set(queries: Queries, name: string, value: Value): void {
    if (!isTransaction(queries)) return
    let map = this.#by.get(queries)
    if (map === undefined) {
      map = new Map()
      this.#by.set(queries, map)
    }
    map.set(name, value)
  }
}

/** False for a Database, each statement of which is a transaction of its own. */
export function isTransaction(queries: Queries): boolean {
  return !('transaction' in queries)
}
