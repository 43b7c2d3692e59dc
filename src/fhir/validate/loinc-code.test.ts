import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loincFault } from './loinc-code.ts'

const CODES = [
  ['69548-6', undefined],
  ['8480-6', undefined],
  ['100000-9', undefined],
  ['69548-5', 'check digit'],
  ['LA9633-4', undefined],
  ['LL1971-2', undefined],
  ['0000-0', 'shape'],
  ['chr10', 'shape'],
  ['69548', 'shape'],
  ['69548-66', 'shape'],
  ['', 'shape'],
] as const

for (const [code, fault] of CODES) {
  test(`"${code}": ${fault ?? 'a code of LOINC'}`, () => assert.equal(loincFault(code), fault))
}
