import type { VariantName } from '../../record/variant-calls.ts'
import type { TenantId } from '../../terms/ids.ts'
import type { Act } from '../person.ts'

/** Which variant is classified, and for which disease: one variant may be a cause of one and no cause of another. */
export interface ClassifiedVariant {
  readonly variant: VariantName
  /** CURIE of the disease, "MONDO:0007947"; undefined: none was named. */
  readonly condition: string | undefined
  /** How a report names it: gene, HGVS. JSON, kept with the first version. */
  readonly names: Readonly<Record<string, string>>
}

/** draft: somebody works on it. signed: reported from now on. amended: signed in the place of an earlier signed version. */
export type ClassificationState = 'draft' | 'signed' | 'amended'

/** One version, without its content. */
export interface ClassificationHead {
  readonly id: string
  /** 1, 2, 3 … within the classification. */
  readonly version: number
  readonly state: ClassificationState
  /** "pathogenic", "likely-pathogenic", "uncertain", "likely-benign", "benign". */
  readonly class: string
  readonly at: string
  readonly by: string
}

export interface StoredClassification extends ClassificationHead {
  readonly subject: ClassifiedVariant
  /** Newest signed version, when there is one: what reports rest on. */
  readonly signedVersion: number | undefined
  /** JSON text of criteria, evidence and rule set, as it was saved. */
  readonly json: string
}

/** Classifications of variants, each with its whole history. They are the site's knowledge: about no person. */
export interface Classifications {
  /**
   * Begins the classification of a variant for a disease with its first draft.
   * Throws CLASSIFICATION_OPEN, naming the one that there is.
   */
  open(
    tenant: TenantId,
    subject: ClassifiedVariant,
    draft: { readonly class: string; readonly json: string },
    act: Act,
  ): Promise<StoredClassification>
  /**
   * Adds a version. `signed` becomes amended when an earlier version was signed. `expected` is the version that the writer
   * saw. Throws CLASSIFICATION_UNKNOWN, CLASSIFICATION_CHANGED.
   */
  save(
    tenant: TenantId,
    id: string,
    next: { readonly state: 'draft' | 'signed'; readonly class: string; readonly json: string },
    expected: number,
    act: Act,
  ): Promise<StoredClassification>
  /** The newest version, or the one asked for. */
  get(tenant: TenantId, id: string, version?: number): Promise<StoredClassification | undefined>
  /** Newest first. */
  history(tenant: TenantId, id: string): Promise<readonly ClassificationHead[]>
  /** Newest change first, from `after` (an id) on. */
  list(tenant: TenantId, most: number, after: string | undefined): Promise<readonly StoredClassification[]>
  /** Signed classifications of each of the variants, for every disease, in the order asked. */
  signed(
    tenant: TenantId,
    variants: readonly VariantName[],
  ): Promise<readonly (readonly StoredClassification[])[]>
}
