import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LabelMention } from '../../knowledge/guideline/label-mention.ts'
import { mentionSentences } from './mention.ts'

const mention = (more: Partial<LabelMention>): LabelMention => ({
  drug: 'testol',
  gene: 'CYP2D6',
  source: 'FDA label',
  id: 'PA1',
  section: '',
  testing: '',
  content: 'none',
  url: 'https://example.org/PA1',
  ...more,
})
const texts = (...mentions: LabelMention[]): string[] => mentionSentences(mentions).map(({ text }) => text)

test('a label by what it says of testing and by how much of it is coded', () => {
  assert.deepEqual(texts(mention({})), [
    'The FDA label of testol mentions CYP2D6; its text is not coded here.',
  ])
  assert.deepEqual(texts(mention({ testing: 'required', content: 'part' })), [
    'The FDA label of testol mentions CYP2D6 and requires testing; only a part of its text is coded here.',
  ])
  assert.deepEqual(texts(mention({ testing: 'recommended', content: 'complete' })), [
    'The FDA label of testol mentions CYP2D6 and recommends testing; its text is coded here.',
  ])
  assert.deepEqual(texts(mention({ testing: 'actionable' })), [
    'The FDA label of testol mentions CYP2D6 as actionable; its text is not coded here.',
  ])
})

test('genes of one entry are said together, other entries apart', () => {
  assert.deepEqual(
    texts(
      mention({ gene: 'RYR1' }),
      mention({ gene: 'CACNA1S' }),
      mention({ source: 'FDA PGx table', id: 'PA2', url: 'https://example.org/PA2' }),
    ),
    [
      'The FDA label of testol mentions CACNA1S and RYR1; its text is not coded here.',
      'The FDA table of pharmacogenetic associations lists testol with CYP2D6; its text is not coded here.',
    ],
  )
  assert.equal(mentionSentences([mention({})])[0]?.url, 'https://example.org/PA1')
})
