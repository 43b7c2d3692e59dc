import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { accessPolicy } from '../../knowledge/access/access-policy.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { Access } from '../../safeguard/access/access.ts'
import { Fault } from '../../terms/fault.ts'
import { type SiteAccess, USUAL_SITE } from './site-access.ts'

/**
 * Who may do what under these facts, read once. Throws what `Access` throws, at the start of the server rather than at
 * the first request, and POLICY_FOLDER.
 */
export function accessOf(facts: Facts, site: SiteAccess = USUAL_SITE): Access {
  const name = `access ${site.policyFolder ?? ''} ${site.consentReading}`
  return facts.derived(
    name,
    () => new Access(accessPolicy(facts), sitePolicies(site.policyFolder), site.consentReading),
  )
}

function sitePolicies(folder: string | undefined): readonly { file: string; text: string }[] {
  if (folder === undefined) return []
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith('.cedar'))
      .sort()
      .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }))
  } catch (error) {
    throw new Fault(
      'POLICY_FOLDER',
      folder,
      `the policies of this site cannot be read: ${(error as Error).message}`,
      'Correct GARROD_POLICIES; the server does not start without the policies it was told to obey.',
    )
  }
}
