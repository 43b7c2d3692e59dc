import { Fault } from '../../../terms/fault.ts'
import { type Entry, isEntry } from '../ctml/document.ts'

/** One node of a match graph: all its criteria must hold, and one of the nodes after it where there are any. */
export interface GraphNode {
  readonly criteria: Entry[]
  readonly and: boolean
  /** Ids of the nodes after this one, each greater than its own id. */
  readonly next: number[]
  /** First "or" that hangs on this node; further ones are appended to its ends. */
  or: number | undefined
}

/** One way through a graph: the criteria on it, with the depth at which each group stands. */
interface MatchPath {
  readonly criteria_list: readonly { readonly depth: number; readonly criteria: readonly Entry[] }[]
}

/** More ways through one clause are not listed; evaluation walks the graph and needs no list. */
const MOST_PATHS = 10_000

/**
 * The graph of "and" and "or" that MatchMiner evaluates, built in its order (matchengine-V2, match_translator): root to
 * end is one query. A second "or" of a node is hung on the ends of the first as they are at that time, so that an "or"
 * inside a branch of the first, built later, is an alternative to the second instead of a further condition: a defect of
 * the peer that this reproduces. Throws CTML_MALFORMED.
 */
export function matchGraph(match: readonly Entry[], where: string): readonly GraphNode[] {
  const nodes: GraphNode[] = [{ criteria: [], and: true, next: [], or: undefined }]
  /** Taken from its end; what starts with "or" waits at its beginning. */
  const waiting: [parent: number, item: Entry][] = []
  for (const item of match) {
    if (Object.keys(item).some((label) => label.startsWith('or'))) waiting.unshift([0, item])
    else waiting.push([0, item])
  }
  for (let taken = waiting.pop(); taken !== undefined; taken = waiting.pop()) {
    const [parentId, item] = taken
    const parent = nodes[parentId]!
    for (const [label, value] of Object.entries(item)) {
      if (label.startsWith('and')) addAnd(parentId, parent, listOf(value, label))
      else if (label.startsWith('or')) addOr(parentId, parent, listOf(value, label))
      else if (parent.and) parent.criteria.push(item)
      else addNode(parent, [item], true)
    }
  }
  return nodes

  function addAnd(parentId: number, parent: GraphNode, items: readonly Entry[]): void {
    const into = parent.and ? parentId : addNode(parent, [], true)
    for (const item of items) {
      for (const [label, value] of Object.entries(item)) {
        if (label.startsWith('or')) waiting.unshift([into, { [label]: value }])
        else if (label.startsWith('and')) waiting.push([into, { [label]: value }])
        else nodes[into]!.criteria.push({ [label]: value })
      }
    }
  }

  function addOr(parentId: number, parent: GraphNode, items: readonly Entry[]): void {
    const id = nodes.length
    if (parent.and && parent.or !== undefined) {
      const ends = [...below(nodes, parent.or)].filter((one) => nodes[one]!.next.length === 0)
      nodes.push({ criteria: [], and: false, next: [], or: undefined })
      for (const end of ends) nodes[end]!.next.push(id)
    } else {
      if (parent.and) nodes[parentId]!.or = id
      addNode(parent, [], false)
    }
    for (const item of items) waiting.push([id, item])
  }

  function addNode(parent: GraphNode, criteria: Entry[], and: boolean): number {
    nodes.push({ criteria, and, next: [], or: undefined })
    parent.next.push(nodes.length - 1)
    return nodes.length - 1
  }

  function listOf(value: unknown, label: string): readonly Entry[] {
    if (Array.isArray(value) && value.every(isEntry)) return value
    throw new Fault(
      'CTML_MALFORMED',
      `${where}.${label}`,
      'a list of criteria was expected here',
      'Write a list of objects.',
    )
  }
}

/** Ids of the nodes after one, at any distance. */
function below(nodes: readonly GraphNode[], from: number): ReadonlySet<number> {
  const seen = new Set<number>()
  const waiting = [...nodes[from]!.next]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (seen.has(id)) continue
    seen.add(id)
    waiting.push(...nodes[id]!.next)
  }
  return seen
}

/** Every way from the root to an end, in the peer's order. Throws CTML_TOO_MANY_PATHS. */
export function matchPaths(nodes: readonly GraphNode[], where: string): readonly MatchPath[] {
  const paths: (MatchPath & { end: number })[] = []
  const walk = (id: number, above: readonly number[]): void => {
    const path = [...above, id]
    const { next } = nodes[id]!
    if (next.length > 0) {
      for (const one of next) walk(one, path)
      return
    }
    if (paths.length === MOST_PATHS) {
      throw new Fault(
        'CTML_TOO_MANY_PATHS',
        where,
        `there are more than ${MOST_PATHS} ways through these criteria`,
        'Matching does not need the list; to read it, split the criteria.',
      )
    }
    paths.push({
      end: id,
      criteria_list: path.flatMap((one, depth) => {
        const { criteria } = nodes[one]!
        return criteria.length === 0 ? [] : [{ depth, criteria }]
      }),
    })
  }
  walk(0, [])
  return paths.sort((a, b) => a.end - b.end).map(({ criteria_list }) => ({ criteria_list }))
}
