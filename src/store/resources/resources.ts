import type { Database } from '../database/query.ts'
import type { Vault } from '../vault/vault.ts'
import { commitWrites } from './commit.ts'
import { resourceHistory } from './history.ts'
import { readResource, readResources, readResourceVersion, readTypes } from './read.ts'
import type { ResourceStore } from './resource-store.ts'
import { scanResources } from './scan.ts'
import { searchResources } from './search.ts'
import { freshStatistics } from './statistics.ts'

export function resourcesIn(database: Database, vault: Vault): ResourceStore {
  const wrote = freshStatistics(database)
  return {
    async commit(tenant, writes, act) {
      const changes = await database.transaction((queries) =>
        commitWrites(queries, vault, tenant, writes, act),
      )
      // What was committed stays committed, whatever becomes of the statistics.
      await wrote(changes.length).catch(() => undefined)
      return changes
    },
    read: (tenant, ref, within) => readResource(database, vault, tenant, ref, within),
    readMany: (tenant, refs, within) => readResources(database, vault, tenant, refs, within),
    readVersion: (tenant, ref, version, within) =>
      readResourceVersion(database, vault, tenant, ref, version, within),
    history: (tenant, query, within) => resourceHistory(database, vault, tenant, query, within),
    typesThere: (tenant, types, within) => readTypes(database, tenant, types, within),
    search: (tenant, query) => searchResources(database, vault, tenant, query),
    scan: (tenant, query, batch) => scanResources(database, vault, tenant, query, batch),
  }
}
