import type { KeyStatus } from '../../store/vault/store-keys.ts'
import { Fault } from '../../terms/fault.ts'
import type { Arguments, Command, ExitCode, Io } from '../command.ts'
import { audited } from '../command-line/audited-command.ts'
import { columns } from '../command-line/columns.ts'
import { withStore } from '../command-line/with-store.ts'
import { TENANT } from '../tenant.ts'

export const keys: Command = {
  name: 'keys',
  summary: 'state and rotation of the keys that seal what is stored about people',
  usage: 'status | rotate [--tenant | --root] [options]',
  details: `Everything stored about a person is sealed (AES-256-GCM) under a key of that person's own, which lies in the database
wrapped under the tenant's key and under a secret in the key folder. The tenant's key is wrapped under the root key.
The key folder is GARROD_HOME/keys, or GARROD_KEY_FOLDER; it holds the root key too, unless GARROD_ROOT_KEY_FILE names
its file or GARROD_ROOT_PASSPHRASE gives a passphrase. Whoever has both the folder and the data can read everything:
keep the folder on another disk, or the root key with a key management service, and never in the backup of the data.
Without the folder nothing can be read: keep one copy of it, and replace the copy after every "garrod patient shred".
"rotate --tenant" (the default) gives the tenant a new key and wraps every person's key under it; programs may go on
working. "rotate --root" makes a new root key and keeps the one before as retired-<id>.key for older backups: delete that
file when none is left. A root key that you keep yourself is changed by you: put the new one in its place, name the one
before with GARROD_RETIRED_ROOT_KEY_FILE or GARROD_RETIRED_ROOT_PASSPHRASE, and run any command.`,
  options: {
    tenant: { type: 'boolean', help: 'rotate: the key that wraps people’s keys (default)' },
    root: { type: 'boolean', help: 'rotate: the root key; restart "garrod serve" afterwards' },
    json: { type: 'boolean', help: 'print one JSON object' },
  },
  examples: [
    ['garrod keys status', 'which root key is in force, how many people’s keys there are'],
    ['garrod keys rotate', 'a new key for the tenant'],
    ['garrod keys rotate --root', 'a new root key'],
  ],
  async run(input, io) {
    const [verb, ...more] = input.positionals
    if (verb === 'status' && more.length === 0) return status(input, io)
    if (verb === 'rotate' && more.length === 0) return rotate(input, io)
    throw new Fault(
      'USAGE_VERB',
      'garrod keys',
      verb === undefined
        ? 'nothing was asked for'
        : `"garrod keys ${input.positionals.join(' ')}" is not a form of this command`,
      'Use status or rotate. See "garrod keys --help".',
    )
  },
}

async function status(input: Arguments, io: Io): Promise<ExitCode> {
  const found = await withStore((store) => store.keys.status())
  await io.out(input.flag('json') ? `${JSON.stringify(found)}\n` : textOf(found))
  return 0
}

async function rotate(input: Arguments, io: Io): Promise<ExitCode> {
  if (input.flag('root') && input.flag('tenant')) {
    throw new Fault(
      'USAGE_ONE_KEY',
      'garrod keys rotate',
      'both keys were named',
      'Rotate one after the other.',
    )
  }
  const interaction = input.flag('root') ? 'rotate-root' : 'rotate-tenant'
  await audited({ action: 'U', interaction, command: 'garrod keys rotate', patients: [] }, async (store) => {
    if (input.flag('root')) {
      await store.keys.renewRoot()
      const { root } = await store.keys.status()
      await io.out(
        input.flag('json')
          ? `${JSON.stringify({ root })}\n`
          : `the root key is ${root.id} now; the one before is kept as retired for older backups\n`,
      )
      return
    }
    const people = await store.keys.rotateTenant(TENANT, (done) => {
      if (io.interactive) io.err(`\r${done} keys`)
    })
    if (io.interactive && people > 0) io.err('\n')
    await io.out(
      input.flag('json')
        ? `${JSON.stringify({ people })}\n`
        : `${people} keys are wrapped under a new key of the tenant\n`,
    )
  })
  return 0
}

function textOf({ root, generation, destroyed, holds, tenants }: KeyStatus): string {
  const rows = [
    ['root key', `${root.id}, ${root.source}`],
    ['key folder', `generation ${generation}; older copies of it must be destroyed`],
    ['shredded', `${destroyed} keys`],
    ['legal holds', String(holds)],
    ...tenants.map(({ tenant, version, madeAt, people }) => [
      `tenant ${tenant}`,
      `key ${version} of ${madeAt.slice(0, 10)} wraps ${people} people’s keys`,
    ]),
  ]
  return `${columns(rows)}\n`
}
