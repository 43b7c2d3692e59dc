import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StatedFrequency } from '../../interpret/finding/phenotype.ts'
import type { HpoId } from '../../terms/ids.ts'
import { frequencyWords } from './frequency-words.ts'

for (const [stated, words] of [
  [{ kind: 'counted', having: 1, counted: 1 }, '1 of 1 described'],
  [{ kind: 'counted', having: 0, counted: 9 }, '0 of 9 described'],
  [{ kind: 'said', least: 0.8, most: 0.99 }, '80–99 %'],
  [{ kind: 'said', least: 0.45, most: 0.45 }, '45 %'],
  [{ kind: 'said', least: 0.575, most: 1 }, '57.5–100 %'],
  [{ kind: 'unstated' }, 'frequency not stated'],
] as const satisfies readonly (readonly [StatedFrequency, string])[])
  test(words, () => assert.equal(frequencyWords({ stated, statedFor: undefined }), words))

test('what is stated of a narrower feature names it', () =>
  assert.equal(
    frequencyWords({
      stated: { kind: 'counted', having: 3, counted: 7 },
      statedFor: { id: 'HP:0001083' as HpoId, name: 'Ectopia lentis' },
    }),
    'Ectopia lentis: 3 of 7 described',
  ))
