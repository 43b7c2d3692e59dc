import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Assemblies, type ReferenceSequence } from '../../knowledge/assemblies.ts'
import { readRange } from './place.ts'
import { regionsWithin } from './studied-region.ts'

const sequence = (assembly: ReferenceSequence['assembly'], refseq: string): [string, ReferenceSequence] => [
  refseq,
  { assembly, chromosome: '7', refseq, length: 159_000_000, refget: '' },
]
const known = new Assemblies(
  new Map([sequence('GRCh37', 'NC_000007.13'), sequence('GRCh38', 'NC_000007.14')]),
  new Map([['7', [{ start37: 1001, end37: 2000, start38: 2001 }]]]),
)
const within = (regions: readonly string[], ...asked: readonly string[]) =>
  regionsWithin(
    regions,
    asked.map((text) => readRange(text, known)),
    known,
  )

test('the part of a range that was studied, without overlap', () => {
  for (const [regions, asked, expected] of [
    [['NC_000007.14:100-200'], ['NC_000007.14:150-300'], 'NC_000007.14:150-200'],
    [['NC_000007.14:100-200', 'NC_000007.14:200-260'], ['NC_000007.14:150-300'], 'NC_000007.14:150-260'],
    [
      ['NC_000007.14:100-200', 'NC_000007.14:201-260'],
      ['NC_000007.14:0-999'],
      'NC_000007.14:100-200, NC_000007.14:201-260',
    ],
    [['NC_000007.14:100-200'], ['NC_000007.14:200-300'], 'none'],
    [[], ['NC_000007.14:200-300'], 'unknown'],
    [['EGFR'], ['NC_000007.14:200-300'], 'EGFR'],
  ] as const) {
    assert.equal(within(regions, ...asked), expected)
  }
})

test('a study of the other assembly: its own coordinates, or unknown where the place is not known there', () => {
  assert.equal(within(['NC_000007.13:1000-1500'], 'NC_000007.14:2100-2200'), 'NC_000007.13:1100-1200')
  assert.equal(within(['NC_000007.13:1000-1500'], 'NC_000007.14:2100-9200'), 'unknown')
})
