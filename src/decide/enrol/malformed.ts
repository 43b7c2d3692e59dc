import type * as z from 'zod'
import { issueWords } from '../../terms/schema-issue.ts'

/** What is wrong with a document, and where. */
interface Malformed {
  readonly path: readonly string[]
  readonly what: string
}

type Issue = z.core.$ZodIssue

/**
 * The first fault of a document in words that name it. Of a union the alternative counts whose "kind" was sent: its fault
 * lies deeper than "this is none of them".
 */
export function malformed(issue: Issue, document: unknown): Malformed {
  return describe(issue, [], document)
}

function describe(issue: Issue, above: readonly PropertyKey[], document: unknown): Malformed {
  const at = [...above, ...issue.path]
  if (issue.code === 'invalid_union') {
    const meant = issue.errors.find(
      (of) =>
        of.length > 0 &&
        of.every((one) => one.path[0] !== 'kind' && !(one.code === 'invalid_union' && one.path.length === 0)),
    )?.[0]
    if (meant !== undefined) return describe(meant, at, document)
    const sent = valueAt(document, at)
    const kind = typeof sent === 'object' && sent !== null && 'kind' in sent ? sent.kind : sent
    return { path: at.map(String), what: `${JSON.stringify(kind)?.slice(0, 60)} is no kind of criterion` }
  }
  if (issue.code === 'unrecognized_keys')
    return {
      path: at.map(String),
      what: `there is no field ${issue.keys.map((key) => `"${key}"`).join(', ')}`,
    }
  const sent = valueAt(document, at)
  const told = sent === undefined ? 'it is left out' : JSON.stringify(sent).slice(0, 60)
  return { path: at.map(String), what: `${told}: ${issueWords(issue, 'it is of another form')}` }
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  let at = document
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined
    at = (at as Record<PropertyKey, unknown>)[key]
  }
  return at
}
