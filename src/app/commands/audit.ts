import type { AuditQuery } from '../../record/audit-row.ts'
import { AnchorFolder } from '../../safeguard/audit/anchor-folder.ts'
import type { AuditEntry } from '../../safeguard/audit/audit-entry.ts'
import { type AuditEvent, entryOf } from '../../safeguard/audit/audit-event.ts'
import type { LogReport } from '../../safeguard/audit/audit-finding.ts'
import { openAuditKey } from '../../safeguard/audit/audit-key.ts'
import { bareProofHolds } from '../../safeguard/audit/bare-proof.ts'
import { proveEntry, proveGrowth, wrongWith } from '../../safeguard/audit/proof-document.ts'
import { checkpointOf, headText, originOf } from '../../safeguard/audit/signed-head.ts'
import { verifyLog } from '../../safeguard/audit/verify-log.ts'
import { Fault } from '../../terms/fault.ts'
import { patientId } from '../../terms/ids.ts'
import type { Arguments, Command, ExitCode, Io } from '../command.ts'
import { audited } from '../command-line/audited-command.ts'
import { columns } from '../command-line/columns.ts'
import { withStore } from '../command-line/with-store.ts'
import { readConfig } from '../config.ts'
import { readText } from '../read-text.ts'
import { TENANT } from '../tenant.ts'

const MOST = 1000

export const audit: Command = {
  name: 'audit',
  summary: 'who touched what: list, verify and prove the entries of the audit log',
  usage: 'verify | list [--patient ID] [...] | prove SEQ | prove --from SIZE | head | check FILE [options]',
  details: `Every request to the server and every command that reads or changes records is an entry: a FHIR AuditEvent in an
append-only log, whose tree (RFC 6962) is signed with the key GARROD_KEY_FOLDER/audit.key. Signed heads are kept in the
database and, outside of it, in GARROD_AUDIT_ANCHOR (default GARROD_HOME/audit-anchors); put that on another disk or
machine. Entries hold ids, types and counts, never a name, a search text or a result.
verify  reads the whole log and says which entries were altered, deleted, reordered, inserted or rolled back.
        Exit 0: nothing was; 1: something could not be checked; 2: something was.
prove   prints a proof that others can check without this database: "garrod audit check", or docs/audit.md.`,
  options: {
    patient: { type: 'string', multiple: true, value: 'ID', help: 'list: entries that touch this person' },
    by: { type: 'string', multiple: true, value: 'ID', help: 'list: entries of this account or program' },
    since: { type: 'string', value: 'DATE', help: 'list: from this day or instant on' },
    until: { type: 'string', value: 'DATE', help: 'list: before this day or instant' },
    outcome: { type: 'string', multiple: true, value: 'WORD', help: 'list: success, refused or failed' },
    most: { type: 'string', value: 'N', help: `list: so many, the newest (default ${MOST})` },
    from: {
      type: 'string',
      value: 'SIZE',
      help: 'prove: that the log of so many entries was never rewritten',
    },
    bare: {
      type: 'boolean',
      help: 'check: the file has RFC 6962 proofs without a checkpoint, one JSON object a line; docs/audit.md',
    },
    key: {
      type: 'string',
      value: 'KEY',
      help: 'check: the verifier key you trust, as "audit head" prints it',
    },
    json: { type: 'boolean', help: 'print JSON' },
  },
  examples: [
    ['garrod audit verify', 'whether anybody changed the log'],
    ['garrod audit list --patient p1', 'who touched the record of p1'],
    ['garrod audit prove 4711 > proof.json', 'a proof that entry 4711 is in the log'],
    ['garrod audit check proof.json --key garrod+…', 'check a proof, on any machine'],
  ],
  async run(input, io) {
    const [verb, ...more] = input.positionals
    if (verb === 'verify' && more.length === 0) return verify(input, io)
    if (verb === 'list' && more.length === 0) return list(input, io)
    if (verb === 'prove' && more.length === (input.text('from') === undefined ? 1 : 0)) {
      return prove(more[0], input, io)
    }
    if (verb === 'head' && more.length === 0) return head(input, io)
    if (verb === 'check' && more.length === 1) return check(more[0]!, input, io)
    throw new Fault(
      'USAGE_VERB',
      'garrod audit',
      verb === undefined
        ? 'nothing was asked for'
        : `"garrod audit ${input.positionals.join(' ')}" is not a form of this command`,
      'See "garrod audit --help".',
    )
  },
}

async function verify(input: Arguments, io: Io): Promise<ExitCode> {
  const config = readConfig()
  const reports = await withStore(async ({ audit: rows }) => {
    const key = await openAuditKey(config.keyFolder)
    const anchors = new AnchorFolder(config.auditAnchors, rows.storeId)
    const tenants = new Set<string>([...(await rows.tenants()), ...(await anchors.tenants())])
    const all: LogReport[] = []
    for (const tenant of [...tenants].sort()) {
      all.push(await verifyLog(rows, key, anchors, tenant as typeof TENANT))
    }
    return all
  })
  await io.out(input.flag('json') ? `${JSON.stringify(reports)}\n` : reports.map(reportText).join(''))
  if (reports.length === 0) io.err('The audit log is empty.\n')
  if (reports.some(({ findings }) => findings.length > 0)) return 2
  return reports.some(({ gaps }) => gaps.length > 0) ? 1 : 0
}

function reportText({ tenant, entries, root, heads, anchors, findings, gaps }: LogReport): string {
  const lines = [
    `log of ${tenant}: ${entries} entries, ${heads} signed heads in the database, ${anchors} outside`,
    `  root   ${root ?? 'cannot be computed: hashes are missing'}`,
    ...findings.map(({ kind, what }) => `  WRONG  ${kind}: ${what}`),
    ...gaps.map((one) => `  gap    ${one}`),
    ...(findings.length === 0 ? ['  nothing was altered, deleted, reordered, inserted or rolled back'] : []),
  ]
  return `${lines.join('\n')}\n`
}

async function list(input: Arguments, io: Io): Promise<ExitCode> {
  const query = queryOf(input)
  const most = input.whole('most') ?? MOST
  const patients = input.texts('patient').map(patientId)
  const task = { action: 'R', interaction: 'search-type', command: 'garrod audit list', patients } as const
  await audited(task, async (store, seen) => {
    const rows = await store.audit.find(TENANT, query, most)
    const total = await store.audit.count(TENANT, query)
    await seen(patients)
    if (input.flag('json')) {
      await io.out(rows.map(({ seq, leaf }) => `{"seq":${seq},"event":${leaf}}\n`).join(''))
    } else if (rows.length > 0) {
      await io.out(
        `${columns(rows.map(({ seq, leaf }) => line(seq, entryOf(JSON.parse(leaf) as AuditEvent))))}\n`,
      )
    }
    if (total > rows.length) io.err(`${total - rows.length} older ones are not shown; see --most.\n`)
    if (total === 0) io.err('No entry is like that.\n')
  })
  return 0
}

function line(
  seq: number,
  { at, who, action, interaction, outcome, code, purpose, patients, what }: AuditEntry,
) {
  return [
    String(seq),
    at,
    who.id,
    `${action} ${interaction}`,
    code === undefined ? outcome : `${outcome} ${code}`,
    purpose,
    patients.length > 3
      ? `${patients.slice(0, 3).join(',')} and ${patients.length - 3} more`
      : patients.join(),
    what.join(' '),
  ]
}

function queryOf(input: Arguments): AuditQuery {
  const since = instant(input, 'since')
  const until = instant(input, 'until')
  const lists = { patients: 'patient', agents: 'by', outcomes: 'outcome' } as const
  const given = Object.entries(lists).filter(([, option]) => input.texts(option).length > 0)
  return {
    ...Object.fromEntries(given.map(([name, option]) => [name, input.texts(option)])),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  }
}

function instant(input: Arguments, option: string): string | undefined {
  const text = input.text(option)
  if (text === undefined) return undefined
  if (!/^\d{4}-\d\d-\d\d(T.*)?$/.test(text) || Number.isNaN(Date.parse(text))) {
    throw new Fault(
      'USAGE_DATE',
      `--${option}`,
      `"${text}" is not a day or an instant`,
      'Write 2026-11-22 or 2026-11-22T09:30:00Z.',
    )
  }
  return new Date(text).toISOString()
}

async function prove(seq: string | undefined, input: Arguments, io: Io): Promise<ExitCode> {
  const from = input.whole('from')
  if (seq !== undefined && !/^\d{1,15}$/.test(seq)) {
    throw new Fault('USAGE_NUMBER', 'SEQ', `"${seq}" is not the number of an entry`, 'Give digits only.')
  }
  const { keyFolder } = readConfig()
  const task = { action: 'R', interaction: 'prove', command: 'garrod audit prove', patients: [] } as const
  const proof = await audited(task, async ({ audit: rows }) => {
    const key = await openAuditKey(keyFolder)
    return from === undefined
      ? proveEntry(rows, key, TENANT, Number(seq))
      : proveGrowth(rows, key, TENANT, from)
  })
  await io.out(`${JSON.stringify(proof, undefined, 2)}\n`)
  return 0
}

async function head(input: Arguments, io: Io): Promise<ExitCode> {
  const { keyFolder } = readConfig()
  return withStore<ExitCode>(async ({ audit: rows }) => {
    const key = await openAuditKey(keyFolder)
    const { head: newest } = await rows.state(TENANT)
    const { verifierKey } = key
    const text = newest && headText({ origin: originOf(rows.storeId, TENANT), ...newest })
    const checkpoint = text && checkpointOf(text, newest!)
    await io.out(
      input.flag('json')
        ? `${JSON.stringify({ size: newest?.size ?? 0, verifierKey, checkpoint })}\n`
        : `${checkpoint ?? 'The audit log is empty.\n'}\nverifier key\n${verifierKey}\n`,
    )
    return 0
  })
}

async function check(path: string, input: Arguments, io: Io): Promise<ExitCode> {
  const text = await readText(path)
  if (input.flag('bare')) return checkBare(text, io)
  const trusted = input.text('key')
  const wrong = wrongWith(jsonOf(text), trusted)
  if (wrong !== undefined) {
    throw new Fault(
      'AUDIT_PROOF_WRONG',
      path,
      `the proof does not hold: ${wrong}`,
      'Do not rely on it; ask for the proof again.',
    )
  }
  await io.out('the proof holds\n')
  if (trusted !== undefined) return 0
  io.err('It is checked against the key it brings; name the one you trust with --key.\n')
  return 1
}

/** One bare proof in every line. */
async function checkBare(text: string, io: Io): Promise<ExitCode> {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const rows = lines.map((line, i) => {
    const proof = jsonOf(line)
    const { id } = (proof ?? {}) as { id?: unknown }
    return [typeof id === 'string' ? id : String(i + 1), bareProofHolds(proof) ? 'holds' : 'does not hold']
  })
  await io.out(rows.length === 0 ? '' : `${columns(rows)}\n`)
  return rows.length > 0 && rows.every(([, verdict]) => verdict === 'holds') ? 0 : 2
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
