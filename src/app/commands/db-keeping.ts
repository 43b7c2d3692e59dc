import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { AnchorFolder } from '../../safeguard/audit/anchor-folder.ts'
import type { LogReport } from '../../safeguard/audit/audit-finding.ts'
import { openAuditKey } from '../../safeguard/audit/audit-key.ts'
import { verifyLog } from '../../safeguard/audit/verify-log.ts'
import { BackupReader } from '../../store/backup/backup-file.ts'
import { checkBackup } from '../../store/backup/manifest.ts'
import { distribute, distributionSql, tablesThere } from '../../store/database/distribute.ts'
import type { StoreCheck } from '../../store/keeping.ts'
import { pendingMigrations } from '../../store/migrations/migrate.ts'
import { openDatabase } from '../../store/open-store.ts'
import { Fault } from '../../terms/fault.ts'
import type { TenantId } from '../../terms/ids.ts'
import type { Arguments, ExitCode, Io } from '../command.ts'
import { audited } from '../command-line/audited-command.ts'
import { columns } from '../command-line/columns.ts'
import { withStore } from '../command-line/with-store.ts'
import { type Config, readConfig } from '../config.ts'
import { restoreStore } from '../restore-store.ts'
import { VERSION } from '../version.ts'

/** "garrod db backup PATH". */
export async function backup(path: string, input: Arguments, io: Io): Promise<ExitCode> {
  const at = new Date().toISOString()
  const task = { action: 'R', interaction: 'backup', command: 'garrod db backup', patients: [] } as const
  const target = fileOf(path, at)
  const summary = await audited(task, ({ keeping }) =>
    keeping.backup({ path: target, at, version: VERSION, told: progress(io) }),
  )
  await io.out(
    input.flag('json')
      ? `${JSON.stringify(summary)}\n`
      : `${columns([
          ['backup', summary.path],
          ['size', megabytes(summary.bytes)],
          ['rows', String(summary.rows)],
          ['received files', String(summary.files)],
          ...summary.audit.map(({ tenant, size }) => [`audit log of ${tenant}`, `${size} entries`]),
          ['keys', `not in it: keep ${readConfig().keyFolder} apart, and copy it anew after every shredding`],
        ])}\n`,
  )
  for (const one of summary.missing) io.err(`the received file ${one} was not in the archive\n`)
  return summary.missing.length === 0 ? 0 : 1
}

/** A file in a folder that is there is named after the moment; anything else is the file itself. */
function fileOf(path: string, at: string): string {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  return resolve(isFolder ? join(path, `garrod-${at.slice(0, 19).replace(/[-:]/g, '')}Z.backup`) : path)
}

/** "garrod db restore FILE". */
export async function restore(path: string, input: Arguments, io: Io): Promise<ExitCode> {
  const done = await restoreStore(readConfig(), path, input.flag('replace'), progress(io))
  await io.out(
    input.flag('json')
      ? `${JSON.stringify(done)}\n`
      : `${columns([
          ['restored', path],
          ['taken at', done.takenAt],
          ['rows', String(done.rows)],
          ['received files', String(done.files)],
          ...done.gaps.map((one) => ['gap', one]),
        ])}\n`,
  )
  return done.gaps.length === 0 ? 0 : 1
}

/** "garrod db verify [BACKUP]". */
export async function verify(path: string | undefined, input: Arguments, io: Io): Promise<ExitCode> {
  if (path !== undefined) return verifyBackup(path, input, io)
  const config = readConfig()
  const [check, logs] = await withStore(async ({ keeping, audit }) => {
    const tell = progress(io)
    const found = await keeping.check((people) => tell(`person ${people}`))
    const key = await openAuditKey(config.keyFolder)
    const anchors = new AnchorFolder(config.auditAnchors, audit.storeId)
    const tenants = new Set<string>([...(await audit.tenants()), ...(await anchors.tenants())])
    const reports: LogReport[] = []
    for (const tenant of [...tenants].sort()) {
      tell(`audit log of ${tenant}`)
      reports.push(await verifyLog(audit, key, anchors, tenant as TenantId))
    }
    return [found, reports] as const
  })
  await io.out(input.flag('json') ? `${JSON.stringify({ ...check, logs })}\n` : checkText(check, logs))
  if (check.problems.length > 0 || logs.some(({ findings }) => findings.length > 0)) return 2
  return logs.some(({ gaps }) => gaps.length > 0) ? 1 : 0
}

function checkText(check: StoreCheck, logs: readonly LogReport[]): string {
  const wrong = [
    ...check.problems.map(({ where, code, what }) => `WRONG  ${where}: ${what} (${code})`),
    ...logs.flatMap(({ tenant, findings }) =>
      findings.map(({ kind, what }) => `WRONG  audit log of ${tenant}, ${kind}: ${what}`),
    ),
    ...logs.flatMap(({ tenant, gaps }) => gaps.map((one) => `gap    audit log of ${tenant}: ${one}`)),
  ]
  const read = columns([
    ['people', String(check.people)],
    ['received files', `${check.files}, each equal to its checksum unless named below`],
    ['plans', String(check.plans)],
    ['resources', String(check.resources)],
    ...logs.map(({ tenant, entries }) => [`audit log of ${tenant}`, `${entries} entries`]),
  ])
  return `${[read, ...(wrong.length === 0 ? ['nothing is wrong'] : wrong)].join('\n')}\n`
}

async function verifyBackup(path: string, input: Arguments, io: Io): Promise<ExitCode> {
  const reader = await BackupReader.open(path)
  try {
    const { head, manifest } = await checkBackup(reader)
    const { takenAt, storeId, garrod } = head
    const { members, missing } = manifest
    await io.out(
      input.flag('json')
        ? `${JSON.stringify({ takenAt, storeId, garrod, members: members.length, missing })}\n`
        : `${columns([
            ['backup', path],
            ['taken at', `${takenAt} by Garrod ${garrod}`],
            ['parts', `${members.length}, each equal to its checksum`],
          ])}\n`,
    )
    for (const one of missing) io.err(`it was taken without the received file ${one}\n`)
    return missing.length === 0 ? 0 : 1
  } finally {
    await reader.close()
  }
}

/** "garrod db upgrade". */
export async function upgrade(input: Arguments, io: Io): Promise<ExitCode> {
  const config = readConfig()
  const before = await pending(config)
  if (input.flag('dry-run')) {
    await io.out(before.map((one) => `${one}\n`).join('') || 'nothing is to be done\n')
    return before.length === 0 ? 0 : 1
  }
  await withStore(async () => undefined)
  await io.out(
    before.length === 0
      ? `the store is as Garrod ${VERSION} has it\n`
      : before.map((one) => `done: ${one}\n`).join(''),
  )
  return 0
}

async function pending(config: Config): Promise<string[]> {
  const database = await openDatabase(config)
  try {
    return (await pendingMigrations(database)).map(({ number, name }) => `migration ${number}, ${name}`)
  } finally {
    await database.close()
  }
}

/** "garrod db distribute". */
export async function spread(input: Arguments, io: Io): Promise<ExitCode> {
  const config = readConfig()
  await withStore(async () => undefined)
  const database = await openDatabase(config)
  try {
    const statements = input.flag('dry-run')
      ? distributionSql(await tablesThere(database))
      : await distribute(database)
    await io.out(statements.map((one) => `${one};\n`).join(''))
    if (statements.length === 0) io.err('Every table is spread already.\n')
    return 0
  } finally {
    await database.close()
  }
}

function progress(io: Io): (what: string) => void {
  let last = 0
  return (what) => {
    if (!io.interactive || Date.now() - last < 200) return
    last = Date.now()
    io.err(`\r\x1b[K${what}\r`)
  }
}

function megabytes(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}

/** The one file that a form of the command names. Throws USAGE_FILE. */
export function oneFile(verb: string, more: readonly string[]): string {
  const [path, ...others] = more
  if (path !== undefined && others.length === 0) return path
  throw new Fault(
    'USAGE_FILE',
    `garrod db ${verb}`,
    path === undefined ? 'no file was named' : `${more.length} files were named`,
    `Name one: garrod db ${verb} FILE.`,
  )
}
