import {
  type DisclosedCount,
  disclosedCount,
  QUESTIONS_PER_WINDOW,
  shownCount,
  WINDOW_DAYS,
} from '../../safeguard/disclosure/disclosed-count.ts'
import type { ToldCount } from '../../store/access/access-store.ts'
import { Fault } from '../../terms/fault.ts'
import type { Services } from '../http/services.ts'

type Named = readonly (readonly [name: string, value: string])[]

export interface CountReply {
  /** "atLeast" people and fewer than "fewerThan"; or nothing: too few, or too near to what was told before. */
  readonly people: DisclosedCount
  /** Questions left in thirty days. */
  readonly left: number
}

/** What each researcher asked and was told, kept in the database: digests alone, of questions and of people. */
export class CountDisclosure {
  readonly #services: Pick<Services, 'store' | 'tenant' | 'now'>

  constructor(services: Pick<Services, 'store' | 'tenant' | 'now'>) {
    this.#services = services
  }

  /** Throws RESEARCH_BUDGET (429), before anything is read; a question that was asked before costs nothing. */
  async refuseOverBudget(asker: string, type: string, named: Named): Promise<void> {
    const told = await this.#earlier(asker)
    const question = this.#questionOf(type, named)
    if (told.length < QUESTIONS_PER_WINDOW || told.some((one) => one.question === question)) return
    throw new Fault(
      'RESEARCH_BUDGET',
      'caller',
      `the ${QUESTIONS_PER_WINDOW} questions of ${WINDOW_DAYS} days are used up`,
      'Ask an earlier question again, or wait until the oldest one is thirty days old.',
    )
  }

  /** What may be told of these people, kept as told. */
  async told(asker: string, type: string, named: Named, people: ReadonlySet<string>): Promise<CountReply> {
    const { store, tenant, now } = this.#services
    const earlier = await this.#earlier(asker)
    const question = this.#questionOf(type, named)
    const members = new Set([...people].map((one) => this.#digest('member', one)))
    const answer = disclosedCount(
      { question, members },
      earlier.map((one) => ({ ...one, answer: answerOf(one), members: new Set(one.members) })),
      (text, below) => Buffer.from(this.#digest('draw', text), 'base64url').readUInt32BE(0) % below,
    )
    const isNew = !earlier.some((one) => one.question === question)
    if (isNew) {
      await store.access.keepCount(tenant, asker, {
        question,
        askedAt: now().toISOString(),
        shown: answer.shown ? answer.atLeast : undefined,
        members: [...members],
      })
    }
    return { people: answer, left: QUESTIONS_PER_WINDOW - earlier.length - (isNew ? 1 : 0) }
  }

  #earlier(asker: string): Promise<readonly ToldCount[]> {
    const { store, tenant, now } = this.#services
    const since = new Date(now().getTime() - WINDOW_DAYS * 86_400_000).toISOString()
    return store.access.toldCounts(tenant, asker, since)
  }

  /** The order of parameters, and one given twice, make no other question. */
  #questionOf(type: string, named: Named): string {
    return this.#digest(
      'question',
      JSON.stringify([type, [...new Set(named.map((one) => one.join('=')))].sort()]),
    )
  }

  #digest(kind: string, text: string): string {
    return this.#services.store.access.digest(this.#services.tenant, `research-${kind}`, text)
  }
}

function answerOf({ shown }: ToldCount): DisclosedCount {
  return shown === undefined ? { shown: false } : shownCount(shown)
}
