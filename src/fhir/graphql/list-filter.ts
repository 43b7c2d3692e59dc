import { type GraphQLFieldConfigArgumentMap, GraphQLInt, GraphQLString } from 'graphql'
import type { ElementShape } from '../../knowledge/fhir/search-parameter.ts'

type Json = Record<string, unknown>

const TEXTS = new Set(['string', 'code', 'uri', 'url', 'id', 'canonical', 'date', 'dateTime'])

/**
 * Arguments of a list: those elements of its members that are texts, for equality, and _count and _offset
 * (FHIR R4, "graphql", list navigation).
 */
export function listArguments(
  children: readonly (readonly [string, ElementShape])[],
): GraphQLFieldConfigArgumentMap {
  const args: GraphQLFieldConfigArgumentMap = { _count: { type: GraphQLInt }, _offset: { type: GraphQLInt } }
  for (const [name, shape] of children) {
    if (!shape.choice && !shape.list && TEXTS.has(shape.types[0]!)) args[name] = { type: GraphQLString }
  }
  return args
}

/** The members that have the asked values, from _offset on, at most _count. */
export function filtered(value: unknown, given: Json): unknown {
  if (!Array.isArray(value)) return value
  const { _count: count, _offset: offset, ...wanted } = given
  const conditions = Object.entries(wanted).filter(([, asked]) => asked !== null)
  const kept = value.filter((one) => conditions.every(([name, asked]) => (one as Json)[name] === asked))
  const from = typeof offset === 'number' ? Math.max(0, offset) : 0
  return typeof count === 'number' ? kept.slice(from, from + Math.max(0, count)) : kept.slice(from)
}
