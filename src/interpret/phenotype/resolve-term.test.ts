import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { Facts } from '../../knowledge/facts.ts'
import { ontology } from '../../knowledge/hpo/ontology.ts'
import { type Language, vocabulary } from '../../knowledge/hpo/vocabulary.ts'
import { readTable } from '../../knowledge/table.ts'
import { dictionaryOf } from './dictionary.ts'
import { type Dictionary, resolveTerm, suggestTerms } from './resolve-term.ts'
import { folded, lettersApart, WordIndex } from './word-index.ts'

const facts = Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))])
const index = (language: Language) => ({ language, index: new WordIndex(vocabulary(facts, language)!) })
const dictionary: Dictionary = { ontology: ontology(facts), indexes: [index('en'), index('es')] }

/** "id doubts" of a single term; the kind of answer otherwise. */
function told(words: string): string {
  const found = resolveTerm(dictionary, words)
  if (found.kind === 'term') return [found.match.id, ...found.match.doubts].join(' ')
  return found.kind === 'none' ? found.why : found.kind
}

for (const [words, answer] of [
  ['HP:0001250', 'HP:0001250'],
  ['hp_0001250', 'HP:0001250'],
  ['HP:0000018', 'HP:0002839 replaced'],
  ['HP:1250', 'unknown-id'],
  ['HP:9999999', 'unknown-id'],
  ['Seizure', 'HP:0001250'],
  ['  WIDE-SET   eyes ', 'HP:0000316'],
  ['Foot deformities', 'HP:0001760'],
  ['deformity of the foot', 'HP:0001760 word-order'],
  ['siezures', 'HP:0001250 spelling'],
  ['siezures due to hypocalcaemia', 'HP:0002199 spelling'],
  ['Hypocalcaemic seizures', 'HP:0002199'],
  ['Diarrhoea', 'HP:0002014'],
  ['micro-cephaly', 'HP:0000252 spelling'],
  ['arachno dactyly', 'HP:0001166 spelling'],
  ['Convulsiones', 'HP:0001250 language'],
  ['eye', 'no-match'],
  ['', 'no-match'],
  ['?!', 'no-match'],
  ['x'.repeat(300), 'too-long'],
] as const)
  test(`"${words.slice(0, 30)}" is ${answer}`, () => assert.equal(told(words), answer))

for (const words of [
  'zygomatic hypoplasia',
  'recurrent hyperglycaemia',
  'seizures due to hypercalcemia',
  'hyperplasia of the uterus',
  'hyperganglionosis',
  'increased circulating plasmalogen concentration',
  'decreased to absent T3',
  'posterior wedging of T12',
])
  test(`"${words}" is not taken for its contrary, whose name is a few letters apart`, () =>
    assert.equal(told(words), 'no-match'))

test('no name with its meaning turned round is taken for the name', () => {
  const names = vocabulary(facts, 'en')!.names.map((one) => folded(one.text))
  const all = new Set(names)
  const turns = ['hypo hyper', 'increased decreased', 'anterior posterior', 'proximal distal', 'left right']
  const wrong = names.flatMap((name, place) => {
    const [one, other] = turns[place % turns.length]!.split(' ') as [string, string]
    const turned = name.replace(new RegExp(`\\b(${one}|${other})`), (found) => (found === one ? other : one))
    if (turned === name || all.has(turned) || place % 3 !== 0) return []
    const found = resolveTerm(dictionary, turned)
    return found.kind === 'term' && folded(found.match.words) === name ? [`${turned}: ${name}`] : []
  })
  assert.deepEqual(wrong, [])
})

test('an id that lost its zeros is suggested, not taken', () => {
  const found = resolveTerm(dictionary, 'HP:1250')
  assert.deepEqual(found.kind === 'none' && found.near.map((one) => one.id), ['HP:0001250'])
})

test('half a word offers terms, each marked as a part', () => {
  const offered = suggestTerms(dictionary, 'absent th')
  assert.ok(offered.some((one) => one.name === 'Absent thumb'))
  assert.ok(offered.every((one) => one.doubts.includes('part')))
})

test('every name of a term in force finds that term, or several that share the name', () => {
  const { ontology: terms } = dictionary
  for (let term = 0; term < terms.size; term += 37) {
    const found = resolveTerm(dictionary, terms.names[term]!)
    const ids =
      found.kind === 'term'
        ? [found.match.id]
        : found.kind === 'several'
          ? found.matches.map((one) => one.id)
          : []
    assert.ok(ids.includes(terms.ids[term]!), `${terms.names[term]} gave ${JSON.stringify(found)}`)
  }
})

test('any text is answered', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      assert.ok(['term', 'several', 'none'].includes(resolveTerm(dictionary, text).kind))
    }),
    { numRuns: 60 },
  )
})

for (const [a, b, apart] of [
  ['seizure', 'seizure', 0],
  ['siezure', 'seizure', 1],
  ['seizure', 'seizures', 1],
  ['abc', 'xyz', 3],
  ['a', 'abcdef', 4],
] as const)
  test(`${a} and ${b} are ${apart} letters apart`, () => assert.equal(lettersApart(a, b, 3), apart))

test('every word of clinics and families leads to its one term, in its language', () => {
  const rows = readTable(
    facts.pack('hpo-everyday').text('words.tsv'),
    ['id', 'language', 'kind', 'words'],
    'words.tsv',
  )
  assert.ok(rows.length > 150)
  const wrong = rows.flatMap(({ id, language, words }) => {
    const found = resolveTerm(dictionaryOf(facts, language as Language), words)
    const got = found.kind === 'term' ? found.match.id : found.kind
    return got === id ? [] : [`${language} ${words}: ${id}, found ${got}`]
  })
  assert.deepEqual(wrong, [])
})

test('words that mean two things in a clinic are not guessed', () => {
  for (const words of ['ASD', 'PE', 'learning disability']) assert.equal(told(words), 'no-match')
})
