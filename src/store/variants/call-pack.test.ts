import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { CallColumns } from '../../record/variant-calls.ts'
import { packCalls, unpackCalls } from './call-pack.ts'

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
const columns: fc.Arbitrary<CallColumns> = fc
  .array(fc.tuple(fc.nat(24), fc.nat(2 ** 31 - 1), fc.nat(5), fc.nat(255), fc.nat(3), int32, int32), {
    maxLength: 60,
  })
  .map((rows) => ({
    count: rows.length,
    chromosome: Uint8Array.from(rows, (row) => row[0]),
    position: Int32Array.from(rows, (row) => row[1]),
    allele: Int32Array.from(rows, (row) => row[2]),
    genotype: Uint8Array.from(rows, (row) => row[3]),
    filter: Uint8Array.from(rows, (row) => row[4]),
    depth: Int32Array.from(rows, (row) => row[5]),
    quality: Int32Array.from(rows, (row) => row[6]),
    alleles: ['A G', 'C T', 'é “”', 'AC A', 'A AC', 'T C'],
    filters: ['PASS', '.', 'q10', 'a;b'],
  }))

test('packed calls come back as they were', () => {
  fc.assert(fc.property(columns, (calls) => assert.deepEqual(unpackCalls(packCalls(calls)), calls)))
})

test('an unknown layout is a defect, not an empty answer', () => {
  assert.throws(() => unpackCalls(Uint8Array.of(9, 0, 0, 0, 0)), /layout 9/)
})
