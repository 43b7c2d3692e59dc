import type { MatchMinerPatient } from '../../../record/candidate.ts'
import { Fault } from '../../../terms/fault.ts'
import type { Clause, CtmlTrial, Entry } from '../ctml/document.ts'
import { isEntry } from '../ctml/document.ts'
import { type GraphNode, matchGraph } from './match-graph.ts'
import { type LeafQuery, leafQuery, type QuerySetting } from './query.ts'
import { meets } from './run-query.ts'

/** What MatchMiner runs on, as its options name it. */
export interface EngineOptions extends QuerySetting {
  /** Trials that are not open, and arms and dose levels that are suspended, as well. */
  readonly onClosed: boolean
  readonly onDeceased: boolean
}

/** One match, in the words of the peer's own result. */
interface EngineMatch {
  readonly match_path: string
  readonly level: string
  readonly internal_id: string
  readonly curation_status: 'open' | 'closed'
}

interface Node {
  /** Indexes into the queries of the engine; all must be met. */
  readonly leaves: readonly number[]
  readonly next: readonly number[]
}

interface Prepared {
  readonly clause: Clause
  readonly nodes: readonly Node[]
}

interface PreparedTrial {
  readonly protocol: string
  readonly clauses: readonly Prepared[]
}

/**
 * MatchMiner (matchengine-V2) without its database: the same matches for the same trials and patients. Criteria that
 * several trials share are asked once for each patient.
 */
export class MatchMinerEngine {
  readonly trials: readonly PreparedTrial[]
  /** Trials that the peer itself could not run, and why. */
  readonly refused: readonly { readonly protocol: string; readonly fault: Fault }[]
  readonly #options: EngineOptions
  readonly #queries: LeafQuery[] = []
  readonly #known = new Map<string, number | undefined>()
  /** Answers of the patient at hand: 0 not asked, 1 no, 2 yes. */
  readonly #answers: Uint8Array
  #ways = new Uint8Array(0)

  constructor(trials: readonly CtmlTrial[], options: EngineOptions) {
    this.#options = options
    const prepared: PreparedTrial[] = []
    const refused: { protocol: string; fault: Fault }[] = []
    for (const trial of trials) {
      if (!options.onClosed && trial.status?.toLowerCase() !== 'open to accrual') continue
      try {
        prepared.push({ protocol: trial.protocol, clauses: this.#clauses(trial) })
      } catch (error) {
        if (!(error instanceof Fault)) throw error
        refused.push({ protocol: trial.protocol, fault: error })
      }
    }
    this.trials = prepared
    this.refused = refused
    this.#answers = new Uint8Array(this.#queries.length)
    const most = prepared.flatMap(({ clauses }) => clauses.map(({ nodes }) => nodes.length))
    this.#ways = new Uint8Array(most.reduce((a, b) => Math.max(a, b), 1))
  }

  /** Clauses that are evaluated for each patient. */
  get clauseCount(): number {
    return this.trials.reduce((sum, { clauses }) => sum + clauses.length, 0)
  }

  /** Calls back for each trial that the patient matches, in the order of the trials. */
  match(
    patient: MatchMinerPatient,
    found: (protocol: string, matches: readonly EngineMatch[]) => void,
  ): void {
    // The peer asks for the word "alive": without a vital status nobody is matched.
    if (!this.#options.onDeceased && patient.clinical['VITAL_STATUS'] !== 'alive') return
    this.#answers.fill(0)
    for (const { protocol, clauses } of this.trials) {
      let matches: EngineMatch[] | undefined
      for (const { clause, nodes } of clauses) {
        if (!this.#holds(nodes, patient)) continue
        matches ??= []
        matches.push({
          match_path: clause.path,
          level: clause.level,
          internal_id: clause.internalId,
          curation_status: closedForPeer(clause) ? 'closed' : 'open',
        })
      }
      if (matches !== undefined) found(protocol, matches)
    }
  }

  /** Some way from the root to an end whose criteria are all met, and which has a criterion at all. */
  #holds(nodes: readonly Node[], patient: MatchMinerPatient): boolean {
    const ways = this.#ways
    // 0 not reached, 1 reached without any criterion, 2 reached through one; edges lead to greater ids only.
    ways.fill(0, 0, nodes.length)
    ways[0] = 1
    for (let id = 0; id < nodes.length; id++) {
      const reached = ways[id]!
      if (reached === 0) continue
      const { leaves, next } = nodes[id]!
      if (!this.#all(leaves, patient)) continue
      const way = leaves.length > 0 ? 2 : reached
      if (next.length === 0) {
        if (way === 2) return true
        continue
      }
      for (const one of next) if (ways[one]! < way) ways[one] = way
    }
    return false
  }

  #all(leaves: readonly number[], patient: MatchMinerPatient): boolean {
    for (const leaf of leaves) {
      let answer = this.#answers[leaf]!
      if (answer === 0) {
        answer = meets(this.#queries[leaf]!, patient) ? 2 : 1
        this.#answers[leaf] = answer
      }
      if (answer === 1) return false
    }
    return true
  }

  #clauses(trial: CtmlTrial): Prepared[] {
    return trial.clauses
      .filter((clause) => this.#options.onClosed || !closedForPeer(clause))
      .map((clause) => {
        const where = `${trial.protocol} ${clause.path}`
        const nodes = matchGraph(clause.match, where).map((node) => this.#node(node, where))
        return { clause, nodes }
      })
  }

  #node({ criteria, next }: GraphNode, where: string): Node {
    const leaves = criteria.flatMap((item) =>
      Object.entries(item).flatMap(([collection, leaf]) => this.#leaf(collection, leaf, where) ?? []),
    )
    return { leaves: [...new Set(leaves)], next }
  }

  #leaf(collection: string, leaf: unknown, where: string): number | undefined {
    const key = `${collection} ${JSON.stringify(leaf)}`
    if (this.#known.has(key)) return this.#known.get(key)
    if (!isEntry(leaf)) {
      throw new Fault(
        'CTML_MALFORMED',
        where,
        `"${collection}" holds no criteria`,
        'Write an object of criteria.',
      )
    }
    const query = leafQuery(collection, leaf satisfies Entry, this.#options, where)
    const index = query === undefined ? undefined : this.#queries.push(query) - 1
    this.#known.set(key, index)
    return index
  }
}

/** The peer asks whether every arm of a step is suspended, which is true of none at all. */
function closedForPeer({ suspended, armless }: Clause): boolean {
  return suspended || armless
}
