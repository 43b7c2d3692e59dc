import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ontology } from './ontology.ts'

const terms = [
  'id\tname\tparents\tobsolete\treplaced_by',
  'HP:0000001\tAll\t\t\t',
  'HP:0000118\tPhenotypic abnormality\tHP:0000001\t\t',
  'HP:0000707\tNervous\tHP:0000118\t\t',
  'HP:0001250\tSeizure\tHP:0000707\t\t',
  'HP:0001251\tobsolete Fits\t\t1\tHP:0001252',
  'HP:0001252\tobsolete Fit\t\t1\tHP:0001250',
  'HP:0001253\tobsolete Nothing\t\t1\t',
  'HP:0001254\tobsolete Ring\t\t1\tHP:0001255',
  'HP:0001255\tobsolete Gnir\t\t1\tHP:0001254',
  '',
].join('\n')
const ontology = new Ontology(
  { id: 'hpo', version: '1' },
  { terms, altIds: 'alt_id\tid\nHP:0009999\tHP:0001250\n' },
)
const seizure = ontology.numberOf('HP:0001250')!

test('a term that was merged or replaced, also twice, leads to the one in force', () => {
  for (const id of ['HP:0009999', 'HP:0001251', 'HP:0001252'])
    assert.deepEqual(ontology.stateOf(id), { kind: 'replaced', term: seizure })
})

test('an obsolete term without successor keeps its name; a ring of successors ends', () => {
  assert.deepEqual(ontology.stateOf('HP:0001253'), { kind: 'obsolete', name: 'Nothing' })
  assert.equal(ontology.stateOf('HP:0001254').kind, 'obsolete')
  assert.equal(ontology.stateOf('HP:7654321').kind, 'unknown')
})

test('ancestors include the term itself', () => {
  const names = [...ontology.ancestorsOf(seizure)].map((one) => ontology.names[one])
  assert.deepEqual(names, ['All', 'Phenotypic abnormality', 'Nervous', 'Seizure'])
  assert.ok(ontology.isUnder(seizure, ontology.numberOf('HP:0000118')!))
  assert.ok(!ontology.isUnder(ontology.numberOf('HP:0000118')!, seizure))
})
