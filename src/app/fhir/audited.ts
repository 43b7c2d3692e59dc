import type { AuditEntry } from '../../safeguard/audit/audit-entry.ts'
import { Fault } from '../../terms/fault.ts'
import type { PatientId } from '../../terms/ids.ts'
import type { FhirContext, FhirReply, FhirRequest, FhirService, Interaction, Trace } from './fhir-service.ts'

interface Act {
  readonly interaction: Interaction
  readonly name: string
  readonly type: string | undefined
  readonly request: FhirRequest
}

const ACTIONS: Partial<Record<Interaction, AuditEntry['action']>> = {
  create: 'C',
  update: 'U',
  patch: 'U',
  delete: 'D',
  operation: 'E',
  transaction: 'E',
  batch: 'E',
  'search-type': 'E',
}

/**
 * Runs an interaction and writes into the audit log what it touched, or that it was refused or failed, before the answer
 * leaves. When the log cannot be written, there is no answer.
 */
export async function audited(
  service: FhirService,
  context: FhirContext,
  act: Act,
  run: (trace: Trace) => Promise<FhirReply>,
): Promise<FhirReply> {
  const trace: Trace = { patients: new Set(), what: new Set(), count: undefined }
  let reply: FhirReply
  try {
    reply = await run(trace)
  } catch (error) {
    const refused = error instanceof Fault
    const code = refused ? error.code : 'INTERNAL'
    await service.audit.record(
      context.tenant,
      entryOf(context, act, trace, refused ? 'refused' : 'failed', code),
    )
    throw error
  }
  await service.audit.record(context.tenant, entryOf(context, act, trace, 'success'))
  return reply
}

function entryOf(
  { act: { at }, who, purpose }: FhirContext,
  { interaction, name, type, request }: Act,
  trace: Trace,
  outcome: AuditEntry['outcome'],
  code?: string,
): AuditEntry {
  // Of what was refused the address is noted: type and id, never a value that was searched for.
  const named = request.path.filter((part) => /^[$A-Za-z0-9._-]{1,64}$/.test(part)).join('/')
  const what = trace.what.size > 0 ? [...trace.what] : [named === '' ? (type ?? name) : named]
  return {
    at,
    action: ACTIONS[interaction] ?? 'R',
    kind: 'rest',
    interaction: name,
    outcome,
    ...(code === undefined ? {} : { code }),
    who,
    purpose,
    patients: [...trace.patients] as PatientId[],
    what,
    ...(trace.count === undefined ? {} : { count: trace.count }),
  }
}
