import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { assemblies } from './assemblies.ts'
import { Facts } from './facts.ts'

const known = assemblies(Facts.find([join(import.meta.dirname, '..', '..', 'facts')]))

test('chromosomes by accession and by name', () => {
  assert.equal(known.sequence('NC_000010.11')?.assembly, 'GRCh38')
  assert.equal(known.sequence('NC_000010.10')?.assembly, 'GRCh37')
  assert.equal(known.sequence('NC_000010.9'), undefined)
  assert.equal(known.of('GRCh38', 'X')?.refseq, 'NC_000023.11')
})

test('a known position is carried over exactly, both ways (CYP2C19*2, rs4244285)', () => {
  assert.deepEqual(known.lift('10', 'GRCh37', 96541616), { low: 94781859, high: 94781859 })
  assert.deepEqual(known.lift('10', 'GRCh38', 94781859), { low: 96541616, high: 96541616 })
})

test('outside the known spans a position has bounds: the nearest spans before and after', () => {
  const { low, high } = known.lift('13', 'GRCh38', 25_000_000)
  assert.ok(low > 1 && low < high)
  const start = known.lift('2', 'GRCh37', 1000)
  assert.equal(start.low, 1)
  assert.ok(start.high > 1000)
  const end = known.lift('13', 'GRCh37', 115_000_000)
  assert.equal(end.high, known.of('GRCh38', '13')?.length)
})
