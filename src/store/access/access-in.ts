import { gunzipSync, gzipSync } from 'node:zlib'
import type { Restriction } from '../../record/resource-query.ts'
import type { PatientId, TenantId } from '../../terms/ids.ts'
import { type Database, prepared } from '../database/query.ts'
import { derivedFromSql } from '../messages/derived-from.ts'
import type { PatientHead, PatientKey } from '../person.ts'
import { restrictionSql } from '../resources/restriction.ts'
import { Values } from '../resources/statement.ts'
import type { Vault } from '../vault/vault.ts'
import type { AccessStore, Sight, ToldCount } from './access-store.ts'
import { breakGlassIn } from './break-glass-rows.ts'
import { readConsentRules } from './consent-rules.ts'

export function accessIn(database: Database, vault: Vault): AccessStore {
  return {
    ...breakGlassIn(database, vault),
    consents: (tenant, patient) => readConsentRules(database, tenant, patient),

    async shown(tenant, patient, sights, within) {
      const { places } = await placesShown(database, { tenant, patient }, within, (under, values) =>
        shownSql(tenant, patient, sights, under, values),
      )
      return sights.map((_, at) => places.has(at))
    },

    async sees(tenant, patient, sights, of, within) {
      const { places, head } = await placesShown(
        database,
        { tenant, patient },
        within,
        (under, values) => `${shownSql(tenant, patient, sights, under, values)}
          union all (select ${SOME_HIDDEN}, null, null from resource r
            where ${derivedFromSql({ tenant, patient }, of, values)}
            and not (true${restrictionSql(under, 'r', values.bind)}) limit 1)
          union all select ${HEAD}, version, added_at from patient
            where tenant_id = ${values.bind(tenant)} and patient_id = ${values.bind(patient)}`,
      )
      return { shown: sights.map((_, at) => places.has(at)), all: !places.has(SOME_HIDDEN), head }
    },

    digest: (tenant, kind, text) => vault.blind(tenant, kind, text),

    async toldCounts(tenant, asker, since) {
      const rows = await database.rows<{
        question_digest: string
        asked_at: string
        shown: number | null
        members: Buffer
      }>(
        `select question_digest, asked_at, shown, members from disclosed_count
         where tenant_id = $1 and asker = $2 and asked_at >= $3 order by asked_at, question_digest`,
        [tenant, asker, since],
      )
      return rows.map(
        (row): ToldCount => ({
          question: row.question_digest,
          askedAt: row.asked_at,
          shown: row.shown ?? undefined,
          members: gunzipSync(row.members)
            .toString('latin1')
            .split('\n')
            .filter((one) => one !== ''),
        }),
      )
    },

    async keepCount(tenant, asker, { question, askedAt, shown, members }) {
      await database.run(
        `insert into disclosed_count (tenant_id, asker, question_digest, asked_at, shown, members)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
        [tenant, asker, question, askedAt, shown, gzipSync(members.join('\n'))],
      )
    },
  }
}

const SOME_HIDDEN = -1
const HAS_CONSENTS = -2
const HEAD = -3

interface PlaceRow {
  readonly at: number
  /** Of the person, in the row of the head alone. */
  readonly version: number
  readonly addedAt: string
}

interface Places {
  readonly places: ReadonlySet<number>
  readonly head: PatientHead | undefined
}

/**
 * The places that a statement answers under a restriction. Where silence permits and the person has said nothing, the
 * conditions of consent change nothing, and starting them is most of the work: they are left out at first, and whether
 * the person has said something is asked in the same statement, so that no consent can come between.
 */
async function placesShown(
  database: Database,
  { tenant, patient }: PatientKey,
  within: Restriction,
  statement: (under: Restriction, values: Values) => string,
): Promise<Places> {
  const ask = async (under: Restriction, also: (values: Values) => string): Promise<Places> => {
    const values = new Values()
    const text = statement(under, values) + also(values)
    const rows = await database.rows<PlaceRow>(prepared(text), values.list)
    const head = rows.find(({ at }) => at === HEAD)
    return {
      places: new Set(rows.map(({ at }) => at)),
      head: head && { version: head.version, addedAt: head.addedAt },
    }
  }
  if (within.consent?.whenSilent === 'permit') {
    const found = await ask(
      { ...within, consent: undefined },
      ({ bind }) => ` union all (select ${HAS_CONSENTS}, null, null from consent_rule
        where tenant_id = ${bind(tenant)} and patient_id = ${bind(patient)} limit 1)`,
    )
    if (!found.places.has(HAS_CONSENTS)) return found
  }
  return ask(within, () => '')
}

/** The places of the sights that are shown. */
function shownSql(
  tenant: TenantId,
  patient: PatientId,
  sights: readonly Sight[],
  within: Restriction,
  { bind }: Values,
): string {
  const asked = bind(JSON.stringify(sights.map((one, at) => ({ at, ...one }))))
  return `select r.at, null::bigint as version, null::timestamptz as "addedAt" from (
      select at, ${bind(tenant)}::text as tenant_id, ${bind(patient)}::text as patient_id, type, id, labels, codes
      from jsonb_to_recordset(${asked}::jsonb) as x (at integer, type text, id text, labels text[], codes text[])) r
    where true${restrictionSql(within, 'r', bind)}`
}
