import { createHmac } from 'node:crypto'
import type { Found, Granularity } from '../../deliver/beacon/envelope.ts'
import { disclosedCount, type EarlierCount } from '../../safeguard/disclosure/disclosed-count.ts'
import { Fault } from '../../terms/fault.ts'
import type { BeaconHits } from './beacon-data.ts'

/** Fewer carriers than this, and a variant is not told of below the level "record" (Raisaro 2017, JAMIA 24:799). */
const FEWEST = 2
/** Accounts remembered. */
const MOST_ACCOUNTS = 10_000

interface Account {
  /** ms since the epoch of each question in the window. */
  asked: number[]
  readonly counts: EarlierCount[]
}

/** What each caller has asked and was told: the budget of questions, and counts that must not be subtracted. */
export class BeaconDisclosure {
  readonly #accounts = new Map<string, Account>()
  readonly #key: Uint8Array
  readonly #questions: number
  readonly #window: number

  /** `questions` in `days` for each caller; `key`: 32 bytes that only the server knows. */
  constructor(key: Uint8Array, questions: number, days: number) {
    this.#key = key
    this.#questions = questions
    this.#window = days * 86_400_000
  }

  /** Counts a question. Throws BEACON_BUDGET. `now`: ms since the epoch. */
  spend(account: string, now: number): void {
    const one = this.#accounts.get(account) ?? { asked: [], counts: [] }
    this.#accounts.delete(account)
    this.#accounts.set(account, one)
    const oldest = this.#accounts.keys().next().value
    if (this.#accounts.size > MOST_ACCOUNTS && oldest !== undefined) this.#accounts.delete(oldest)
    one.asked = one.asked.filter((at) => at > now - this.#window)
    if (one.asked.length >= this.#questions) {
      throw new Fault(
        'BEACON_BUDGET',
        'caller',
        'the questions of this caller are used up for now',
        'Ask again later.',
      )
    }
    one.asked.push(now)
  }

  /**
   * What a caller of this granularity is told. Below "record", what is found in a single person does not count as found;
   * a count is told only of 20 people and more, in steps of 20, and not beside another one of nearly the same people.
   */
  told(
    account: string,
    question: string,
    hits: BeaconHits,
    granularity: Granularity,
    byEntry: boolean,
  ): Found {
    const all = [...hits.entries.values()]
    if (granularity === 'record')
      return { exists: all.length > 0, total: all.length, results: all.map((one) => one.record()) }
    const entries = byEntry
      ? [...hits.entries].filter(([, { people }]) => people.size >= FEWEST)
      : [...hits.entries]
    const people = new Set(entries.flatMap(([, one]) => [...one.people]))
    const exists = people.size >= FEWEST
    if (granularity === 'boolean' || !exists) return { exists, total: undefined, results: undefined }
    const { counts } = this.#accounts.get(account) ?? { counts: [] as EarlierCount[] }
    const tell = (name: string, members: ReadonlySet<string>) => {
      const asked = `${name} ${question}`
      const answer = disclosedCount({ question: asked, members }, counts, (text, below) =>
        this.#draw(text, below),
      )
      if (!counts.some((one) => one.question === asked)) counts.push({ question: asked, answer, members })
      return answer
    }
    const ofPeople = tell('people', people)
    const ofEntries = ofPeople.shown ? tell('entries', new Set(entries.map(([id]) => id))) : ofPeople
    return { exists, total: ofEntries.shown ? ofEntries.atLeast : undefined, results: undefined }
  }

  #draw(text: string, below: number): number {
    return createHmac('sha256', this.#key).update(text).digest().readUInt32BE(0) % below
  }
}
