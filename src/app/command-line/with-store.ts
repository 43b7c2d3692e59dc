import { openStore } from '../../store/open-store.ts'
import type { Store } from '../../store/store.ts'
import { readConfig } from '../config.ts'

/** Opens the store for one command and closes it, whatever comes of the command. */
export async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(readConfig())
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}
