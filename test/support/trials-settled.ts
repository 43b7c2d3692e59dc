import type { TestServer } from './http-server.ts'
import { until } from './until.ts'

/** Waits until no person and no trial waits for a new match (the match of each day apart). */
export async function trialsSettled({ store, services }: TestServer): Promise<void> {
  await until('the trials were not matched again', async () =>
    (await store.jobs.list(services.tenant, undefined, 200)).every(
      ({ kind, key, state }) =>
        !kind.startsWith('rematch') || key.startsWith('day ') || (state !== 'waiting' && state !== 'running'),
    ),
  )
}
