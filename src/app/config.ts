import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openKeyring } from '../safeguard/keys/keyring.ts'
import type { Keyring } from '../store/vault/keyring.ts'
import { Fault } from '../terms/fault.ts'
import { type SiteAccess, siteAccess } from './access/site-access.ts'
import { type TestMessages, testMessagesOf } from './exchange/processing-id.ts'
import { type ClamdAddress, clamdAddress } from './scan/clamd.ts'

/** The checkout or installed package: the nearest folder above this file that holds facts/. */
function installation(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'facts')) && dirname(folder) !== folder) folder = dirname(folder)
  return folder
}

/** Where Garrod finds and keeps things. Everything may be set by an environment variable; an empty one counts as not set. */
export interface Config {
  readonly root: string
  /** The user's own folder: embedded store, imported packs, archived files. GARROD_HOME. */
  readonly home: string
  /** Folders searched for fact packs; the user's imports after the built-in ones. GARROD_FACTS replaces the first. */
  readonly factFolders: readonly string[]
  /** A PostgreSQL server to use instead of the embedded one. DATABASE_URL. */
  readonly databaseUrl: string | undefined
  /**
   * Keys of what is stored about people; nothing is read before a store is opened. GARROD_KEY_FOLDER (default
   * GARROD_HOME/keys), GARROD_ROOT_KEY_FILE or GARROD_ROOT_PASSPHRASE; after a change of the root key
   * GARROD_RETIRED_ROOT_KEY_FILE or GARROD_RETIRED_ROOT_PASSPHRASE.
   */
  readonly keyring: Keyring
  /** The folder of those keys; the key that signs the audit log lies there as well. */
  readonly keyFolder: string
  /** Where signed heads of the audit log are kept outside of the database. GARROD_AUDIT_ANCHOR. */
  readonly auditAnchors: string
  /**
   * GARROD_POLICIES: folder of Cedar policies that forbid more. GARROD_CONSENT: deny-overrides or newest-wins.
   * GARROD_CLEAR_NETWORK: yes where the network between the machines is encrypted by other means.
   */
  readonly site: SiteAccess
  /** The same, for the database. */
  readonly clearNetwork?: true
  /** List of leaked passwords (Pwned Passwords: SHA-1, ordered by hash). GARROD_LEAKED_PASSWORDS. */
  readonly leakedPasswords: string | undefined
  /** A clamd that looks at files for malware, unix:PATH or tcp:HOST:PORT. GARROD_SCANNER. */
  readonly scanner?: ClamdAddress
  /** Table of the places of postal codes, for distances to trials. GARROD_POSTAL_CODES. */
  readonly postalCodes: string | undefined
  /** GARROD_HL7_TEST: refuse, quarantine or file. Undefined: refuse, but for a demonstration, which files them. */
  readonly testMessages: TestMessages | undefined
}

/** Throws SETTING_GONE and what the settings throw. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  refuseGone(env)
  const site = siteAccess(env)
  const root = installation()
  const home = env['GARROD_HOME'] || join(homedir(), '.garrod')
  const keyFolder = env['GARROD_KEY_FOLDER'] || join(home, 'keys')
  return {
    root,
    home,
    factFolders: [env['GARROD_FACTS'] || join(root, 'facts'), join(home, 'facts')],
    databaseUrl: env['DATABASE_URL'] || undefined,
    keyring: openKeyring({
      folder: keyFolder,
      rootKeyFile: env['GARROD_ROOT_KEY_FILE'] || undefined,
      passphrase: env['GARROD_ROOT_PASSPHRASE'] || undefined,
      retiredRootKeyFile: env['GARROD_RETIRED_ROOT_KEY_FILE'] || undefined,
      retiredPassphrase: env['GARROD_RETIRED_ROOT_PASSPHRASE'] || undefined,
    }),
    keyFolder,
    auditAnchors: env['GARROD_AUDIT_ANCHOR'] || join(home, 'audit-anchors'),
    site,
    ...(site.clearNetwork === undefined ? {} : { clearNetwork: true }),
    leakedPasswords: env['GARROD_LEAKED_PASSWORDS'] || undefined,
    ...(env['GARROD_SCANNER']
      ? { scanner: clamdAddress(env['GARROD_SCANNER'], site.clearNetwork === true) }
      : {}),
    postalCodes: env['GARROD_POSTAL_CODES'] || undefined,
    testMessages: testMessagesOf(env),
  }
}

/** A setting that is quietly ignored would be a table that somebody believes is read. */
function refuseGone(env: NodeJS.ProcessEnv): void {
  if (!env['GARROD_HOTSPOTS']) return
  throw new Fault(
    'SETTING_GONE',
    'GARROD_HOTSPOTS',
    'there is no such setting any more: the tables of a site are imported as a pack with a version',
    'Unset it, and import its files once: garrod facts import tumor-tables FILE... --version 2026-11. Then start the server again.',
  )
}
