import type { ConsentReading } from '../../record/consent-rule.ts'
import { Fault } from '../../terms/fault.ts'

/** What a site decides about access: a folder of policies that forbid more, and how it reads several consents. */
export interface SiteAccess {
  /** Folder of *.cedar files. */
  readonly policyFolder: string | undefined
  readonly consentReading: ConsentReading
}

/** As long as nobody decided otherwise. */
export const USUAL_SITE: SiteAccess = { policyFolder: undefined, consentReading: 'deny-overrides' }

/** The site's decisions, of GARROD_POLICIES and GARROD_CONSENT. Throws CONSENT_READING. */
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
  return { policyFolder: env['GARROD_POLICIES'] || undefined, consentReading: reading }
}
