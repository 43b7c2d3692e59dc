import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { needs, sharedData } from '../../../../test/support/shared-data.ts'
import type { Entry } from '../ctml/document.ts'
import { matchGraph, matchPaths } from './match-graph.ts'

const CASES = 'oncology/ctml/boolean'
const read = (name: string): unknown => JSON.parse(readFileSync(sharedData(`${CASES}/${name}`)!, 'utf8'))

test('nested "and" and "or" become the peer’s graph and paths', { skip: needs(CASES) }, () => {
  const paths = read('match_paths_expected.json') as Record<string, unknown>
  const trees = read('match_tree_expected.json') as Record<
    string,
    { nodes: Record<string, { criteria_list: unknown }>; edges: unknown }
  >
  for (const name of Object.keys(paths)) {
    const nodes = matchGraph([read(name) as Entry], name)
    assert.deepEqual(matchPaths(nodes, name), paths[name], name)
    assert.deepEqual(
      nodes.flatMap(({ next }, id) => next.map((one) => [id, one])),
      trees[name]!.edges,
      name,
    )
    assert.deepEqual(
      nodes.map(({ criteria }) => criteria),
      Object.values(trees[name]!.nodes).map(({ criteria_list }) => criteria_list),
      name,
    )
  }
})

test('two "or" lists of one "and" give every pair', () => {
  const nodes = matchGraph([{ and: [{ or: [{ a: {} }, { b: {} }] }, { or: [{ c: {} }, { d: {} }] }] }], 't')
  assert.equal(matchPaths(nodes, 't').length, 4)
})

test('paths that nobody could read through are counted and refused', () => {
  const pair = { or: [{ a: {} }, { b: {} }] }
  const nodes = matchGraph([{ and: Array.from({ length: 20 }, () => pair) }], 't')
  assert.throws(() => matchPaths(nodes, 't'), { code: 'CTML_TOO_MANY_PATHS' })
})
