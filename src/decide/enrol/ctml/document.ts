import { Fault } from '../../../terms/fault.ts'

/** A JSON object of a CTML document. */
export type Entry = Readonly<Record<string, unknown>>

/** Where in a trial criteria may stand. */
export type ClauseLevel = 'trial' | 'step' | 'arm' | 'dose'

/** One "match" of a trial: the criteria of the trial, or of one of its steps, arms or dose levels. */
export interface Clause {
  /** Path in the document: "treatment_list.step.0.arm.1.match". */
  readonly path: string
  readonly level: ClauseLevel
  /** step_internal_id, arm_internal_id or level_internal_id, as text; empty where the document has none. */
  readonly internalId: string
  readonly code: string
  /** The arm or dose level, or every arm of the step, is suspended. */
  readonly suspended: boolean
  /** A step without arms: nothing in it is suspended, but MatchMiner takes it for suspended. */
  readonly armless: boolean
  readonly match: readonly Entry[]
}

/** A trial in CTML (Clinical Trial Markup Language, MatchMiner), as it was written. */
export interface CtmlTrial {
  readonly protocol: string
  /** The trial's own word for its status: "open to accrual". */
  readonly status: string | undefined
  readonly nctId: string | undefined
  readonly title: string | undefined
  readonly clauses: readonly Clause[]
  /** All that was read, for writing it again. */
  readonly document: Entry
}

/** Criteria of one trial, logic and leaves together; a protocol has tens. */
const MOST_NODES = 10_000
/** Depth of nesting. */
const DEEPEST = 64

/** Reads one trial. Throws CTML_MALFORMED, CTML_CYCLIC, CTML_TOO_LARGE, CTML_TOO_DEEP, CTML_PROTOCOL_MISSING. */
export function readCtml(document: unknown, where: string): CtmlTrial {
  const trial = entry(document, where)
  refuseEndless(trial, where)
  const number = trial['protocol_no']
  if ((typeof number !== 'string' && typeof number !== 'number') || number === '') {
    throw new Fault(
      'CTML_PROTOCOL_MISSING',
      `${where}.protocol_no`,
      'the trial has no protocol number',
      'Every trial needs one that no other has: results name it.',
    )
  }
  const clauses: Clause[] = []
  addClause(trial, {
    path: 'match',
    level: 'trial',
    id: 'protocol_no',
    code: 'protocol_no',
    suspended: false,
  })
  const list = trial['treatment_list']
  const steps =
    list === undefined
      ? []
      : entries(entry(list, `${where}.treatment_list`)['step'], `${where}.treatment_list.step`)
  for (const [s, step] of steps.entries()) {
    const at = `treatment_list.step.${s}`
    const arms = entries(step['arm'], `${where}.${at}.arm`)
    addClause(step, {
      path: `${at}.match`,
      level: 'step',
      id: 'step_internal_id',
      code: 'step_code',
      suspended: arms.length > 0 && arms.every((arm) => isYes(arm['arm_suspended'])),
      armless: arms.length === 0,
    })
    for (const [a, arm] of arms.entries()) {
      const armAt = `${at}.arm.${a}`
      addClause(arm, {
        path: `${armAt}.match`,
        level: 'arm',
        id: 'arm_internal_id',
        code: 'arm_code',
        suspended: isYes(arm['arm_suspended']),
      })
      for (const [d, dose] of entries(arm['dose_level'], `${where}.${armAt}.dose_level`).entries()) {
        addClause(dose, {
          path: `${armAt}.dose_level.${d}.match`,
          level: 'dose',
          id: 'level_internal_id',
          code: 'level_code',
          suspended: isYes(dose['level_suspended']),
        })
      }
    }
  }
  return {
    protocol: String(number),
    status: word(trial['status']),
    nctId: word(trial['nct_id']),
    title: word(trial['short_title']) ?? word(trial['long_title']),
    clauses,
    document: trial,
  }

  function addClause(
    holder: Entry,
    about: {
      path: string
      level: ClauseLevel
      id: string
      code: string
      suspended: boolean
      armless?: boolean
    },
  ): void {
    if (!Object.hasOwn(holder, 'match')) return
    const { path, level, suspended, armless = false } = about
    clauses.push({
      path,
      level,
      suspended,
      armless,
      internalId: plain(holder[about.id]),
      code: plain(holder[about.code]),
      match: entries(holder['match'], `${where}.${path}`),
    })
  }
}

/** Refuses what no reader would come to the end of, before anything walks it. */
export function refuseEndless(root: object, where: string): void {
  const above = new Set<object>()
  let nodes = 0
  walk(root, 0)

  function walk(value: unknown, depth: number): void {
    if (typeof value !== 'object' || value === null) return
    if (above.has(value)) {
      throw new Fault(
        'CTML_CYCLIC',
        where,
        'a part of the trial contains itself',
        'Write each criterion out once.',
      )
    }
    if (++nodes > MOST_NODES) {
      throw new Fault(
        'CTML_TOO_LARGE',
        where,
        `the trial has more than ${MOST_NODES} nodes`,
        'A protocol has tens of criteria: check that the file is one trial, and split it by arm if it is.',
      )
    }
    if (depth > DEEPEST) {
      throw new Fault(
        'CTML_TOO_DEEP',
        where,
        `the trial is nested more than ${DEEPEST} deep`,
        'Write "and" within "and" as one list, and likewise "or".',
      )
    }
    above.add(value)
    for (const one of Object.values(value)) walk(one, depth + 1)
    above.delete(value)
  }
}

/** "Y" as the engine reads it. */
function isYes(value: unknown): boolean {
  return typeof value === 'string' && value.trim().toLowerCase() === 'y'
}

function word(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

function plain(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

export function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function entry(value: unknown, where: string): Entry {
  if (isEntry(value)) return value
  throw new Fault(
    'CTML_MALFORMED',
    where,
    'an object was expected here',
    'See the CTML of MatchMiner for the form.',
  )
}

function entries(value: unknown, where: string): readonly Entry[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value.map((one, i) => entry(one, `${where}.${i}`))
  throw new Fault(
    'CTML_MALFORMED',
    where,
    'a list was expected here',
    'See the CTML of MatchMiner for the form.',
  )
}
