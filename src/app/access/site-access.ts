import { existsSync } from 'node:fs'
import { delimiter } from 'node:path'
import type { ConsentReading } from '../../record/consent-rule.ts'
import { Fault } from '../../terms/fault.ts'

/** What a site decides about access: a folder of policies that forbid more, and how it reads several consents. */
export interface SiteAccess {
  /** Folder of *.cedar files. */
  readonly policyFolder: string | undefined
  readonly consentReading: ConsentReading
  /** Fewest people who must be alike in an export without identifiers; 20 when nobody decided. */
  readonly exportK?: number
  /** The network between the machines of this site is encrypted by other means: MLLP and the database may be in clear. */
  readonly clearNetwork?: true
  /** FASTA files of reference sequence, for the spellings of a variant in a repeat. */
  readonly references?: readonly string[]
  /** Files of transcripts, cdot JSON or GFF3, for names of variants on transcripts. */
  readonly transcripts?: readonly string[]
}

/** As long as nobody decided otherwise. */
export const USUAL_SITE: SiteAccess = { policyFolder: undefined, consentReading: 'deny-overrides' }

/**
 * The site's decisions, of GARROD_POLICIES, GARROD_CONSENT, GARROD_EXPORT_K, GARROD_CLEAR_NETWORK, and of
 * GARROD_REFERENCE and GARROD_TRANSCRIPTS (paths, as in PATH). Throws CONSENT_READING, EXPORT_K, CLEAR_NETWORK, FILE_NOT_FOUND.
 */
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
  const clear = env['GARROD_CLEAR_NETWORK'] || 'no'
  if (clear !== 'no' && clear !== 'yes') {
    throw new Fault(
      'CLEAR_NETWORK',
      'GARROD_CLEAR_NETWORK',
      `"${clear}" is neither`,
      'Set yes where the network between the machines is encrypted by other means, else no (usual).',
    )
  }
  return {
    policyFolder: env['GARROD_POLICIES'] || undefined,
    consentReading: reading,
    ...(k ? { exportK: Number(k) } : {}),
    ...(clear === 'yes' ? { clearNetwork: true } : {}),
    ...filesOf(env, 'GARROD_REFERENCE', 'references'),
    ...filesOf(env, 'GARROD_TRANSCRIPTS', 'transcripts'),
  }
}

function filesOf(
  env: NodeJS.ProcessEnv,
  variable: string,
  name: 'references' | 'transcripts',
): Pick<SiteAccess, 'references' | 'transcripts'> {
  const paths = (env[variable] || '').split(delimiter).filter((path) => path !== '')
  const missing = paths.find((path) => !existsSync(path))
  if (missing !== undefined)
    throw new Fault(
      'FILE_NOT_FOUND',
      `${variable}: ${missing}`,
      'there is no such file',
      `Check the path. Several are separated by "${delimiter}".`,
    )
  return paths.length === 0 ? {} : { [name]: paths }
}
