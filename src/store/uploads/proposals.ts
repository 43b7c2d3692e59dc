import { Fault } from '../../terms/fault.ts'
import type { PatientId } from '../../terms/ids.ts'
import type { Database, Queries } from '../database/query.ts'
import { unknownPatient } from '../people/patient-row.ts'
import type { PatientKey } from '../person.ts'
import type { Vault } from '../vault/vault.ts'
import type { ProposalRef, Proposals, StoredProposal, WaitingDocument } from './proposal-store.ts'

interface ProposalRow {
  document: string
  documentVersion: number
  ordinal: number
  state: StoredProposal['state']
  body: Buffer
  resource_type: string | null
  resource_id: string | null
  proposedAt: string
  decidedAt: string | null
  decidedBy: string | null
}

const COLUMNS = `document_id as document, document_version as "documentVersion", ordinal, state, body, resource_type,
  resource_id, proposed_at as "proposedAt", decided_at as "decidedAt", decided_by as "decidedBy"`
const AT = `tenant_id = $1 and patient_id = $2 and document_id = $3 and document_version = $4 and ordinal = $5`

export function proposalsIn(database: Database, vault: Vault): Proposals {
  return {
    propose: ({ tenant, patient }, document, facts, act) =>
      database.transaction(async (queries) => {
        const person = await queries.first(
          'select 1 from patient where tenant_id = $1 and patient_id = $2 for key share',
          [tenant, patient],
        )
        // Removed while the document was being read.
        if (person === undefined) throw unknownPatient({ tenant, patient })
        await queries.run(
          `update proposed_fact set state = 'replaced', decided_at = $5, decided_by = $6
           where tenant_id = $1 and patient_id = $2 and document_id = $3 and document_version < $4 and state = 'proposed'`,
          [tenant, patient, document.id, document.version, act.at, act.by],
        )
        let added = 0
        for (const [ordinal, json] of facts.entries()) {
          const ref = { document: document.id, documentVersion: document.version, ordinal }
          const body = await vault.seal(queries, { tenant, patient }, placeOf(ref), json)
          added += await queries.run(
            `insert into proposed_fact (tenant_id, patient_id, document_id, document_version, ordinal, body, state, proposed_at)
             values ($1, $2, $3, $4, $5, $6, 'proposed', $7) on conflict do nothing`,
            [tenant, patient, document.id, document.version, ordinal, body, act.at],
          )
        }
        return added
      }),

    async list(key) {
      const rows = await database.rows<ProposalRow>(
        `select ${COLUMNS} from proposed_fact where tenant_id = $1 and patient_id = $2
         order by proposed_at desc, document_id, document_version desc, ordinal`,
        [key.tenant, key.patient],
      )
      return Promise.all(rows.map((row) => proposalOf(database, vault, key, row)))
    },

    async get(key, ref) {
      const row = await database.first<ProposalRow>(`select ${COLUMNS} from proposed_fact where ${AT}`, [
        key.tenant,
        key.patient,
        ref.document,
        ref.documentVersion,
        ref.ordinal,
      ])
      return row && proposalOf(database, vault, key, row)
    },

    async decide(key, ref, decision, resource, act) {
      const values = [key.tenant, key.patient, ref.document, ref.documentVersion, ref.ordinal]
      const decided = await database.run(
        `update proposed_fact set state = $6, resource_type = $7, resource_id = $8, decided_at = $9, decided_by = $10
         where ${AT} and state = 'proposed'`,
        [...values, decision, resource?.type, resource?.id, act.at, act.by],
      )
      if (decided > 0) return
      const there = await database.first<{ state: string }>(
        `select state from proposed_fact where ${AT}`,
        values,
      )
      if (there === undefined) throw unknownProposal()
      throw decidedProposal(there.state)
    },

    waiting: (tenant, most) =>
      database.rows<WaitingDocument>(
        `select patient_id as patient, document_id as document, count(*)::integer as waiting, min(proposed_at) as since
         from proposed_fact where tenant_id = $1 and state = 'proposed'
         group by patient_id, document_id order by min(proposed_at), patient_id, document_id limit $2`,
        [tenant, most],
      ),
  }
}

export function decidedProposal(state: string): Fault {
  return new Fault(
    'PROPOSAL_DECIDED',
    'proposal',
    `it was ${state} already`,
    'Look at the list again; correct a confirmed result where it stands now.',
  )
}

export function unknownProposal(): Fault {
  return new Fault(
    'PROPOSAL_UNKNOWN',
    'proposal',
    'there is no such proposal',
    'See the proposals of the person; a newer version of the document may have replaced it.',
  )
}

function placeOf({ document, documentVersion, ordinal }: ProposalRef): string {
  return `proposed_fact/${document}/${documentVersion}/${ordinal}`
}

async function proposalOf(
  queries: Queries,
  vault: Vault,
  { tenant, patient }: PatientKey,
  row: ProposalRow,
): Promise<StoredProposal> {
  const { document, documentVersion, ordinal, state, proposedAt } = row
  const json = (await vault.open(queries, { tenant, patient }, placeOf(row), row.body)).toString('utf8')
  return {
    patient: patient as PatientId,
    document,
    documentVersion,
    ordinal,
    state,
    json,
    resource:
      row.resource_type === null || row.resource_id === null
        ? undefined
        : { type: row.resource_type, id: row.resource_id },
    proposedAt,
    decidedAt: row.decidedAt ?? undefined,
    decidedBy: row.decidedBy ?? undefined,
  }
}
