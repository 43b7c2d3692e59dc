import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { Facts } from '../../knowledge/facts.ts'
import { rankingModel } from '../../knowledge/hpo/ranking-model.ts'
import { evidenceOf } from './evidence.ts'
import { openLibrary } from './library.ts'
import { MATES, matesOf } from './mates.ts'
import { readTwice, scores } from './posterior.ts'

/** Diseases 0 and 1 share a gene, 1 and 2 a name; 3 is no answer and 4 stands alone. */
const KINDRED = { gene: [[1], [0], [], [], []], family: [[], [2], [1], [], []] }
const AMONG = Int32Array.of(0, 1, 2, 4)
const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-9, `${a} is not ${b}`)

test('a disease hears the others of its gene and name, each by how near it is to the best', () => {
  const said = matesOf(KINDRED, AMONG, Float64Array.of(5, 3, 4, -20))
  near(said['gene-mates'][0]!, Math.log(0.03 + Math.exp(-2)))
  near(said['gene-mates'][1]!, Math.log(0.03 + 1))
  near(said['name-mates'][1]!, Math.log(0.03 + Math.exp(-1)))
  for (const alone of [2, 3, 4]) near(said['gene-mates'][alone]!, Math.log(0.03))
})

test('only differences between the scores of a first reading count, and what is said is bounded', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -500, max: 500, noNaN: true }), { minLength: 4, maxLength: 4 }),
      fc.double({ min: -100, max: 100, noNaN: true }),
      (first, shift) => {
        const [one, other] = [first, first.map((each) => each + shift)].map((each) =>
          matesOf(KINDRED, AMONG, Float64Array.from(each)),
        )
        for (const mate of ['gene-mates', 'name-mates'] as const)
          for (const [number, value] of one![mate].entries()) {
            assert.ok(value >= Math.log(0.03) && value <= Math.log(1.03 + 1))
            assert.ok(Math.abs(value - other![mate][number]!) < 1e-6)
          }
      },
    ),
    { numRuns: 100 },
  )
})

test('a pack without a first reading is read once; with one the scores are those of the second', () => {
  const facts = Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))])
  const library = openLibrary(facts)
  const model = rankingModel(facts)
  const { profiles } = library.catalogue
  const among = Int32Array.from(profiles.flatMap((one, number) => (one.ranked ? [number] : [])))
  const observed = ['HP:0001083', 'HP:0001166'].map((one) => library.ontology.numberOf(one)!)
  const evidence = evidenceOf(library, { observed, excluded: [], sex: 'unknown' })
  const own = model.weights.filter(({ feature }) => !MATES.some((mate) => mate === feature))
  const once = readTwice({ first: [], weights: own }, library, evidence, among)
  assert.deepEqual(once.evidence, evidence)
  const twice = readTwice(model, library, evidence, among)
  assert.ok(model.first.length > 0)
  assert.deepEqual(twice.scores, scores(model, twice.evidence, among))
  const marfan = profiles.findIndex(({ disease }) => disease.id === 'OMIM:154700')
  assert.ok(twice.evidence['gene-mates']![marfan]! > Math.log(0.03))
})
