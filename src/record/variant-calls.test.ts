import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trimmed } from './variant-calls.ts'

for (const [given, expected] of [
  ['7 A G', '7 A G'],
  ['5 TTAC TTGC', '7 A G'],
  ['5 CT C', '5 CT C'],
  ['5 CTT CT', '5 CT C'],
  ['5 C CT', '5 C CT'],
  ['4 GCT GC', '5 CT C'],
  ['5 CAG CAGAG', '5 C CAG'],
  ['5 AT GC', '5 AT GC'],
  ['5 A A', '5 A A'],
] as const) {
  test(`${given} is ${expected}`, () => {
    const [position, ref = '', alt = ''] = given.split(' ')
    const name = { assembly: 'GRCh38', chromosome: 'chr1', position: Number(position), ref, alt } as const
    const short = trimmed(name)
    assert.equal(`${short.position} ${short.ref} ${short.alt}`, expected)
  })
}
