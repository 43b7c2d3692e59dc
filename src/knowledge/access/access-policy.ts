import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

const PACK = 'access-policy'

/** What is known of who may do what: policies as text, and the tables they rest on. */
export interface AccessPolicy {
  /** "access-policy@2026-11". */
  readonly version: string
  readonly schema: string
  /** Cedar, by file name. */
  readonly policies: readonly { readonly file: string; readonly text: string }[]
  readonly kinds: ReadonlyMap<string, AccessKind>
  readonly labels: readonly LabelRow[]
  readonly purposes: ReadonlyMap<string, PurposeRow>
  readonly projections: readonly ProjectionRow[]
}

/** Something that can be asked for: a FHIR type, or a thing of our own ("Variants", "AuditLog"). */
export interface AccessKind {
  readonly kind: string
  readonly fhir: boolean
  /** Groups that policies speak of: "clinical", "directory", … */
  readonly classes: readonly string[]
}

/** Who is shown data under a label, "system|code". */
export interface LabelRow {
  readonly label: string
  readonly purposes: readonly string[]
  readonly roles: readonly string[]
}

/** How people's own consents are asked for a purpose. */
export interface PurposeRow {
  readonly whenSilent: 'permit' | 'deny'
  /** Categories of consent that speak of it, "system|code". */
  readonly categories: readonly string[]
}

/** Minimum necessary: the elements of a type that a role is given for a purpose. */
export interface ProjectionRow {
  readonly role: string
  readonly purpose: string
  readonly type: string
  readonly keep: readonly string[]
}

export function accessPolicy(facts: Facts): AccessPolicy {
  return facts.derived(PACK, () => {
    const pack = facts.pack(PACK)
    const table = <C extends string>(name: string, columns: readonly C[]) =>
      readTable(pack.text(name), columns, `${PACK}/${name}`)
    return {
      version: `${pack.ref.id}@${pack.ref.version}`,
      schema: pack.text('schema.cedarschema'),
      policies: pack.fileNames
        .filter((file) => file.endsWith('.cedar'))
        .map((file) => ({ file, text: pack.text(file) })),
      kinds: new Map(
        table('kinds.tsv', ['kind', 'fhir', 'classes']).map(({ kind, fhir, classes }) => [
          kind,
          { kind, fhir: fhir === 'yes', classes: words(classes) },
        ]),
      ),
      labels: table('labels.tsv', ['label', 'purposes', 'roles']).map(({ label, purposes, roles }) => ({
        label,
        purposes: words(purposes),
        roles: words(roles),
      })),
      purposes: new Map(
        table('purposes.tsv', ['purpose', 'whenSilent', 'categories']).map(
          ({ purpose, whenSilent, categories }) => [
            purpose,
            { whenSilent: whenSilent === 'permit' ? 'permit' : 'deny', categories: words(categories) },
          ],
        ),
      ),
      projections: table('projections.tsv', ['role', 'purpose', 'type', 'keep']).map(
        ({ role, purpose, type, keep }) => ({ role, purpose, type, keep: words(keep) }),
      ),
    }
  })
}

const words = (cell: string) => cell.split(' ').filter((one) => one !== '')
