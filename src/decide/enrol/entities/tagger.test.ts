import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInFacts } from '../../../../test/trials/matchminer-run.ts'
import { eligibilityTagger } from './tagger.ts'

const tagger = eligibilityTagger(builtInFacts())
const found = (line: string) =>
  tagger.entities(line).map(({ start, end, kind }) => `${kind} ${line.slice(start, end)}`)

test('what stands in an ordinary criterion', () => {
  assert.ok(found('Age greater than 18 years').includes('age Age'))
  assert.ok(
    found('Histologically confirmed non-small cell lung cancer').some((one) => one.startsWith('cancer ')),
  )
  assert.ok(found('Known hypersensitivity to penicillin').includes('allergy_name penicillin'))
  assert.ok(found('Hemoglobin < 9 g/dL').includes('clinical_variable Hemoglobin'))
})

test('entities lie in the line, in order, without overlap', () => {
  for (const line of [
    '',
    'a',
    'history of '.repeat(2_000),
    `${'('.repeat(3_000)}cancer`,
    'x'.repeat(1_000_000),
  ]) {
    let at = 0
    for (const { start, end, probability } of tagger.entities(line)) {
      assert.ok(at <= start && start < end && end <= line.length)
      assert.ok(probability > 0 && probability <= 1 + 1e-9)
      at = end
    }
  }
})

test('a name that stands twice is told once, or at each place', () => {
  const line = 'History of asthma or hospitalization for asthma'
  const diseases = (names: 'once' | 'each') =>
    tagger.entities(line, names).flatMap(({ start, kind }) => (kind === 'chronic_disease' ? [start] : []))
  assert.deepEqual(diseases('once'), [line.indexOf('asthma')])
  assert.deepEqual(diseases('each'), [line.indexOf('asthma'), line.lastIndexOf('asthma')])
})
