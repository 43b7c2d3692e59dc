import { type Database, prepared, type Queries } from '../database/query.ts'
import type { Act, PatientKey } from '../person.ts'
import type { Events, StoreEvent } from './events.ts'

/** Adds a line to a person's log; its values are those of `eventValues`, from $1 on. */
export const ADD_EVENT = `insert into event (tenant_id, patient_id, number, kind, at, by, detail)
  select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6
  from event where tenant_id = $1 and patient_id = $2`
const ADD = prepared(ADD_EVENT)

/**
 * Adds a line to a person's log, in the transaction of what it tells. The caller holds the lock on the person's row,
 * which keeps the numbers without gaps.
 */
export async function log(
  queries: Queries,
  key: PatientKey,
  kind: StoreEvent['kind'],
  act: Act,
  detail: StoreEvent['detail'],
): Promise<void> {
  await queries.run(ADD, eventValues(key, kind, act, detail))
}

/** What ADD_EVENT binds to $1 to $6. */
export function eventValues(
  { tenant, patient }: PatientKey,
  kind: StoreEvent['kind'],
  { at, by }: Act,
  detail: StoreEvent['detail'],
): readonly unknown[] {
  return [tenant, patient, kind, at, by, detail]
}

export function eventsIn(database: Database): Events {
  return {
    list: ({ tenant, patient }, after = 0) =>
      database.rows<StoreEvent>(
        `select number, kind, at, by, detail from event
         where tenant_id = $1 and patient_id = $2 and number > $3 order by number`,
        [tenant, patient, after],
      ),
  }
}
