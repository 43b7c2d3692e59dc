import { Facts } from '../../knowledge/facts.ts'
import type { CardSetting } from '../../store/cards/card-store.ts'
import { Fault } from '../../terms/fault.ts'
import { cardCounts } from '../card-counts.ts'
import { heldName, INDICATORS, isSubject, SUBJECTS } from '../cds-setting.ts'
import type { Arguments, Command, ExitCode, Io } from '../command.ts'
import { audited, type CommandTask } from '../command-line/audited-command.ts'
import { cliAct } from '../command-line/cli-act.ts'
import { columns } from '../command-line/columns.ts'
import { withStore } from '../command-line/with-store.ts'
import { readConfig } from '../config.ts'
import { TENANT } from '../tenant.ts'

export const cds: Command = {
  name: 'cds',
  summary: 'what prescribers are shown: mutes, thresholds, and what became of the cards',
  usage:
    'list | mute rule|pack|drug|gene VALUE | threshold info|warning|critical | unmute … | report [options]',
  details: `A mute holds back the cards of one rule, release, drug or gene; a card with several rules is held back only when all of
them are muted, and a critical one only with --even-critical. A threshold holds back everything quieter. A card that says why
nothing was checked is always shown. Cards held back are made and counted all the same: "report" tells for each rule of each
release how often it was shown, held back, accepted and overridden, and with which reasons.`,
  options: {
    service: {
      type: 'string',
      value: 'ID',
      help: 'only this CDS service, as garrod-order-sign; default every one',
    },
    reason: { type: 'string', value: 'TEXT', help: 'mute, threshold: why; required' },
    until: {
      type: 'string',
      value: 'DATE',
      help: 'mute, threshold: YYYY-MM-DD from which it no longer holds',
    },
    'even-critical': { type: 'boolean', help: 'mute: critical cards too' },
    from: { type: 'string', value: 'DATE', help: 'report: first day, YYYY-MM-DD; default 30 days ago' },
    to: { type: 'string', value: 'DATE', help: 'report: first day left out, YYYY-MM-DD; default tomorrow' },
    json: { type: 'boolean', help: 'list, report: print JSON' },
  },
  examples: [
    [
      "garrod cds mute drug codeine --service garrod-order-select --reason 'order sets warn already'",
      'order-sign still tells',
    ],
    ["garrod cds threshold warning --reason 'pilot'", 'no info cards'],
    ['garrod cds report --from 2026-11-01', 'what became of the cards since then'],
  ],
  async run(input, io) {
    const [verb, ...rest] = input.positionals
    if (verb === 'list' && rest.length === 0) return list(input, io)
    if (verb === 'mute' || verb === 'threshold') {
      const setting = settingOf(verb, rest, input)
      const facts = Facts.find(readConfig().factFolders)
      return set({ ...setting, value: heldName(setting.of, setting.value, facts) }, io)
    }
    if (verb === 'unmute') return unset(rest, input, io)
    if (verb === 'report' && rest.length === 0) return report(input, io)
    throw new Fault('USAGE_CDS', 'garrod cds', 'the command is not complete', 'See "garrod cds --help".')
  },
}

function settingOf(verb: 'mute' | 'threshold', rest: readonly string[], input: Arguments): CardSetting {
  const reason = input.text('reason')?.trim() ?? ''
  if (reason === '') {
    throw new Fault('CDS_REASON_MISSING', '--reason', 'nobody will know why', 'Say why with --reason TEXT.')
  }
  const until = input.text('until')
  return {
    ...subjectOf(verb, rest),
    service: input.text('service'),
    evenCritical: input.flag('even-critical'),
    until: until === undefined ? undefined : dayOf('until', until),
    reason,
  }
}

function subjectOf(verb: string, rest: readonly string[]): Pick<CardSetting, 'of' | 'value'> {
  const [first = '', second = '', ...more] = rest
  const threshold = verb === 'threshold' || (verb === 'unmute' && first === 'threshold')
  if (threshold) {
    const value = verb === 'threshold' ? first : second
    if (INDICATORS.some((one) => one === value)) return { of: 'indicator', value }
    throw new Fault('CDS_INDICATOR', verb, `"${value}" is not an indicator`, 'Use info, warning or critical.')
  }
  if (!isSubject(first) || second === '' || more.length > 0) {
    throw new Fault(
      'CDS_SUBJECT',
      verb,
      `"${rest.join(' ')}" does not name what to hold back`,
      `Write one of ${SUBJECTS.join(', ')}, and its name: drug codeine, gene CYP2D6, pack "cpic 2025-11".`,
    )
  }
  return { of: first, value: first === 'drug' ? second.toLowerCase() : second }
}

async function set(setting: CardSetting, io: Io): Promise<ExitCode> {
  await audited(task('U', 'setting'), (store) => store.cards.set(TENANT, setting, cliAct()))
  io.err(`set: ${setting.of} ${setting.value}, ${setting.service ?? 'every service'}\n`)
  return 0
}

async function unset(rest: readonly string[], input: Arguments, io: Io): Promise<ExitCode> {
  const subject = { ...subjectOf('unmute', rest), service: input.text('service') }
  const there = await audited(task('D', 'setting'), (store) => store.cards.unset(TENANT, subject))
  if (!there) {
    throw new Fault(
      'CDS_NOT_SET',
      'unmute',
      'there is no such setting',
      'See "garrod cds list"; name --service as it is there.',
    )
  }
  io.err('taken back\n')
  return 0
}

const task = (action: CommandTask['action'], interaction: string): CommandTask => ({
  action,
  interaction,
  command: 'garrod cds',
  patients: [],
})

async function list(input: Arguments, io: Io): Promise<ExitCode> {
  const settings = await withStore((store) => store.cards.settings(TENANT))
  if (input.flag('json')) await io.out(`${JSON.stringify(settings, null, 2)}\n`)
  else if (settings.length === 0) await io.out('nothing is held back\n')
  else {
    const rows = settings.map((one) => [
      one.of === 'indicator' ? 'threshold' : one.of,
      one.value,
      one.service ?? 'every service',
      one.evenCritical ? 'even critical' : '',
      one.until === undefined ? '' : `until ${one.until.slice(0, 10)}`,
      `${one.setBy}, ${one.setAt.slice(0, 10)}`,
      one.reason,
    ])
    await io.out(`${columns(rows)}\n`)
  }
  return 0
}

async function report(input: Arguments, io: Io): Promise<ExitCode> {
  const now = Date.now()
  const day = 24 * 3600 * 1000
  const from = dayOf('from', input.text('from') ?? new Date(now - 30 * day).toISOString().slice(0, 10))
  const to = dayOf('to', input.text('to') ?? new Date(now + day).toISOString().slice(0, 10))
  const told = await audited(task('R', 'report'), (store) => store.cards.report(TENANT, from, to))
  const counts = cardCounts(told, Facts.find(readConfig().factFolders))
  if (input.flag('json')) await io.out(`${JSON.stringify(counts, null, 2)}\n`)
  else if (counts.length === 0) await io.out('no cards\n')
  else {
    const head = [
      'rule',
      'release',
      'service',
      'shown',
      'muted',
      'quiet',
      'repeat',
      'accepted',
      'overridden',
      'reasons',
      'about',
    ]
    const rows = counts.map((one) => [
      one.rule,
      one.pack,
      one.service,
      ...[one.shown, one.muted, one.belowThreshold, one.duplicate, one.accepted, one.overridden].map(String),
      Object.entries(one.reasons)
        .map(([code, n]) => `${code === '' ? 'in words' : code} ${n}`)
        .join(', '),
      one.about ?? '',
    ])
    await io.out(`${columns([head, ...rows])}\n`)
  }
  return 0
}

/** Midnight UTC of a day. Throws USAGE_DATE. */
function dayOf(option: string, text: string): string {
  const instant = `${text}T00:00:00.000Z`
  if (
    !/^\d{4}-\d\d-\d\d$/.test(text) ||
    Number.isNaN(Date.parse(instant)) ||
    new Date(instant).toISOString() !== instant
  ) {
    throw new Fault('USAGE_DATE', `--${option}`, `"${text}" is not a day`, 'Write it as YYYY-MM-DD.')
  }
  return instant
}
