import type { Resource } from '../../record/resource.ts'
import { readResourceText, spelledAs } from '../../record/resource-text.ts'
import { Fault } from '../../terms/fault.ts'
import type { Database, Queries } from '../database/query.ts'
import { log } from '../log/event-log.ts'
import { clearPatient, updatePatient } from '../people/patient-changes.ts'
import { clearIdentifiers } from '../people/patient-identifiers.ts'
import { claim, readPatient, unknownPatient } from '../people/patient-row.ts'
import type { Identifier, PatientKey } from '../person.ts'
import { commitWrites } from '../resources/commit.ts'
import { bodyPlace } from '../resources/stored-row.ts'
import { keepMergedKeys } from '../vault/merged-keys.ts'
import type { Vault } from '../vault/vault.ts'
import { retiredPatient, survivingPatient } from './joined-patients.ts'
import { moveCards } from './move-cards.ts'
import { moveGenomes } from './move-genomes.ts'
import { moveGenotypes } from './move-genotypes.ts'
import { movePlans } from './move-plans.ts'
import { moveRecordParts } from './move-record-parts.ts'
import { moveResources } from './move-resources.ts'
import { moveSealedRows } from './move-sealed-rows.ts'
import { moveVariants } from './move-variants.ts'
import type { PatientMerges } from './patient-merges.ts'

export function patientMergesIn(database: Database, vault: Vault): PatientMerges {
  return {
    async merge(tenant, survivor, retired, rewrite, act) {
      if (survivor === retired) throw samePerson(survivor)
      return database.transaction(async (queries) => {
        const to: PatientKey = { tenant, patient: survivor }
        const from: PatientKey = { tenant, patient: retired }
        // Both rows, in the order of their ids: two merges never wait for each other.
        for (const key of [to, from].sort((a, b) => (a.patient < b.patient ? -1 : 1)))
          await claim(queries, key, act.at, undefined)
        const kept = await readPatient(queries, vault, to)
        const gone = await readPatient(queries, vault, from)
        if (kept === undefined) throw unknownPatient(to)
        if (gone === undefined) throw unknownPatient(from)
        await moveGenotypes(queries, vault, from, to)
        await moveRecordParts(queries, vault, from, to)
        await movePlans(queries, vault, from, to)
        await moveCards(queries, vault, from, to)
        await moveVariants(queries, vault, from, to)
        await moveGenomes(queries, vault, from, to)
        await moveSealedRows(queries, vault, from, to)
        const resources = await moveResources(queries, vault, from, to)
        await clearIdentifiers(queries, from)
        await updatePatient(
          queries,
          vault,
          to,
          {
            identifiers: [...kept.identifiers, ...gone.identifiers],
            ...(kept.name === undefined ? { name: gone.name } : {}),
            ...(kept.birthDate === undefined ? { birthDate: gone.birthDate } : {}),
            ...(kept.sex === 'unknown' ? { sex: gone.sex } : {}),
          },
          act,
          undefined,
        )
        const changes = await commitWrites(
          queries,
          vault,
          tenant,
          await rewrite(
            joined(
              rewritten(resources, from, to),
              await patientResource(queries, vault, to),
              to,
              gone.identifiers,
            ),
          ),
          act,
        )
        const { version } = await claim(queries, to, act.at, undefined)
        await log(queries, to, 'patient-merged', act, { version, retired, resources: resources.length })
        await log(queries, from, 'patient-merged', act, { version: gone.version, survivor })
        await keepMergedKeys(queries, from, to)
        // Nothing is left of the retired person but the log and the key, which goes with the row.
        await clearPatient(queries, from, act)
        return changes
      })
    },
  }
}

/** The survivor's own Patient; undefined where somebody was registered before resources were kept. */
async function patientResource(
  queries: Queries,
  vault: Vault,
  key: PatientKey,
): Promise<Resource | undefined> {
  const row = await queries.first<{ version: number; body: Buffer | null }>(
    `select version, body from resource
     where tenant_id = $1 and patient_id = $2 and type = 'Patient' and id = $2 and not deleted`,
    [key.tenant, key.patient],
  )
  if (row === undefined || row.body === null) return undefined
  const place = bodyPlace({ type: 'Patient', id: key.patient }, row.version)
  return readResourceText((await vault.open(queries, key, place, row.body)).toString('utf8')) as Resource
}

/** What moved, the retired Patients with the link to the survivor, and the survivor with its links to them. */
function joined(
  moved: readonly Resource[],
  kept: Resource | undefined,
  { patient }: PatientKey,
  identifiers: readonly Identifier[],
): readonly Resource[] {
  const isPatient = ({ resourceType }: Resource) => resourceType === 'Patient'
  const retired = moved.filter(isPatient)
  return [
    ...moved.filter((one) => !isPatient(one)),
    ...retired.map((one) => retiredPatient(one, patient)),
    ...(kept === undefined ? [] : [survivingPatient(kept, retired, identifiers)]),
  ]
}

/** The newest versions with every reference to the retired person turned to the survivor. */
function rewritten(resources: readonly Resource[], from: PatientKey, to: PatientKey): readonly Resource[] {
  const old = new RegExp(`^(.*\\b)?Patient/${from.patient.replace(/[.-]/g, '\\$&')}(?=$|/_history/)`)
  const turn = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turn)
    if (typeof value !== 'object' || value === null) return value
    const turned = Object.fromEntries(
      Object.entries(value).map(([name, one]) => [
        name,
        name === 'reference' && typeof one === 'string'
          ? one.replace(old, (_all, base: string | undefined) => `${base ?? ''}Patient/${to.patient}`)
          : turn(one),
      ]),
    )
    return spelledAs(value, turned)
  }
  return resources.map((one) => turn(one) as Resource)
}

function samePerson(patient: string): Fault {
  return new Fault(
    'MERGE_SAME',
    `patient ${patient}`,
    'both sides of the merge are the same person',
    'Name the record that stays and the one that goes into it.',
  )
}
