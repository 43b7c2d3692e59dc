import type { ConsentRule, Provision } from '../../record/consent-rule.ts'
import { type Compartment, TENANT_COMPARTMENT } from '../../record/resource.ts'
import type { TenantId } from '../../terms/ids.ts'
import type { Queries } from '../database/query.ts'
import type { ResourceWrite } from './resource-store.ts'

/**
 * Keeps what the Consents among these writes say, in their transaction. A bug, thrown plainly: a Consent without its
 * compiled rule would be stored and not obeyed.
 */
export async function writeConsents(
  queries: Queries,
  tenant: TenantId,
  writes: readonly ResourceWrite[],
): Promise<void> {
  for (const { type, id, action, compartment, consent } of writes) {
    if (type !== 'Consent') continue
    if (action !== 'delete' && consent === undefined) throw new Error('a Consent is written without its rule')
    await writeConsentRows(queries, tenant, compartment, id, consent)
  }
}

/**
 * Keeps what one Consent says as the rows that queries join, in the transaction that writes the resource: the next
 * question, on any connection, obeys it. Without a rule (the Consent was deleted) or when it is not active, it says
 * nothing from then on.
 */
export async function writeConsentRows(
  queries: Queries,
  tenant: TenantId,
  patient: Compartment,
  consentId: string,
  rule: ConsentRule | undefined,
): Promise<void> {
  const key = [tenant, patient, consentId]
  await queries.run(
    'delete from consent_rule where tenant_id = $1 and patient_id = $2 and consent_id = $3',
    key,
  )
  // A Consent of nobody says nothing about anybody.
  if (rule === undefined || !rule.active || patient === TENANT_COMPARTMENT) return
  const { period } = rule
  await queries.run(
    `insert into consent_rule (tenant_id, patient_id, consent_id, stated_at, categories, from_at, last_begins,
       until_at, purposes, policy, base) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...key,
      rule.statedAt,
      rule.categories,
      period.from,
      period.lastBegins,
      period.until,
      rule.purposes,
      rule.policy,
      rule.root?.type ?? rule.policy,
    ],
  )
  const provisions = [...(rule.root === undefined ? [] : [rule.root]), ...rule.nested]
  for (const [ordinal, provision] of provisions.entries()) {
    await queries.run(
      `insert into consent_provision (tenant_id, patient_id, consent_id, ordinal, depth, type, from_at, last_begins,
         until_at, actors, purposes, about_reading, has_content, classes, labels, labels_meant, codes, resources,
         untestable)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
      [...key, ordinal, ...provisionRow(provision)],
    )
  }
}

function provisionRow({
  depth,
  type,
  period,
  actors,
  purposes,
  aboutReading,
  content,
}: Provision): unknown[] {
  return [
    depth,
    type,
    period.from,
    period.lastBegins,
    period.until,
    actors,
    purposes,
    aboutReading,
    content !== undefined,
    content?.classes ?? [],
    content?.labels ?? [],
    content?.labelsMeant ?? [],
    content?.codes ?? [],
    content?.resources ?? [],
    content?.untestable ?? false,
  ]
}
