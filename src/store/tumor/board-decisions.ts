import { randomUUID } from 'node:crypto'
import { Fault } from '../../terms/fault.ts'
import type { Database, Queries } from '../database/query.ts'
import { log } from '../log/event-log.ts'
import { unknownPatient } from '../people/patient-row.ts'
import type { Act, PatientKey } from '../person.ts'
import { sealerOf } from '../vault/sealed-json.ts'
import type { Vault } from '../vault/vault.ts'
import type { BoardDecisions, NextBoardDecision, StoredBoardDecision } from './board-decision-store.ts'

type Row = Omit<StoredBoardDecision, 'json'> & { readonly body: Buffer }

const COLUMNS = 'decision_id as id, version, state, body, saved_at as at, saved_by as by'
const OF_PERSON = 'tenant_id = $1 and patient_id = $2'

export function boardDecisionsIn(database: Database, vault: Vault): BoardDecisions {
  const write = async (
    queries: Queries,
    key: PatientKey,
    one: Omit<StoredBoardDecision, 'json' | 'at' | 'by'>,
    next: NextBoardDecision,
    act: Act,
  ): Promise<StoredBoardDecision> => {
    const { id, version, state } = one
    const sealer = sealerOf(queries, vault, key)
    const place = placeOf(id, version)
    await queries.run(
      `insert into board_decision (tenant_id, patient_id, decision_id, version, state, body, basis, saved_at, saved_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      // biome-ignore format: one value a column
      [key.tenant, key.patient, id, version, state, await sealer.sealText(place, next.json),
        await sealer.sealText(`${place}/basis`, next.basis), act.at, act.by],
    )
    await log(queries, key, 'board-decision-saved', act, { decision: id, version, state })
    return { ...one, json: next.json, at: act.at, by: act.by }
  }

  return {
    open: (key, first, act) =>
      database.transaction(async (queries) => {
        await holdPerson(queries, key)
        return write(queries, key, { id: randomUUID(), version: 1, state: first.state }, first, act)
      }),

    save: (key, id, next, expected, act) =>
      database.transaction(async (queries) => {
        // Two writers of one decision wait for one another here.
        await holdPerson(queries, key)
        const versions = await queries.rows<Pick<Row, 'version' | 'state'>>(
          `select version, state from board_decision where ${OF_PERSON} and decision_id = $3 order by version desc`,
          [key.tenant, key.patient, id],
        )
        const [newest] = versions
        if (newest === undefined) throw unknownDecision()
        if (newest.version !== expected) throw changedDecision(expected, newest.version)
        const stood = newest.state !== 'draft'
        if (stood && next.state === 'draft') throw closedDecision()
        const state = stood ? 'amended' : next.state
        return write(queries, key, { id, version: expected + 1, state }, next, act)
      }),

    async list(key) {
      const rows = await database.rows<Row>(
        `select ${COLUMNS} from board_decision d where ${OF_PERSON}
         order by (select min(saved_at) from board_decision f where f.tenant_id = d.tenant_id
           and f.patient_id = d.patient_id and f.decision_id = d.decision_id) desc, decision_id, version desc`,
        [key.tenant, key.patient],
      )
      const sealer = sealerOf(database, vault, key)
      return Promise.all(
        rows.map(async ({ body, ...one }) => ({
          ...one,
          json: await sealer.openText(placeOf(one.id, one.version), body),
        })),
      )
    },

    async basis(key, id, version) {
      const row = await database.first<{ basis: Buffer }>(
        `select basis from board_decision where ${OF_PERSON} and decision_id = $3 and version = $4`,
        [key.tenant, key.patient, id, version],
      )
      if (row === undefined) return undefined
      return sealerOf(database, vault, key).openText(`${placeOf(id, version)}/basis`, row.basis)
    },
  }
}

async function holdPerson(queries: Queries, key: PatientKey): Promise<void> {
  const person = await queries.first(
    'select 1 from patient where tenant_id = $1 and patient_id = $2 for no key update',
    [key.tenant, key.patient],
  )
  if (person === undefined) throw unknownPatient(key)
}

function placeOf(id: string, version: number): string {
  return `board_decision/${id}/${version}`
}

export function unknownDecision(): Fault {
  return new Fault(
    'BOARD_DECISION_UNKNOWN',
    'decision',
    'there is no such decision',
    "See the decisions of the person's tumour.",
  )
}

function changedDecision(expected: number, version: number): Fault {
  return new Fault(
    'BOARD_DECISION_CHANGED',
    'decision',
    `it was at version ${expected} when you read it, and is at version ${version} now`,
    'Read it again and repeat what you changed.',
  )
}

function closedDecision(): Fault {
  return new Fault(
    'BOARD_DECISION_CLOSED',
    'decision',
    'the board has closed this decision: it cannot become a draft again',
    'Amend it: save it as final, with what has changed and why.',
  )
}
