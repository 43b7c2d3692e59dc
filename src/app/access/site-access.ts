import type { ConsentReading } from '../../record/consent-rule.ts'
import { Fault } from '../../terms/fault.ts'

/** What a site decides about access: a folder of policies that forbid more, and how it reads several consents. */
export interface SiteAccess {
  /** Folder of *.cedar files. */
  readonly policyFolder: string | undefined
  readonly consentReading: ConsentReading
  /** Fewest people who must be alike in an export without identifiers; 20 when nobody decided. */
  readonly exportK?: number
}

/** As long as nobody decided otherwise. */
export const USUAL_SITE: SiteAccess = { policyFolder: undefined, consentReading: 'deny-overrides' }

/** The site's decisions, of GARROD_POLICIES, GARROD_CONSENT and GARROD_EXPORT_K. Throws CONSENT_READING, EXPORT_K. */
export function siteAccess(env: NodeJS.ProcessEnv): SiteAccess {
  const reading = env['GARROD_CONSENT'] || 'deny-overrides'
  if (reading !== 'deny-overrides' && reading !== 'newest-wins') {
    throw new Fault(
      'CONSENT_READING',
      'GARROD_CONSENT',
      `"${reading}" is no way to read several consents`,
      'Set deny-overrides (usual) or newest-wins.',
    )
  }
  const k = env['GARROD_EXPORT_K']
  if (k && !/^[1-9]\d{0,3}$/.test(k)) {
    throw new Fault(
      'EXPORT_K',
      'GARROD_EXPORT_K',
      `"${k}" is no number of people`,
      'Set the fewest people who must be alike in an export without identifiers, 5 or 11 for example.',
    )
  }
  return {
    policyFolder: env['GARROD_POLICIES'] || undefined,
    consentReading: reading,
    ...(k ? { exportK: Number(k) } : {}),
  }
}
