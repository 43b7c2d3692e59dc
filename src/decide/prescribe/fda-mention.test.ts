import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LabelMentions } from '../../knowledge/guideline/label-mention.ts'
import type { DrugAdvice, Recommendation } from '../plan.ts'
import { withMentions } from './fda-mention.ts'

const mention = (content: 'complete' | 'part' | 'none', id = 'PA1') => ({
  drug: 'testol',
  gene: 'CYP2D6',
  source: 'FDA label' as const,
  id,
  section: '' as const,
  testing: '' as const,
  content,
  url: `https://example.org/${id}`,
})
const advice = (...urls: string[]): DrugAdvice => ({
  drug: { name: 'testol', rxcui: undefined, atc: [] },
  status: 'considered',
  headline: '',
  severity: 'none',
  state: 'no-guideline',
  recommendations: urls.map((url) => ({ citation: { url } }) as Recommendation),
  agreement: 'single',
  difference: undefined,
  missing: [],
  wouldChange: [],
  dose: [],
})
const texts = (one: DrugAdvice, ...mentions: ReturnType<typeof mention>[]): string[] =>
  (withMentions(one, new LabelMentions(mentions)).mentions ?? []).map(({ text }) => text)

test('an entry that is not coded is named; one that is coded completely is not', () => {
  assert.deepEqual(texts(advice(), mention('none')), [
    'The FDA label of testol mentions CYP2D6; its text is not coded here.',
  ])
  assert.deepEqual(texts(advice(), mention('complete')), [])
})

test('an entry coded in part is named unless one of its rules held', () => {
  assert.deepEqual(texts(advice(), mention('part')).length, 1)
  assert.deepEqual(texts(advice('https://example.org/PA1'), mention('part')), [])
})

test('advice without mentions stays as it is', () => {
  const plain = advice()
  assert.equal(withMentions(plain, new LabelMentions([])), plain)
})
