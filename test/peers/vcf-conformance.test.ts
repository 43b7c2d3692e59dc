import assert from 'node:assert/strict'
import { test } from 'node:test'
import { needs } from '../support/shared-data.ts'
import { CORPUS, conformanceCases, refusing } from './vcf/conformance.ts'

test('conformance files of hts-specs: the bad are refused by name, the good are not', {
  skip: needs(CORPUS),
}, async () => {
  const cases = await conformanceCases()
  const label = (one: (typeof cases)[number]) =>
    `${one.version} ${one.file}: ${refusing(one.strict)
      .map(({ code }) => code)
      .join(' ')}`
  assert.ok(cases.length >= 400)
  assert.deepEqual(cases.filter((one) => one.good && one.strict.verdict === 'refused').map(label), [])
  assert.deepEqual(cases.filter((one) => !one.good && !one.named).map(label), [])
})
