import type { Job, JobState } from '../../store/jobs/jobs.ts'
import { Fault } from '../../terms/fault.ts'
import type { Arguments, Command, ExitCode, Io } from '../command.ts'
import { audited } from '../command-line/audited-command.ts'
import { columns } from '../command-line/columns.ts'
import { type Reinterpreted, reinterpretEveryone } from '../command-line/reinterpret-everyone.ts'
import { withStore } from '../command-line/with-store.ts'
import { readConfig } from '../config.ts'
import { openGarrod } from '../garrod.ts'
import { foldAll, indexVariants, peopleToIndex } from '../jobs/index-variants.ts'
import { interpreterOn } from '../jobs/interpreter.ts'
import { TENANT } from '../tenant.ts'

const STATES = ['waiting', 'running', 'done', 'dead', 'cancelled'] as const satisfies readonly JobState[]
const DAY = 24 * 3600 * 1000

export const jobs: Command = {
  name: 'jobs',
  summary: 'the work that waits, runs, is done or was given up; retry, cancel, re-interpret everybody',
  usage:
    'list [--state STATE] | show ID | retry ID | cancel ID | run reinterpret | run variants | prune [--days N] [options]',
  details: `Uploads and re-interpretations are jobs in the database: a restart loses none. A job that fails is tried again after 2,
4, 8 … seconds; after five failures, or when its input cannot be used, it is a dead letter: mend the cause, then retry it.
"run reinterpret" makes a new plan for everybody under the facts in force, and lists whose advice is another than in the
last plan. "run variants" takes the variants of files that were stored without, and folds in what waits. "prune" forgets what was done or cancelled more than --days (default 30) ago.`,
  options: {
    state: { type: 'string', value: 'STATE', help: `list: ${STATES.join(', ')}` },
    days: { type: 'string', value: 'N', help: 'prune: default 30' },
    all: { type: 'boolean', help: 'run reinterpret: list also those whose advice stayed' },
    json: { type: 'boolean', help: 'print JSON, one object a line' },
  },
  examples: [
    ['garrod jobs list --state dead', 'what needs somebody to look at it'],
    ['garrod jobs run reinterpret', 'whose advice changed with the facts'],
  ],
  async run(input, io) {
    const [verb, id, ...more] = input.positionals
    if (more.length > 0) throw usage(input)
    if (verb === 'run' && id === 'reinterpret') return reinterpret(input, io)
    if (verb === 'run' && id === 'variants') return takeAllVariants(io)
    const now = new Date()
    if (verb === 'list' && id === undefined) {
      const state = stateOf(input)
      return withStore<ExitCode>(async (store) => {
        const found = await store.jobs.list(TENANT, state, 1000)
        await io.out(
          input.flag('json') ? found.map((one) => `${JSON.stringify(one)}\n`).join('') : lines(found),
        )
        return 0
      })
    }
    if (verb === 'prune' && id === undefined) {
      const before = new Date(now.getTime() - (input.whole('days') ?? 30) * DAY).toISOString()
      return withStore<ExitCode>(async (store) => {
        const count = await store.jobs.prune(TENANT, before)
        await store.uploads.prune(TENANT, before)
        await io.out(`${count} forgotten\n`)
        return 0
      })
    }
    if (id === undefined || (verb !== 'show' && verb !== 'retry' && verb !== 'cancel')) throw usage(input)
    return withStore<ExitCode>(async (store) => {
      if (verb !== 'show') await store.jobs[verb](TENANT, id, now.toISOString())
      const job = await store.jobs.get(TENANT, id)
      if (job === undefined) {
        throw new Fault('JOB_UNKNOWN', `job ${id}`, 'there is no such job', 'See "garrod jobs list".')
      }
      await io.out(input.flag('json') ? `${JSON.stringify(job)}\n` : text(job))
      return 0
    })
  },
}

async function reinterpret(input: Arguments, io: Io): Promise<ExitCode> {
  const config = readConfig()
  const garrod = openGarrod(config)
  const task = {
    action: 'E',
    interaction: 'reinterpret',
    command: 'garrod jobs run reinterpret',
    patients: [],
  } as const
  return audited<ExitCode>(task, async (store, seen) => {
    const told = (done: number, of: number) => {
      if (io.interactive || done === of || done % 100 === 0) {
        io.err(`${io.interactive ? '\r' : ''}re-interpreted ${done} of ${of}${io.interactive ? ' ' : '\n'}`)
      }
    }
    const services = interpreterOn(store, garrod, readConfig().site)
    const results = await reinterpretEveryone(services, TENANT, told, (line) => io.err(`${line}\n`))
    const shown = input.flag('all') ? results : results.filter(({ outcome }) => outcome !== 'unchanged')
    await seen(results.map(({ patient }) => patient))
    await io.out(
      input.flag('json') ? shown.map((one) => `${JSON.stringify(one)}\n`).join('') : summary(results, shown),
    )
    return results.some(({ outcome }) => outcome === 'failed') ? 1 : 0
  })
}

/** For files that were stored before variants were, or when an upload was cut off between the two. */
async function takeAllVariants(io: Io): Promise<ExitCode> {
  const task = {
    action: 'E',
    interaction: 'index',
    command: 'garrod jobs run variants',
    patients: [],
  } as const
  return audited<ExitCode>(task, async (store) => {
    let added = 0
    for (const patient of await peopleToIndex(store, TENANT))
      added += await indexVariants(store, { tenant: TENANT, patient }, () => undefined)
    const folded = await foldAll(store, TENANT, () => undefined)
    await io.out(`${added} readings added, ${folded} folded\n`)
    return 0
  })
}

function summary(results: readonly Reinterpreted[], shown: readonly Reinterpreted[]): string {
  const rows = shown.map(({ patient, outcome, drugs, fault }) => [
    patient,
    outcome === 'failed' ? `failed: ${fault?.code ?? 'cancelled'}` : WORDS[outcome],
    drugs.join(', '),
  ])
  const changed = results.filter(({ outcome }) => outcome === 'changed').length
  const list = rows.length === 0 ? '' : `${columns(rows, [24, 24])}\n`
  return `${list}${results.length} re-interpreted; the advice of ${changed} changed\n`
}

const WORDS: Readonly<Record<Exclude<Reinterpreted['outcome'], 'failed'>, string>> = {
  first: 'first plan',
  changed: 'advice changed',
  unchanged: 'advice unchanged',
  gone: 'removed meanwhile',
}

function stateOf(input: Arguments): JobState | undefined {
  const text = input.text('state')
  const state = STATES.find((one) => one === text)
  if (text !== undefined && state === undefined) {
    throw new Fault(
      'USAGE_STATE',
      '--state',
      `"${text}" is not a state of a job`,
      `Use ${STATES.join(', ')}.`,
    )
  }
  return state
}

function lines(found: readonly Job[]): string {
  const rows = found.map((job) => [
    job.id,
    job.kind,
    job.state,
    `attempt ${job.attempt}`,
    progressOf(job),
    job.fault?.code ?? '',
  ])
  return rows.length === 0 ? 'no jobs\n' : `${columns(rows)}\n`
}

function text(job: Job): string {
  return `${columns([
    ['job', job.id],
    ['kind', job.kind],
    ['state', job.state],
    ['attempt', `${job.attempt} of ${job.attempts}`],
    ['progress', progressOf(job)],
    ['made', job.madeAt],
    ['changed', job.changedAt],
    ...(job.fault === undefined
      ? []
      : [
          ['fault', `${job.fault.code}: ${job.fault.what}`],
          ['mend', job.fault.mend],
        ]),
  ])}\n`
}

function progressOf({ progress: { done, of, text } }: Job): string {
  return [of === undefined ? (done > 0 ? String(done) : '') : `${done} of ${of}`, text]
    .filter((one) => one !== '')
    .join(', ')
}

function usage(input: Arguments): Fault {
  return new Fault(
    'USAGE_VERB',
    'garrod jobs',
    `"garrod jobs ${input.positionals.join(' ')}" is not a form of this command`,
    'Use list, show ID, retry ID, cancel ID, run reinterpret, run variants or prune. See "garrod jobs --help".',
  )
}
