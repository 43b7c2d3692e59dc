import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readNeighbours } from '../../knowledge/hpo/neighbours.ts'
import type { Profile } from './catalogue.ts'
import { DiseaseWords } from './disease-words.ts'
import { kindredOf } from './kindred.ts'
import { relativesOf, withLent } from './relatives.ts'

const profile = (id: string, name: string, genes: readonly string[]): Profile => ({
  disease: { id, name, genes: genes.map((symbol) => ({ symbol, ncbiGene: '' })), groups: [] },
  ranked: id.startsWith('OMIM:'),
  features: { at: new Int32Array(0), value: new Float64Array(0) },
  inheritance: [],
  counted: 0,
})
const PROFILES = [
  profile('OMIM:1', 'Stargardt disease 1', ['ABCA4']),
  profile('OMIM:2', 'Stargardt disease 3', ['ELOVL4']),
  profile('OMIM:3', 'Retinitis pigmentosa 19', ['ABCA4']),
  profile('ORPHA:4', 'Stargardt disease', ['ABCA4']),
  profile('ORPHA:5', 'Cone rod dystrophy', ['ABCA4']),
  profile('OMIM:6', 'Gout', []),
]
const relatives = (neighbours = '') =>
  relativesOf(
    PROFILES,
    kindredOf(PROFILES),
    new DiseaseWords(PROFILES, [], 0),
    readNeighbours(`disease\tneighbours\n${neighbours}`),
  )
/** What each disease gets when only `of` has a likelihood ratio, of 1. */
const lentBy = (of: number, neighbours?: string) =>
  [
    ...withLent(
      relatives(neighbours),
      Float64Array.from(PROFILES, (_, one) => (one === of ? 1 : 0)),
    ),
  ].map((one) => Number(one.toFixed(3)))

test('a disease keeps its own and lends to its name and its gene', () => {
  assert.deepEqual(lentBy(0), [1, 0.15, 0.1, 0, 0, 0])
})

test('of the Orphanet entries of a gene the one of the same name lends more', () => {
  assert.deepEqual(lentBy(3), [0.225, 0, 0.075, 1, 0, 0])
  assert.deepEqual(lentBy(4), [0.075, 0, 0.075, 0, 1, 0])
})

test('neighbours lend their share; what is not in the catalogue or is no share lends nothing', () => {
  assert.deepEqual(
    lentBy(5, 'OMIM:2\tOMIM:6=0.5 OMIM:9=0.5\nOMIM:3\tOMIM:6=x OMIM:6=-1 OMIM:6\n'),
    [0, 0.125, 0, 0, 0, 1],
  )
})

test('nobody lends to an entry that is not ranked', () => {
  const { start } = relatives()
  assert.equal(start[4], start[3])
  assert.equal(start.at(-1), relatives().at.length)
})
