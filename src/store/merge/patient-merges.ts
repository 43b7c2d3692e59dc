import type { Resource } from '../../record/resource.ts'
import type { PatientId, TenantId } from '../../terms/ids.ts'
import type { Act } from '../person.ts'
import type { ResourceChange, ResourceWrite } from '../resources/resource-store.ts'

/** Two records of one person become one. */
export interface PatientMerges {
  /**
   * Everything that is known of `retired` becomes known of `survivor`, in one transaction: identifiers, files,
   * genotypes, variants, outside calls, drugs and measurements that the survivor lacks, plans, feedback, messages, and every
   * version of every resource. Then the retired person is removed; the event logs of both tell of it. The retired Patient
   * stays readable, inactive, with a link to the survivor, whose Patient links back. `rewrite` says how the newest versions
   * are written for the survivor.
   * Throws PATIENT_UNKNOWN, LEGAL_HOLD, MERGE_SAME, MERGE_UPLOAD_WAITS, and what `rewrite` throws.
   */
  merge(
    tenant: TenantId,
    survivor: PatientId,
    retired: PatientId,
    rewrite: (resources: readonly Resource[]) => Promise<readonly ResourceWrite[]>,
    act: Act,
  ): Promise<readonly ResourceChange[]>
}
