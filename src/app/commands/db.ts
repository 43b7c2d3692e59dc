import { serverStatus, shownUrl } from '../../store/database/server-database.ts'
import { embeddedStatus, startEmbedded, stopEmbedded } from '../../store/embedded/control.ts'
import { Fault } from '../../terms/fault.ts'
import type { Command } from '../command.ts'
import { columns } from '../command-line/columns.ts'
import { withStore } from '../command-line/with-store.ts'
import { readConfig } from '../config.ts'
import { backup, oneFile, restore, spread, upgrade, verify } from './db-keeping.ts'
import { roles } from './db-roles.ts'

export const db: Command = {
  name: 'db',
  summary: 'status, start, stop, backup, restore, verify, upgrade of the database that holds patients',
  usage:
    'status | start | stop [--force] | backup PATH | restore FILE [--replace] | verify [BACKUP] | upgrade | roles | distribute [options]',
  details: `The embedded PostgreSQL starts when a command needs it and stops with the last one that uses it; there is nothing to
set up. "start" keeps it running until "stop": then every command is faster by some hundredths of a second. It listens
at a Unix socket in a folder of its own, never at a network port. "garrod pgx" does not use it.
Under root it runs as the system user "garrod" where there is one, else as "nobody". Where GARROD_HOME is closed to that
user, as ~/.garrod of root is, its data lie in a new folder under /var/lib/garrod, which GARROD_HOME/postgres.place names.
With DATABASE_URL set, Garrod uses that PostgreSQL server (15 or newer) and leaves its start and stop to you.

backup      writes everything, from one state of the database, and every received file into one file (docs/backup.md), while
            others go on working. In a folder the file is named after the moment. The keys are not in it.
restore     puts a backup in the place of an empty store; with --replace, of whatever is there. All of it, or nothing.
verify      opens everything that is sealed, compares received files with their checksums, follows every reference, and
            checks the audit log; or compares a backup with its checksums.
upgrade     brings the schema to this version, as every command does that opens the store, and says what was done.
roles       prints the statements that make a role which reads and writes rows, and neither changes the schema nor rewrites
            the audit log; with --apply runs them. Servers run under it; upgrade and restore need the owner (docs/security.md).
distribute  spreads the tables over a Citus cluster, people by person (docs/scale.md).`,
  options: {
    force: {
      type: 'boolean',
      help: 'stop: cut off programs that use it; what they had not stored is undone',
    },
    replace: { type: 'boolean', help: 'restore: delete everything that is there now' },
    'dry-run': { type: 'boolean', help: 'upgrade, distribute: print what would be done' },
    runtime: { type: 'string', value: 'ROLE', help: 'roles: name of the role; default garrod_app' },
    apply: { type: 'boolean', help: 'roles: run the statements, all or none' },
    json: { type: 'boolean', help: 'status, backup, restore, verify: print one JSON object' },
  },
  examples: [
    ['garrod db status', 'where the data are, and whether the server runs'],
    ['garrod db start', 'keep the embedded server running'],
    ['garrod db backup /mnt/backups/', 'a backup named after the moment'],
    ['garrod db verify', 'whether everything that is stored is there, whole and readable'],
  ],
  async run(input, io) {
    const { home, databaseUrl, clearNetwork } = readConfig()
    const [verb, ...more] = input.positionals
    if (verb === 'backup') return backup(oneFile(verb, more), input, io)
    if (verb === 'restore') return restore(oneFile(verb, more), input, io)
    if (verb === 'verify' && more.length <= 1) return verify(more[0], input, io)
    if (verb === 'upgrade' && more.length === 0) return upgrade(input, io)
    if (verb === 'distribute' && more.length === 0) return spread(input, io)
    if (verb === 'roles' && more.length === 0) return roles(input, io)
    const known = verb === 'status' || verb === 'start' || verb === 'stop'
    if (!known || more.length > 0) {
      throw new Fault(
        'USAGE_VERB',
        'garrod db',
        verb === undefined
          ? 'nothing was asked for'
          : `"garrod db ${input.positionals.join(' ')}" is not a form of this command`,
        'See "garrod db --help".',
      )
    }
    if (databaseUrl !== undefined) {
      if (verb !== 'status') {
        throw new Fault(
          'DATABASE_NOT_OURS',
          'DATABASE_URL',
          `the database is a server that Garrod does not ${verb}`,
          'Ask whoever runs it, or unset DATABASE_URL to use the embedded database.',
        )
      }
      const { version, user } = await serverStatus(databaseUrl, clearNetwork)
      const shown = shownUrl(databaseUrl)
      await io.out(
        input.flag('json')
          ? `${JSON.stringify({ engine: 'server', url: shown, version, user: user.name, changesSchema: user.changesSchema })}\n`
          : `${columns([
              ['engine', `PostgreSQL ${version}, a server of yours`],
              ['address', shown],
              [
                'user',
                user.changesSchema
                  ? `${user.name}, who may change the schema`
                  : `${user.name}, who reads and writes rows alone`,
              ],
            ])}\n`,
      )
      return 0
    }
    if (verb === 'start') {
      await startEmbedded(home)
      // Brings the schema up to date too, so that a fault shows now and not at the first patient.
      await withStore(async () => undefined)
      await io.out('the embedded database is running, and stays so until "garrod db stop"\n')
    } else if (verb === 'stop') {
      const stopped = await stopEmbedded(home, input.flag('force'))
      await io.out(stopped ? 'stopped\n' : 'it was not running\n')
    } else {
      const status = await embeddedStatus(home)
      await io.out(
        input.flag('json') ? `${JSON.stringify({ engine: 'embedded', ...status })}\n` : textOf(status),
      )
    }
    return 0
  },
}

function textOf({ created, pid, kept, folder, bytes }: Awaited<ReturnType<typeof embeddedStatus>>): string {
  const running = `running (process ${pid}), ${kept ? 'until "garrod db stop"' : 'until the last program that uses it ends'}`
  const state = pid === undefined ? 'stopped; the next command that needs it starts it' : running
  return `${columns([
    ['engine', 'embedded PostgreSQL'],
    ['state', created ? state : 'not made yet; the first command that needs it makes it'],
    ...(created
      ? [
          ['folder', folder],
          ['size', `${Math.round(bytes / 1e6)} MB`],
        ]
      : []),
  ])}\n`
}
