import assert from 'node:assert/strict'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Fault } from '../../terms/fault.ts'
import { Facts } from '../facts.ts'
import { guidelines } from './guidelines.ts'
import { labelMentions, parseMentions } from './label-mention.ts'

const facts = Facts.find([join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'facts')])
const HEADER = 'drug\tgene\tsource\tid\tsection\ttesting\tcontent\turl'

test('the installed list names what the FDA mentions, with its link', () => {
  const [label] = labelMentions(facts)
    .forDrug('pimozide')
    .filter((one) => one.source === 'FDA label')
  assert.equal(label?.gene, 'CYP2D6')
  assert.equal(label?.testing, 'required')
  assert.equal(label?.content, 'none')
  assert.match(label?.url ?? '', /^https:\/\/www\.clinpgx\.org\/labelAnnotation\/PA\d+$/)
  assert.deepEqual(labelMentions(facts).forDrug('unheardofin'), [])
})

test('content says truly whether rules exist for an entry', () => {
  const cited = new Set(guidelines(facts).rules.map(({ guideline }) => guideline.id))
  for (const drug of labelMentions(facts).drugs) {
    for (const mention of labelMentions(facts).forDrug(drug)) {
      assert.equal(
        mention.content !== 'none',
        cited.has(mention.id),
        `${drug} ${mention.gene} ${mention.source}`,
      )
    }
  }
})

test('a word that is not of the list is a fault', () => {
  const row = (testing: string): string =>
    `${HEADER}\na\tCYP2D6\tFDA label\t\t\t${testing}\tnone\thttps://example.org`
  assert.equal(parseMentions(row('required'), 'x')[0]?.testing, 'required')
  assert.throws(
    () => parseMentions(row('sometimes'), 'x'),
    (error) => error instanceof Fault && error.code === 'FACTS_ROW_INVALID',
  )
})
