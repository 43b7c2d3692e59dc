import { type DocumentNode, Kind, type SelectionSetNode } from 'graphql'
import { Fault } from '../../terms/fault.ts'

/** Longest query, characters. */
export const QUERY_LONGEST = 20_000
/** Deepest selection; what asks for the schema itself needs 13. */
const QUERY_DEEPEST = 15
/** Most fields that a query names, fragments counted where they are used. */
const MOST_FIELDS = 2_000
/** Most searches and reads that one query may cause. */
export const MOST_LOOKUPS = 500

/**
 * Refuses a query that is too deep or too wide before anything is read. Fragments count as often as they are used; one
 * that contains itself is refused by validation, and here by the depth. Throws QUERY_TOO_COSTLY.
 */
export function refuseCostly(document: DocumentNode): void {
  const fragments = new Map<string, SelectionSetNode>()
  for (const one of document.definitions) {
    if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one.selectionSet)
  }
  let fields = 0
  const look = (set: SelectionSetNode, depth: number, spreads: number): void => {
    if (depth > QUERY_DEEPEST || spreads > 50) throw tooCostly(`it is deeper than ${QUERY_DEEPEST} levels`)
    for (const one of set.selections) {
      if (one.kind === Kind.FIELD) {
        fields++
        if (fields > MOST_FIELDS) throw tooCostly(`it names more than ${MOST_FIELDS} fields`)
        if (one.selectionSet !== undefined) look(one.selectionSet, depth + 1, spreads)
      } else if (one.kind === Kind.INLINE_FRAGMENT) look(one.selectionSet, depth, spreads)
      else {
        const fragment = fragments.get(one.name.value)
        if (fragment !== undefined) look(fragment, depth, spreads + 1)
      }
    }
  }
  for (const one of document.definitions)
    if (one.kind === Kind.OPERATION_DEFINITION) look(one.selectionSet, 1, 0)
}

export function tooCostly(what: string): Fault {
  return new Fault('QUERY_TOO_COSTLY', 'query', `the query is refused: ${what}`, 'Ask for less at once.')
}
