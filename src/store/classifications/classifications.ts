import { randomUUID } from 'node:crypto'
import { TENANT_COMPARTMENT } from '../../record/resource.ts'
import { Fault } from '../../terms/fault.ts'
import type { TenantId } from '../../terms/ids.ts'
import type { Database, Queries } from '../database/query.ts'
import type { Act } from '../person.ts'
import { uuidOf, VariantDigests } from '../variants/variant-digest.ts'
import type { SealKey, Vault } from '../vault/vault.ts'
import type {
  ClassificationHead,
  ClassificationState,
  Classifications,
  ClassifiedVariant,
  StoredClassification,
} from './classification-store.ts'

interface Row {
  id: string
  version: number
  state: ClassificationState
  class: string
  body: Buffer
  subject: Buffer
  signedVersion: number | null
  at: string
  by: string
}

const COLUMNS = `c.classification_id as id, v.version, v.state, v.class, v.body, c.subject,
  c.signed_version as "signedVersion", v.saved_at as at, v.saved_by as by`
const JOINED = `variant_classification c join variant_classification_version v
  on v.tenant_id = c.tenant_id and v.classification_id = c.classification_id`

export function classificationsIn(database: Database, vault: Vault): Classifications {
  const digests = new VariantDigests(vault)
  const sealed = new SealedClassification(vault)

  return {
    open: (tenant, subject, draft, act) =>
      database.transaction(async (queries) => {
        const id = randomUUID()
        const added = await queries.run(
          `insert into variant_classification
             (tenant_id, classification_id, variant, condition, version, subject, opened_at, changed_at)
           values ($1, $2, $3, $4, 1, $5, $6, $6) on conflict (tenant_id, variant, condition) do nothing`,
          [
            tenant,
            id,
            uuidOf(digests.of(tenant, subject.variant)),
            subject.condition ?? '',
            await sealed.subject(queries, tenant, id, subject),
            act.at,
          ],
        )
        if (added === 0) throw await alreadyOpen(queries, tenant, digests, subject)
        await insertVersion(queries, sealed, tenant, { id, version: 1, state: 'draft', ...draft }, act)
        return (await newest(queries, sealed, tenant, id))!
      }),

    save: (tenant, id, next, expected, act) =>
      database.transaction(async (queries) => {
        const found = await queries.first<{ version: number; signed: number | null }>(
          `select version, signed_version as signed from variant_classification
           where tenant_id = $1 and classification_id = $2 for update`,
          [tenant, id],
        )
        if (found === undefined) throw unknownClassification()
        if (found.version !== expected) throw changedClassification(expected, found.version)
        const version = found.version + 1
        const state: ClassificationState =
          next.state === 'signed' && found.signed !== null ? 'amended' : next.state
        await insertVersion(queries, sealed, tenant, { ...next, id, version, state }, act)
        await queries.run(
          `update variant_classification set version = $3, changed_at = $4, signed_version = $5
           where tenant_id = $1 and classification_id = $2`,
          [tenant, id, version, act.at, state === 'draft' ? found.signed : version],
        )
        return (await newest(queries, sealed, tenant, id))!
      }),

    async get(tenant, id, version) {
      if (version === undefined) return newest(database, sealed, tenant, id)
      const row = await database.first<Row>(
        `select ${COLUMNS} from ${JOINED} where c.tenant_id = $1 and c.classification_id = $2 and v.version = $3`,
        [tenant, id, version],
      )
      return row && sealed.open(database, tenant, row)
    },

    history: (tenant, id) =>
      database.rows<ClassificationHead>(
        `select classification_id as id, version, state, class, saved_at as at, saved_by as by
         from variant_classification_version where tenant_id = $1 and classification_id = $2 order by version desc`,
        [tenant, id],
      ),

    async list(tenant, most, after) {
      const rows = await database.rows<Row>(
        `select ${COLUMNS} from ${JOINED} and v.version = c.version
         where c.tenant_id = $1 and ($2::text is null or (c.changed_at, c.classification_id) <
           (select changed_at, classification_id from variant_classification where tenant_id = $1 and classification_id = $2))
         order by c.changed_at desc, c.classification_id desc limit $3`,
        [tenant, after ?? null, most],
      )
      return Promise.all(rows.map((row) => sealed.open(database, tenant, row)))
    },

    async signed(tenant, variants) {
      const names = variants.map((one) => uuidOf(digests.of(tenant, one)))
      const rows = await database.rows<Row & { variant: string }>(
        `select ${COLUMNS}, replace(c.variant::text, '-', '') as variant from ${JOINED} and v.version = c.signed_version
         where c.tenant_id = $1 and c.variant = any($2::uuid[]) order by c.condition`,
        [tenant, names],
      )
      const opened = await Promise.all(
        rows.map(async (row) => [row.variant, await sealed.open(database, tenant, row)] as const),
      )
      return names.map((name) => opened.filter(([variant]) => variant === name).map(([, one]) => one))
    },
  }
}

const keyOf = (tenant: TenantId): SealKey => ({ tenant, patient: TENANT_COMPARTMENT })

/** Bodies and subjects, under the key of the tenant's own compartment. */
class SealedClassification {
  readonly #vault: Vault
  constructor(vault: Vault) {
    this.#vault = vault
  }

  subject(queries: Queries, tenant: TenantId, id: string, subject: ClassifiedVariant): Promise<Buffer> {
    return this.#vault.seal(queries, keyOf(tenant), `variant_classification/${id}`, JSON.stringify(subject))
  }

  body(queries: Queries, tenant: TenantId, id: string, version: number, json: string): Promise<Buffer> {
    return this.#vault.seal(queries, keyOf(tenant), versionPlace(id, version), json)
  }

  async open(queries: Queries, tenant: TenantId, row: Row): Promise<StoredClassification> {
    const { id, version, state, at, by } = row
    const stored = await this.#vault.open(queries, keyOf(tenant), `variant_classification/${id}`, row.subject)
    const body = await this.#vault.open(queries, keyOf(tenant), versionPlace(id, version), row.body)
    return {
      ...{ id, version, state, class: row.class, at, by },
      subject: subjectOf(stored.toString('utf8')),
      signedVersion: row.signedVersion ?? undefined,
      json: body.toString('utf8'),
    }
  }
}

/** JSON drops what is undefined. */
function subjectOf(json: string): ClassifiedVariant {
  const subject = JSON.parse(json) as ClassifiedVariant
  return { ...subject, condition: subject.condition }
}

function versionPlace(id: string, version: number): string {
  return `variant_classification_version/${id}/${version}`
}

async function insertVersion(
  queries: Queries,
  sealed: SealedClassification,
  tenant: TenantId,
  next: { id: string; version: number; state: ClassificationState; class: string; json: string },
  act: Act,
): Promise<void> {
  const body = await sealed.body(queries, tenant, next.id, next.version, next.json)
  await queries.run(
    `insert into variant_classification_version
       (tenant_id, classification_id, version, state, class, body, saved_at, saved_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tenant, next.id, next.version, next.state, next.class, body, act.at, act.by],
  )
}

async function newest(
  queries: Queries,
  sealed: SealedClassification,
  tenant: TenantId,
  id: string,
): Promise<StoredClassification | undefined> {
  const row = await queries.first<Row>(
    `select ${COLUMNS} from ${JOINED} and v.version = c.version where c.tenant_id = $1 and c.classification_id = $2`,
    [tenant, id],
  )
  return row && sealed.open(queries, tenant, row)
}

async function alreadyOpen(
  queries: Queries,
  tenant: TenantId,
  digests: VariantDigests,
  subject: ClassifiedVariant,
): Promise<Fault> {
  const there = await queries.first<{ id: string }>(
    `select classification_id as id from variant_classification
     where tenant_id = $1 and variant = $2 and condition = $3`,
    [tenant, uuidOf(digests.of(tenant, subject.variant)), subject.condition ?? ''],
  )
  return new Fault(
    'CLASSIFICATION_OPEN',
    'variant',
    `this variant is classified for this disease already: ${there?.id ?? 'removed meanwhile'}`,
    'Go on with the one that there is, or name another disease.',
  )
}

export function unknownClassification(): Fault {
  return new Fault(
    'CLASSIFICATION_UNKNOWN',
    'classification',
    'there is no such classification',
    'See the list of classifications.',
  )
}

function changedClassification(expected: number, version: number): Fault {
  return new Fault(
    'CLASSIFICATION_CHANGED',
    'classification',
    `it was at version ${expected} when you read it, and is at ${version} now`,
    'Read it again and repeat what you changed.',
  )
}
