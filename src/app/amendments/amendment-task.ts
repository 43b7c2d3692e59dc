import type { Resource } from '../../record/resource.ts'
import type { PatientId } from '../../terms/ids.ts'
import { GARROD_TASK } from '../classifications/carrier-task.ts'

export const AMENDMENT = 'amendment-request'
/** Days to act on a request, and once more with a reason (45 CFR 164.526(b)(2)). */
const DAYS = 60
const MORE_DAYS = 30
const DAY = 86_400_000

/** Why a request may be denied (45 CFR 164.526(a)(2)). */
export const GROUNDS = {
  'not-created-here': 'the entry was made elsewhere, and whoever made it can be asked',
  'not-in-record': 'the entry is not part of the record from which decisions are made',
  'not-open': 'the person has no right to see the entry',
  accurate: 'the entry is accurate and complete',
} as const
export type Ground = keyof typeof GROUNDS

/** What somebody said, and when. */
export interface Said {
  readonly by: string
  readonly at: string
  readonly text: string
}

/** A request to amend, as the API and the page tell it. */
export interface AmendmentView {
  readonly id: string
  readonly patient: string
  readonly state: 'waiting' | 'amended' | 'denied'
  /** What is disputed, "Observation/1"; absent: no single entry. */
  readonly entry?: string
  readonly wanted: string
  readonly why: string
  readonly by: string
  readonly askedAt: string
  /** ISO 8601 instant by which it is to be answered. */
  readonly due: string
  readonly overdue: boolean
  /** Why it takes longer. */
  readonly extended?: Said
  readonly decision?: Said
  readonly ground?: Ground
  /** Entries that were corrected or added. */
  readonly amended: readonly string[]
  readonly disagreement?: Said
  readonly rebuttal?: Said
  /** What the person may do about a denial, in plain words. */
  readonly rights: readonly string[]
}

/** What was said at a step; kept in the Task as one output each. */
type Step = 'extended' | 'decision' | 'disagreement' | 'rebuttal'

const coded = (code: string) => ({ coding: [{ system: GARROD_TASK, code }] })

/** The Task of somebody to act on a person's request. */
export function amendmentTask(
  id: string,
  patient: PatientId,
  asked: {
    readonly entry: string | undefined
    readonly wanted: string
    readonly why: string
    readonly requester: string | undefined
    readonly by: string
    readonly at: string
  },
): Resource {
  const text = (code: string, valueString: string) => ({ type: coded(code), valueString })
  return {
    resourceType: 'Task',
    id,
    status: 'requested',
    intent: 'order',
    priority: 'routine',
    code: { ...coded(AMENDMENT), text: 'The person asks for a correction of the record' },
    description: asked.wanted,
    ...(asked.entry === undefined ? {} : { focus: { reference: asked.entry } }),
    for: { reference: `Patient/${patient}` },
    authoredOn: asked.at,
    lastModified: asked.at,
    requester: asked.requester === undefined ? { display: asked.by } : { reference: asked.requester },
    restriction: { period: { end: new Date(Date.parse(asked.at) + DAYS * DAY).toISOString() } },
    input: [text('wanted', asked.wanted), text('why', asked.why), text('asked-by', asked.by)],
  }
}

export function isAmendment(task: Resource | undefined): task is Resource {
  const { coding = [] } = (task?.['code'] ?? {}) as { coding?: readonly { system?: string; code?: string }[] }
  return (
    task?.resourceType === 'Task' &&
    coding.some(({ system, code }) => system === GARROD_TASK && code === AMENDMENT)
  )
}

/** The Task with one more step. */
export function withStep(
  task: Resource,
  step: Step,
  { by, at, text }: Said,
  change: Readonly<Record<string, unknown>> = {},
): Resource {
  const output = (task['output'] ?? []) as readonly unknown[]
  const said = { type: coded(step), valueAnnotation: { authorString: by, time: at, text } }
  return { ...task, ...change, lastModified: at, output: [...output, said] }
}

/** Thirty days more, with the reason. */
export function extendedTask(task: Resource, said: Said): Resource {
  const end = new Date(Date.parse(dueOf(task)) + MORE_DAYS * DAY).toISOString()
  return withStep(task, 'extended', said, { restriction: { period: { end } } })
}

/** Amended, with what was corrected or added. */
export function amendedTask(task: Resource, said: Said, entries: readonly string[]): Resource {
  const done = withStep(task, 'decision', said, { status: 'completed' })
  const amended = entries.map((reference) => ({ type: coded('amended'), valueReference: { reference } }))
  return { ...done, output: [...(done['output'] as readonly unknown[]), ...amended] }
}

export function deniedTask(task: Resource, said: Said, ground: Ground): Resource {
  return withStep(task, 'decision', said, {
    status: 'rejected',
    statusReason: { ...coded(ground), text: GROUNDS[ground] },
  })
}

export function viewOf(task: Resource, now: Date): AmendmentView {
  const input = (code: string) => textOf(task, 'input', code) ?? ''
  const state = STATES[String(task['status'])] ?? 'waiting'
  const { reference = '' } = (task['for'] ?? {}) as { reference?: string }
  const { reference: entry } = (task['focus'] ?? {}) as { reference?: string }
  const due = dueOf(task)
  const steps = (['extended', 'decision', 'disagreement', 'rebuttal'] as const).flatMap((step) => {
    const said = saidAt(task, step)
    return said === undefined ? [] : [[step, said] as const]
  })
  const ground = groundOf(task)
  return {
    id: task.id!,
    patient: reference.replace(/^Patient\//, ''),
    state,
    ...(entry === undefined ? {} : { entry }),
    wanted: input('wanted'),
    why: input('why'),
    by: input('asked-by'),
    askedAt: String(task['authoredOn']),
    due,
    overdue: state === 'waiting' && Date.parse(due) < now.getTime(),
    ...Object.fromEntries(steps),
    ...(ground === undefined ? {} : { ground }),
    amended: outputsOf(task, 'amended').flatMap(
      (one) => (one['valueReference'] as { reference?: string } | undefined)?.reference ?? [],
    ),
    rights: state === 'denied' ? RIGHTS : [],
  }
}

const STATES: Readonly<Record<string, AmendmentView['state']>> = {
  requested: 'waiting',
  completed: 'amended',
  rejected: 'denied',
}

/** 45 CFR 164.526(d)(1), in our words. */
const RIGHTS = [
  'You may write down that you disagree, and why. It stays with the entry.',
  'If you do not, you may ask that your request and this answer go along whenever the entry is given to somebody.',
  'You may complain to whoever looks after privacy here, or to the Office for Civil Rights of the U.S. Department of Health and Human Services.',
]

function dueOf(task: Resource): string {
  return String((task['restriction'] as { period?: { end?: string } } | undefined)?.period?.end)
}

function groundOf(task: Resource): Ground | undefined {
  const { coding = [] } = (task['statusReason'] ?? {}) as { coding?: readonly { code?: string }[] }
  return coding.flatMap(({ code }) => (code !== undefined && code in GROUNDS ? [code as Ground] : []))[0]
}

function saidAt(task: Resource, step: Step): Said | undefined {
  const [one] = outputsOf(task, step)
  const said = one?.['valueAnnotation'] as { authorString: string; time: string; text: string } | undefined
  return said && { by: said.authorString, at: said.time, text: said.text }
}

type Part = Readonly<Record<string, unknown>>

function outputsOf(task: Resource, code: string): readonly Part[] {
  return partsOf(task, 'output', code)
}

function partsOf(task: Resource, list: 'input' | 'output', code: string): readonly Part[] {
  return ((task[list] ?? []) as readonly Part[]).filter((one) =>
    ((one['type'] as { coding?: readonly { code?: string }[] } | undefined)?.coding ?? []).some(
      (coding) => coding.code === code,
    ),
  )
}

function textOf(task: Resource, list: 'input', code: string): string | undefined {
  return partsOf(task, list, code)[0]?.['valueString'] as string | undefined
}
