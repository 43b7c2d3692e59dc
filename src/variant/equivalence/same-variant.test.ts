import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bareChromosomes } from '../layered-sequences.ts'
import { sameVariant } from './same-variant.ts'

const sources = {
  sequences: bareChromosomes([]),
  transcripts: { name: '', transcripts: [], byId: () => [], overlapping: () => [] },
}
const same = (one: string, other: string) => {
  const answer = sameVariant(one, other, sources)
  return answer.known ? answer.value : 'unknown'
}

test('two proteins of which nothing is known are not the same variant', () => {
  assert.equal(same('NP_000129.3:p.?', 'NP_000129.3:p.?'), 'unknown')
  assert.equal(same('NP_000129.3:p.Gly56Ala', 'NP_000129.3:p.(Gly56Ala)'), true)
  assert.equal(same('NP_000129.3:p.Gly56Ala', 'NP_000129.3:p.Gly56Ser'), false)
})
