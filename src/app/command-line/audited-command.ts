import type { AuditEntry, AuditSink } from '../../safeguard/audit/audit-entry.ts'
import { openStore } from '../../store/open-store.ts'
import type { Store } from '../../store/store.ts'
import { Fault } from '../../terms/fault.ts'
import type { PatientId } from '../../terms/ids.ts'
import { type Config, readConfig } from '../config.ts'
import { openAudit } from '../open-audit.ts'
import { TENANT } from '../tenant.ts'
import { cliAct } from './cli-act.ts'

/** What a command line does to records, for the audit log. */
export interface CommandTask {
  readonly action: AuditEntry['action']
  /** "read", "create", "export" … */
  readonly interaction: string
  /** "garrod patient show". */
  readonly command: string
  /** People it names. */
  readonly patients: readonly PatientId[]
  /** What it was about beside people, once it is done. */
  readonly what?: () => readonly string[]
}

/** Writes down whose data is about to be printed; on disk when it returns. */
type Seen = (patients: readonly PatientId[]) => Promise<void>

/** No person of that name is here: what was typed is not written down. */
const NOBODY = new Set(['PATIENT_UNKNOWN', 'PATIENT_EXISTS'])

/**
 * Opens the store for one command that reads or changes records, and writes down that it did, or was refused. A command
 * that prints what it finds calls `seen` before; for another it is written down when `work` returns.
 */
export async function audited<T>(
  task: CommandTask,
  work: (store: Store, seen: Seen) => Promise<T>,
  config: Config = readConfig(),
): Promise<T> {
  const store = await openStore(config)
  try {
    const audit = await openAudit(config, store)
    try {
      return await recorded(audit, task, (seen) => work(store, seen))
    } finally {
      await audit.close()
    }
  } finally {
    await store.close()
  }
}

async function recorded<T>(
  audit: AuditSink,
  task: CommandTask,
  work: (seen: Seen) => Promise<T>,
): Promise<T> {
  let told = false
  const seen: Seen = async (patients) => {
    told = true
    await audit.record(TENANT, entryOf(task, patients, 'success'))
  }
  try {
    const result = await work(seen)
    if (!told) await seen(task.patients)
    return result
  } catch (error) {
    const code = error instanceof Fault ? error.code : 'INTERNAL'
    const outcome = error instanceof Fault ? 'refused' : 'failed'
    const patients = NOBODY.has(code) ? [] : task.patients
    await audit.record(TENANT, { ...entryOf(task, patients, outcome), code })
    throw error
  }
}

function entryOf(
  { action, interaction, command, what }: CommandTask,
  patients: readonly PatientId[],
  outcome: AuditEntry['outcome'],
): AuditEntry {
  const { at, by } = cliAct()
  return {
    at,
    action,
    kind: 'command',
    interaction,
    outcome,
    who: { id: by, roles: ['administrator'] },
    purpose: 'HOPERAT',
    patients,
    what: [command, ...(what?.() ?? [])],
    count: patients.length,
  }
}
