import type { ConsentRule, Provision, RuleType } from '../../record/consent-rule.ts'
import type { PatientId, TenantId } from '../../terms/ids.ts'
import type { Queries } from '../database/query.ts'

interface RuleRow {
  consent_id: string
  stated_at: number | null
  categories: string[]
  from_at: number | null
  last_begins: number | null
  until_at: number | null
  purposes: string[] | null
  policy: RuleType | null
}

interface ProvisionRow extends Omit<RuleRow, 'stated_at' | 'categories' | 'policy'> {
  depth: number
  type: RuleType | null
  actors: string[] | null
  about_reading: boolean
  has_content: boolean
  classes: string[]
  labels: string[]
  labels_meant: string[]
  codes: string[]
  resources: string[]
  untestable: boolean
}

/** The rules of one person's active Consents, as queries obey them. */
export async function readConsentRules(
  queries: Queries,
  tenant: TenantId,
  patient: PatientId,
): Promise<readonly ConsentRule[]> {
  const key = [tenant, patient]
  const rules = await queries.rows<RuleRow>(
    `select consent_id, stated_at, categories, from_at, last_begins, until_at, purposes, policy
     from consent_rule where tenant_id = $1 and patient_id = $2 order by stated_at nulls first, consent_id`,
    key,
  )
  const provisions = await queries.rows<ProvisionRow>(
    `select consent_id, depth, type, from_at, last_begins, until_at, actors, purposes, about_reading, has_content,
       classes, labels, labels_meant, codes, resources, untestable
     from consent_provision where tenant_id = $1 and patient_id = $2 order by consent_id, ordinal`,
    key,
  )
  return rules.map((row) => {
    const own = provisions.filter(({ consent_id }) => consent_id === row.consent_id).map(provisionOf)
    return {
      id: row.consent_id,
      active: true,
      statedAt: row.stated_at ?? undefined,
      categories: row.categories,
      period: periodOf(row),
      purposes: row.purposes ?? undefined,
      policy: row.policy ?? undefined,
      root: own.find(({ depth }) => depth === 0),
      nested: own.filter(({ depth }) => depth > 0),
      limits: [],
    }
  })
}

function provisionOf(row: ProvisionRow): Provision {
  const { classes, labels, codes, resources, untestable } = row
  const written = [...labels, ...classes, ...codes].map((token) => {
    const bar = token.indexOf('|')
    return { system: token.slice(0, bar), code: token.slice(bar + 1) }
  })
  return {
    type: row.type ?? undefined,
    depth: row.depth,
    period: periodOf(row),
    actors: row.actors ?? undefined,
    purposes: row.purposes ?? undefined,
    aboutReading: row.about_reading,
    content: row.has_content
      ? { written, classes, labels, labelsMeant: row.labels_meant, codes, resources, untestable }
      : undefined,
  }
}

function periodOf(row: Pick<RuleRow, 'from_at' | 'last_begins' | 'until_at'>): ConsentRule['period'] {
  return {
    from: row.from_at ?? undefined,
    lastBegins: row.last_begins ?? undefined,
    until: row.until_at ?? undefined,
  }
}
