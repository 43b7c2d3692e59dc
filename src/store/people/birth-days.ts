import { Fault } from '../../terms/fault.ts'
import type { TenantId } from '../../terms/ids.ts'
import { prepared, type Queries } from '../database/query.ts'
import type { PatientDetails } from '../person.ts'
import type { Vault } from '../vault/vault.ts'

/** Somebody of the same birth date was registered between the look at who is known and the registration. */
export class RegisteredMeanwhile extends Fault {
  constructor() {
    super(
      'RECORD_CHANGED',
      'patient',
      'somebody of the same birth date was registered in the meantime: it may be the same person',
      'Send it again: it is looked anew whether the person is known.',
    )
  }
}

const READ = prepared('select registered from birth_day where tenant_id = $1 and digest = $2')
const COUNT = prepared(`insert into birth_day (tenant_id, digest, registered) values ($1, $2, $3)
  on conflict (tenant_id, digest) do update set registered = birth_day.registered + excluded.registered
  returning registered`)

/** How many people born on this day were ever registered; undefined where that is no date. */
export async function registeredOn(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  birthDate: string,
): Promise<number | undefined> {
  const digest = digestOf(vault, tenant, birthDate)
  if (digest === undefined) return undefined
  return (await queries.first<{ registered: number }>(READ, [tenant, digest]))?.registered ?? 0
}

/**
 * Counts people who are about to be registered in this transaction. Each day's row is held until the commit, in one order.
 * Throws RegisteredMeanwhile when one of them was looked for before somebody else of that day came.
 */
export async function countRegistered(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  people: readonly PatientDetails[],
): Promise<void> {
  const days = new Map<string, PatientDetails[]>()
  for (const one of people) {
    const digest = one.birthDate === undefined ? undefined : digestOf(vault, tenant, one.birthDate)
    if (digest !== undefined) days.set(digest, [...(days.get(digest) ?? []), one])
  }
  for (const [digest, born] of [...days].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const row = await queries.first<{ registered: number }>(COUNT, [tenant, digest, born.length])
    const before = row!.registered - born.length
    if (born.some(({ registeredBefore = before }) => registeredBefore !== before))
      throw new RegisteredMeanwhile()
  }
}

/** A part of a date is the day it begins with, as it is searched. */
function digestOf(vault: Vault, tenant: TenantId, birthDate: string): string | undefined {
  const day = Date.parse(birthDate)
  return Number.isNaN(day) ? undefined : vault.blind(tenant, 'birth day', String(day))
}
