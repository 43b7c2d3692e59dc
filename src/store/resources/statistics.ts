import type { Database } from '../database/query.ts'

/**
 * Keeps the planner's picture of the tables near the truth while they are filled for the first time. The server looks
 * at them by itself once a minute; until then it plans as if they were empty, and a chain takes seconds. Returns what is
 * to be called with the number of resources after every commit.
 */
export function freshStatistics(database: Database): (written: number) => Promise<void> {
  let total = 0
  let next = 200
  return async (written) => {
    total += written
    if (total < next) return
    next = total * 4
    const known = await database.first<{ resources: number }>(
      `select greatest(reltuples, 0)::double precision as resources from pg_class where oid = 'resource'::regclass`,
    )
    if (known!.resources < total / 2) await database.run('analyze resource, resource_index')
  }
}
