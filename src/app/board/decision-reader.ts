import type { FastifyRequest } from 'fastify'
import { UNRESTRICTED } from '../../record/resource-query.ts'
import type { PatientKey } from '../../store/person.ts'
import type { StoredBoardDecision } from '../../store/tumor/board-decision-store.ts'
import { unknownDecision } from '../../store/tumor/board-decisions.ts'
import { accessOf } from '../access/access-of.ts'
import { seenBy } from '../http/patients.ts'
import type { Services } from '../http/services.ts'
import type { DecisionsReply } from './board-api.ts'
import { boardCase, sourcesWithin } from './board-case.ts'
import type { BoardDocument } from './board-document.ts'
import { type CaseChange, caseChanges } from './case-changes.ts'
import { carePlanId, type DecisionView, keptOf, versionOf } from './decision-view.ts'

/** Decisions as far as a caller may see what they were made from. */
export class DecisionReader {
  readonly #services: Services
  constructor(services: Services) {
    this.#services = services
  }

  async read(request: FastifyRequest, key: PatientKey): Promise<DecisionsReply> {
    const { shown, hidden } = await this.#shown(request, key)
    const cases = new Map<string, BoardDocument | undefined>()
    const decisions: DecisionView[] = []
    for (const versions of shown) {
      const [newest, ...earlier] = versions
      const { specimen, on } = keptOf(newest!)
      const asked = { specimen, stage: on.stage, lines: on.lines }
      const name = JSON.stringify(asked)
      if (!cases.has(name)) cases.set(name, await this.#caseOf(request, key, asked))
      decisions.push({
        ...versionOf(newest!),
        id: newest!.id,
        specimen,
        carePlan: versions.some(({ state }) => state !== 'draft') ? carePlanId(newest!.id) : undefined,
        changes: await this.#changes(key, newest!, on.hash, cases.get(name)),
        earlier: earlier.map(versionOf),
      })
    }
    return { decisions, hidden, mayWrite: this.#mayWrite(request, key) }
  }

  /** The newest version of one that the caller may see. Throws BOARD_DECISION_UNKNOWN. */
  async newest(request: FastifyRequest, key: PatientKey, id: string): Promise<StoredBoardDecision> {
    const { shown } = await this.#shown(request, key)
    const found = shown.find(([one]) => one?.id === id)?.[0]
    if (found === undefined) throw unknownDecision()
    return found
  }

  /** Versions by decision. A decision that rests, in any version, on what the caller may not see is not shown. */
  async #shown(
    request: FastifyRequest,
    key: PatientKey,
  ): Promise<{ shown: readonly (readonly StoredBoardDecision[])[]; hidden: number }> {
    const services = this.#services
    const byDecision = Map.groupBy(await services.store.boardDecisions.list(key), ({ id }) => id)
    if (byDecision.size === 0) return { shown: [], hidden: 0 }
    const name = ({ type, id }: { type: string; id: string }) => `${type}/${id}`
    const seen = new Set((await sourcesWithin(services, key, request.access.restriction)).map(name))
    const unseen = new Set(
      (await sourcesWithin(services, key, UNRESTRICTED)).map(name).filter((one) => !seen.has(one)),
    )
    const { withheld } = await seenBy(services, request, key)
    const shown = [...byDecision.values()].filter((versions) =>
      versions.every((one) => {
        const { sources, on } = keptOf(one)
        if (sources.some((source) => unseen.has(name(source)))) return false
        return withheld === undefined || (on.partial && one.by === request.caller.id)
      }),
    )
    return { shown, hidden: byDecision.size - shown.length }
  }

  async #caseOf(
    request: FastifyRequest,
    key: PatientKey,
    asked: Parameters<typeof boardCase>[3],
  ): Promise<BoardDocument | undefined> {
    const { tumors } = await boardCase(this.#services, request, key, {})
    if (!tumors.some(({ specimen }) => specimen === asked.specimen)) return undefined
    return (await boardCase(this.#services, request, key, asked)).document
  }

  async #changes(
    key: PatientKey,
    { id, version }: StoredBoardDecision,
    hash: string,
    now: BoardDocument | undefined,
  ): Promise<readonly CaseChange[] | undefined> {
    if (now === undefined) return undefined
    if (now.hash === hash) return []
    const basis = await this.#services.store.boardDecisions.basis(key, id, version)
    return basis === undefined ? undefined : caseChanges(JSON.parse(basis) as BoardDocument, now)
  }

  #mayWrite(request: FastifyRequest, { patient }: PatientKey): boolean {
    const { facts, site, now } = this.#services
    return accessOf(facts, site).authorize(
      request.caller,
      { action: 'create', kind: 'BoardDecision', patient },
      now().toISOString(),
    ).allow
  }
}
