import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { maySee } from '../../src/safeguard/consent/asked-row.ts'
import { compileConsent } from '../../src/safeguard/consent/compile-consent.ts'
import type { Database } from '../../src/store/database/query.ts'
import { openEmbedded } from '../../src/store/embedded/embedded-database.ts'
import { migrate } from '../../src/store/migrations/migrate.ts'
import { consentSql } from '../../src/store/resources/consent-clause.ts'
import { writeConsentRows } from '../../src/store/resources/consent-rows.ts'
import { patientId, tenantId } from '../../src/terms/ids.ts'
import { newHome, removeHome } from '../support/store-home.ts'
import { anyConsent, anyQuestion, anyRow } from './arbitrary-consent.ts'

const home = newHome()
let database: Database

before(async () => {
  database = await openEmbedded(home)
  await migrate(database)
})
after(async () => {
  await database.close()
  await removeHome(home)
})

const TENANTS = ['north', 'south', 'west'].map(tenantId)
const PEOPLE = ['p1'].map(patientId)

const anyPerson = fc.record({
  tenant: fc.constantFrom(...TENANTS),
  patient: fc.constantFrom(...PEOPLE),
})
const anyWorld = fc.record({
  consents: fc.array(fc.tuple(anyPerson, anyConsent), { maxLength: 6 }),
  rows: fc.array(fc.tuple(anyPerson, anyRow), { minLength: 1, maxLength: 20 }),
  questions: fc.array(anyQuestion, { minLength: 1, maxLength: 4 }),
})

class Undone extends Error {}

test('the query shows the rows that the decision in memory shows, person by person, tenant by tenant', async () => {
  await fc.assert(
    fc.asyncProperty(anyWorld, async ({ consents, rows, questions }) => {
      const work = database.transaction(async (queries) => {
        for (const tenant of TENANTS) {
          for (const patient of PEOPLE) {
            await queries.run(
              `insert into patient (tenant_id, patient_id, name_key, sex, version, added_at, changed_at)
               values ($1, $2, '', 'unknown', 1, now(), now())`,
              [tenant, patient],
            )
          }
        }
        const rules = consents.map(([person, one], at) => ({
          person,
          rule: compileConsent({ ...one, id: `c${at}` }),
        }))
        for (const { person, rule } of rules)
          await writeConsentRows(queries, person.tenant, person.patient, rule.id, rule)
        const values = rows.map(([{ tenant, patient }, row], at) => ({ at, tenant, patient, ...row }))
        for (const question of questions) {
          const bound: unknown[] = [JSON.stringify(values)]
          const clause = consentSql(question, 'r', (value) => `$${bound.push(value)}`)
          const seen = await queries.rows<{ at: number }>(
            `select r.at from (select at, tenant as tenant_id, patient as patient_id, type, id, labels, codes
               from jsonb_to_recordset($1::jsonb)
               as x (at integer, tenant text, patient text, type text, id text, labels text[], codes text[])) r
             where ${clause} order by at`,
            bound,
          )
          const expected = values.filter((row) => {
            const own = rules.filter(
              ({ person }) => person.tenant === row.tenant && person.patient === row.patient,
            )
            return maySee(
              own.map(({ rule }) => rule),
              question,
              row,
            )
          })
          assert.deepEqual(
            seen.map(({ at }) => at),
            expected.map(({ at }) => at),
          )
        }
        throw new Undone()
      })
      await work.catch((error: unknown) => {
        if (!(error instanceof Undone)) throw error
      })
    }),
    { numRuns: 400 },
  )
})
