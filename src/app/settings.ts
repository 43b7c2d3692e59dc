import { nearest } from './option-fault.ts'

/** What a site sets by a variable of the environment, for every command alike. An empty variable counts as not set. */
interface Setting {
  readonly name: string
  readonly what: string
  /** What holds where it is not set. */
  readonly usual: string
}

export const SETTINGS: readonly Setting[] = [
  {
    name: 'DATABASE_URL',
    what: 'a PostgreSQL server to use, as `postgresql://user@host/database`; `sslmode=verify-full` where it is another machine',
    usual: 'the embedded PostgreSQL',
  },
  {
    name: 'GARROD_HOME',
    what: 'folder of the embedded database, imported fact packs, received files, keys',
    usual: '`~/.garrod`',
  },
  {
    name: 'GARROD_FACTS',
    what: 'folder of fact packs in place of those that come with Garrod; packs imported under `GARROD_HOME` stand beside it',
    usual: '`facts/` of the checkout',
  },
  {
    name: 'GARROD_KEY_FOLDER',
    what: 'folder of the keys that seal what is stored, and of the key that signs the audit log',
    usual: '`GARROD_HOME/keys`',
  },
  {
    name: 'GARROD_ROOT_KEY_FILE',
    what: 'file of the root key, apart from the other keys',
    usual: 'in the key folder',
  },
  { name: 'GARROD_ROOT_PASSPHRASE', what: 'passphrase in place of a file of the root key', usual: 'none' },
  {
    name: 'GARROD_RETIRED_ROOT_KEY_FILE',
    what: 'file of the root key before, while it is changed',
    usual: 'none',
  },
  {
    name: 'GARROD_RETIRED_ROOT_PASSPHRASE',
    what: 'passphrase before, while it is changed',
    usual: 'none',
  },
  {
    name: 'GARROD_AUDIT_ANCHOR',
    what: 'folder, best on another disk, where signed heads of the audit log are kept outside of the database',
    usual: '`GARROD_HOME/audit-anchors`',
  },
  {
    name: 'GARROD_POLICIES',
    what: 'folder of Cedar policies of the site, which forbid more than those of Garrod; a server does not start when one cannot be read',
    usual: 'none',
  },
  {
    name: 'GARROD_CONSENT',
    what: 'how several Consents of a person are read: `deny-overrides` or `newest-wins`',
    usual: '`deny-overrides`',
  },
  {
    name: 'GARROD_EXPORT_K',
    what: 'the fewest people who must be alike in an export without identifiers, 1 to 9999',
    usual: '20',
  },
  {
    name: 'GARROD_CLEAR_NETWORK',
    what: '`yes` where the network between the machines is encrypted by other means: MLLP and the database may then be in clear',
    usual: '`no`',
  },
  {
    name: 'GARROD_LEAKED_PASSWORDS',
    what: 'list of leaked passwords that nobody may choose (Pwned Passwords: SHA-1, ordered by hash)',
    usual: 'none',
  },
  {
    name: 'GARROD_SCANNER',
    what: 'a clamd that looks at files for malware: `unix:PATH` or `tcp:HOST:PORT`',
    usual: 'none; files are marked as not scanned',
  },
  {
    name: 'GARROD_HL7_TEST',
    what: 'what becomes of test messages (MSH-11 other than P): `refuse`, `quarantine` or `file`',
    usual: '`refuse`; `file` in a demonstration',
  },
  {
    name: 'GARROD_REFERENCE',
    what: 'FASTA files of reference sequence, several separated as in PATH: names and spellings of variants in the server',
    usual: 'none',
  },
  {
    name: 'GARROD_TRANSCRIPTS',
    what: 'files of transcripts (cdot JSON or GFF3), several separated as in PATH: names of variants in the server',
    usual: 'none',
  },
  {
    name: 'GARROD_HOTSPOTS',
    what: 'tables of hotspot counts of the site, separated by commas; `--hotspots` replaces them',
    usual: 'none',
  },
  {
    name: 'GARROD_POSTAL_CODES',
    what: 'table of the places of postal codes, for distances to trials',
    usual: 'none; a distance is then unknown',
  },
]

/** Variables of Garrod's own tests and drills, which are no settings of a site. */
const OF_TESTS = /^GARROD_(?:CHROMIUM|DRILL_|FUZZ_|MCODE|PICTURES|TEST_)/

/** A line for each variable that looks like a setting and is none: a misspelt one would be obeyed never, and silently. */
export function unknownSettings(env: NodeJS.ProcessEnv): readonly string[] {
  const names = SETTINGS.map(({ name }) => name)
  return Object.keys(env)
    .filter((name) => name.startsWith('GARROD_') && !names.includes(name) && !OF_TESTS.test(name))
    .sort()
    .map((name) => {
      const near = nearest(name, names)
      return `${name} is no setting and is not obeyed${near === undefined ? '.' : `; did you mean ${near}?`} See docs/settings.md.`
    })
}
