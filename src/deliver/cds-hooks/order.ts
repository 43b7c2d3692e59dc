import type { NamedDrug } from '../../decide/plan.ts'

/** An unsigned order whose drug was recognised. */
export interface ResolvedOrder {
  /** "MedicationRequest/request-123"; undefined when the draft has no id, and so cannot be replaced. */
  readonly reference: string | undefined
  /** Several for a combination product. */
  readonly drugs: readonly NamedDrug[]
  /** A cream or the like: hardly anything of it reaches the blood. */
  readonly onSkin?: boolean
}
