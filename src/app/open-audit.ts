import { AnchorFolder } from '../safeguard/audit/anchor-folder.ts'
import { openAuditKey } from '../safeguard/audit/audit-key.ts'
import { AuditLog } from '../safeguard/audit/audit-log.ts'
import type { Store } from '../store/store.ts'
import type { Config } from './config.ts'

/** The audit log of a store that was opened, with the key and the anchors of this installation. Close it before the store. */
export async function openAudit(
  { keyFolder, auditAnchors }: Pick<Config, 'keyFolder' | 'auditAnchors'>,
  store: Pick<Store, 'audit'>,
  now: () => Date = () => new Date(),
): Promise<AuditLog> {
  const key = await openAuditKey(keyFolder)
  return new AuditLog(store.audit, key, new AnchorFolder(auditAnchors, store.audit.storeId), now)
}
