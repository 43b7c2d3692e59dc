import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agrees, coreOf, effectOn } from './sequence-window.ts'

/** TA repeat of UGT1A1: C, then seven times AT with an A behind. */
const WINDOW = { start: 100, bases: 'CATATATA' }

for (const [position, ref, alt, at, removed, added] of [
  [100, 'CAT', 'C', 101, 'AT', ''],
  [100, 'C', 'CAT', 101, '', 'AT'],
  [100, 'GATTACA', 'GACTACA', 102, 'T', 'C'],
  [100, 'AC', 'GT', 100, 'AC', 'GT'],
  [100, 'ACA', 'AGA', 101, 'C', 'G'],
  // what both end with is taken off first
  [100, 'CATAT', 'CAT', 101, 'AT', ''],
] as const) {
  test(`core of ${position} ${ref}>${alt}`, () => {
    assert.deepEqual(coreOf(position, ref, alt), { at, removed, added })
  })
}

test('equal alleles have no core', () => {
  const { removed, added } = coreOf(100, 'CAT', 'CAT')
  assert.deepEqual([removed, added], ['', ''])
})

for (const [position, ref, alt, effect] of [
  [100, 'CAT', 'C', 'CATATA at 101'],
  [105, 'ATA', 'A', 'CATATA at 101'],
  [107, 'A', 'ATA', 'CATATATATA at 101'],
  [103, 'A', 'G', 'CATGTATA at 103'],
  [90, 'A', 'G', 'same'],
  [108, 'G', 'T', 'same'],
  [90, 'ACGT', 'A', 'same'],
  [98, 'GGC', 'G', 'beyond'],
  [107, 'AG', 'C', 'beyond'],
  // an insertion right behind the last known base still moves back into the repeat
  [107, 'AG', 'ATAG', 'CATATATATA at 101'],
] as const) {
  test(`effect of ${position} ${ref}>${alt}`, () => {
    const found = effectOn(WINDOW, coreOf(position, ref, alt))
    assert.equal(found.kind === 'changed' ? `${found.haplotype} at ${found.at}` : found.kind, effect)
  })
}

for (const [position, ref, expected] of [
  [100, 'CAT', true],
  [98, 'GGCAT', true],
  [106, 'TAGG', true],
  [100, 'CAG', false],
  [98, 'GGG', false],
  [90, 'TTT', true],
] as const) {
  test(`${ref} at ${position} ${expected ? 'agrees' : 'disagrees'}`, () => {
    assert.equal(agrees(WINDOW, position, ref), expected)
  })
}
