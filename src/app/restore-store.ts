import { join, resolve } from 'node:path'
import { AnchorFolder } from '../safeguard/audit/anchor-folder.ts'
import { openAuditKey } from '../safeguard/audit/audit-key.ts'
import { checkpointOf, type HeadText, headText, originOf, signHead } from '../safeguard/audit/signed-head.ts'
import { EMPTY_ROOT } from '../safeguard/audit/tree-hash.ts'
import { type RestoreSummary, restoreBackup } from '../store/backup/restore-backup.ts'
import { openDatabase, openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import { Fault } from '../terms/fault.ts'
import type { TenantId } from '../terms/ids.ts'
import { cliAct } from './command-line/cli-act.ts'
import type { Config } from './config.ts'
import { openAudit } from './open-audit.ts'
import { TENANT } from './tenant.ts'

interface Restored extends RestoreSummary {
  /** What somebody has to do before the store can be used. */
  readonly gaps: readonly string[]
}

/**
 * Puts a backup in the place of the store, then says in the audit log, and in the heads outside of it, that this was
 * done. Throws as `restoreBackup`.
 */
export async function restoreStore(
  config: Config,
  path: string,
  replace: boolean,
  told: (what: string) => void,
): Promise<Restored> {
  const database = await openDatabase(config)
  let summary: RestoreSummary
  try {
    const archives = join(resolve(config.home), 'archive')
    summary = await restoreBackup(database, { path, archives, replace, told })
  } finally {
    await database.close()
  }
  const gaps = summary.missing.map((one) => `the backup was taken without the received file ${one}`)
  try {
    const store = await openStore(config)
    try {
      gaps.push(...(await tellAudit(config, store)))
    } finally {
      await store.close()
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    gaps.push(`the restored store does not open yet: ${error.what}. ${error.mend}`)
  }
  return { ...summary, gaps }
}

/** Signs, outside of the database, that the logs were put back, and writes it down in each of them. */
async function tellAudit(config: Config, store: Store): Promise<string[]> {
  const { audit: rows } = store
  const key = await openAuditKey(config.keyFolder)
  const anchors = new AnchorFolder(config.auditAnchors, rows.storeId)
  const gaps: string[] = []
  const tenants = new Set<string>([TENANT, ...(await rows.tenants()), ...(await anchors.tenants())])
  for (const tenant of tenants as Set<TenantId>) {
    const { size, head } = await rows.state(tenant)
    const origin = originOf(rows.storeId, tenant)
    if (head !== undefined && !key.verify(headText({ origin, ...head }), head.signature)) {
      gaps.push(
        `the audit log of ${tenant} is not signed by the key in ${config.keyFolder}: put audit.key back there`,
      )
      continue
    }
    const at = new Date().toISOString()
    const restored: HeadText = { origin, size, root: head?.root ?? EMPTY_ROOT, at, restored: true }
    await anchors.restored(tenant, checkpointOf(headText(restored), signHead(key, restored)))
    await tellRestored(config, store, tenant)
  }
  return gaps
}

async function tellRestored(config: Config, store: Store, tenant: TenantId): Promise<void> {
  const audit = await openAudit(config, store)
  const { at, by } = cliAct()
  await audit.record(tenant, {
    at,
    action: 'E',
    kind: 'database',
    interaction: 'restore',
    outcome: 'success',
    who: { id: by, roles: ['administrator'] },
    purpose: 'HOPERAT',
    patients: [],
    what: ['garrod db restore'],
  })
  await audit.close()
}
