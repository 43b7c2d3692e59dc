import type { PatientKey } from '../person.ts'
import type { Values } from '../resources/statement.ts'
import type { DerivedFrom } from './derived-record-store.ts'

/** Which rows of resource, as "r", a derivation reads. */
export function derivedFromSql(
  { tenant, patient }: PatientKey,
  { types, codes }: DerivedFrom,
  { bind }: Values,
): string {
  return `r.tenant_id = ${bind(tenant)} and r.patient_id = ${bind(patient)} and not r.deleted
    and (r.type = any(${bind(types)}::text[]) or (r.type = ${bind(codes.type)} and r.codes && ${bind(codes.tokens)}::text[]))`
}
