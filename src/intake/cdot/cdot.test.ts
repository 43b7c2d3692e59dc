import assert from 'node:assert/strict'
import { createReadStream, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { Fault } from '../../terms/fault.ts'
import type { Transcript } from '../../variant/transcript.ts'
import { uncompressed } from '../compression.ts'
import { membersOf } from './json-members.ts'
import { readCdot } from './read-cdot.ts'

const folder = mkdtempSync(join(tmpdir(), 'garrod-cdot-'))

const RECORD = {
  id: 'NM_1.2',
  gene_name: 'MADE1',
  hgnc: '1101',
  protein: 'NP_1.1',
  biotype: ['protein_coding'],
  start_codon: 3,
  stop_codon: 12,
  genome_builds: {
    GRCh38: {
      contig: 'NC_000001.11',
      strand: '-',
      tag: 'MANE_Select,basic',
      exons: [
        [100, 108, 1, 11, 20, 'M4 I2 M4'],
        [200, 210, 0, 1, 10, null],
      ],
    },
  },
}

async function* chunksOf(text: string, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length]!
    yield bytes.subarray(at, at + size)
    at += size
  }
}

async function read(text: string | Uint8Array, damaged?: (fault: Fault) => void): Promise<Transcript[]> {
  const path = join(folder, 'one.json')
  writeFileSync(path, text)
  const list: Transcript[] = []
  for await (const one of readCdot(
    path,
    uncompressed(createReadStream(path), path),
    damaged === undefined ? {} : { damaged },
  ))
    list.push(one)
  return list
}

test('a transcript with its exons in its own order and its alignment', async () => {
  const text = JSON.stringify({
    cdot_version: '0.2.26',
    genes: { x: { a: ['}'] } },
    transcripts: { 'NM_1.2': RECORD },
  })
  for (const bytes of [text, gzipSync(text)]) {
    const [one, ...more] = await read(bytes)
    assert.equal(more.length, 0)
    assert.deepEqual(one, {
      id: 'NM_1.2',
      gene: { symbol: 'MADE1', id: undefined, hgnc: 'HGNC:1101' },
      biotype: 'protein_coding',
      assembly: 'GRCh38',
      contig: 'NC_000001.11',
      strand: -1,
      exons: [
        { start: 200, end: 210, transcriptStart: 0, transcriptEnd: 10, cigar: undefined },
        { start: 100, end: 108, transcriptStart: 10, transcriptEnd: 20, cigar: '4M2I4M' },
      ],
      cds: { start: 3, end: 12, phase: 0, startKnown: true, endKnown: true },
      protein: 'NP_1.1',
      tags: ['MANE Select'],
    })
  }
})

test('a record that contradicts itself is refused, or left out and told', async () => {
  const exons = [[100, 108, 0, 1, 10, null]]
  const broken = { ...RECORD, genome_builds: { GRCh38: { ...RECORD.genome_builds.GRCh38, exons } } }
  const text = JSON.stringify({ transcripts: { 'NM_0.1': broken, 'NM_1.2': RECORD } })
  await assert.rejects(read(text), (error) => error instanceof Fault && error.code === 'CDOT_MALFORMED')
  const told: string[] = []
  const list = await read(text, (fault) => told.push(fault.code))
  assert.deepEqual([list.map(({ id }) => id), told], [['NM_1.2'], ['CDOT_MALFORMED']])
})

test('fields of another kind than they ought to be are no crash', async () => {
  const build = RECORD.genome_builds.GRCh38
  for (const record of [
    { ...RECORD, genome_builds: { GRCh38: null } },
    { ...RECORD, genome_builds: { GRCh38: { ...build, exons: [null] } } },
    { ...RECORD, genome_builds: { GRCh38: { ...build, exons: [[1, 'x', 0, 1, 2, null]] } } },
    { ...RECORD, start_codon: 1.5 },
    {
      ...RECORD,
      genome_builds: {
        GRCh38: {
          ...build,
          exons: [...build.exons].map((one, i) => [
            500 * (2 - i),
            500 * (2 - i) + 10,
            ...one.slice(2, 5),
            null,
          ]),
        },
      },
    },
  ]) {
    const text = JSON.stringify({ transcripts: { 'NM_1.2': record } })
    await assert.rejects(read(text), (error) => error instanceof Fault && error.code === 'CDOT_MALFORMED')
  }
  const odd = {
    ...RECORD,
    id: 7,
    gene_name: 8,
    biotype: 9,
    protein: {},
    hgnc: null,
    genome_builds: { GRCh38: { ...build, tag: 1 } },
  }
  const [one] = await read(JSON.stringify({ transcripts: { 'NM_1.2': odd } }))
  assert.equal(one?.id, 'NM_1.2')
  assert.equal(one?.protein, undefined)
})

test('members are the same however the file is cut into chunks', async () => {
  const members = { 'a"\\b': { x: '}{"\\', y: [1, { z: [] }] }, ü: { n: null }, c: {} }
  const text = JSON.stringify({ first: { a: { b: 1 } }, list: [{}, {}], wanted: members, last: 'wanted' })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 8 }),
      async (sizes) => {
        const found: [string, unknown][] = []
        for await (const { key, value } of membersOf(chunksOf(text, sizes), 'wanted', 'f'))
          found.push([key, JSON.parse(value)])
        assert.deepEqual(
          found.map(([, value]) => value),
          Object.values(members),
        )
        assert.deepEqual(found.map(([key]) => key).slice(1), ['ü', 'c'])
      },
    ),
    { numRuns: 200, seed: 20261122 },
  )
})

test('a damaged file is answered or refused by a coded fault', async () => {
  const text = JSON.stringify({ transcripts: { 'NM_1.2': RECORD } })
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.tuple(
          fc.nat(text.length - 1),
          fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', '9', '-', '\u0000', ''),
        ),
        {
          minLength: 1,
          maxLength: 4,
        },
      ),
      async (edits) => {
        let changed = text
        for (const [at, put] of edits) changed = changed.slice(0, at) + put + changed.slice(at + 1)
        try {
          await read(changed, () => undefined)
        } catch (error) {
          assert.ok(error instanceof Fault, String(error))
        }
      },
    ),
    { numRuns: 500, seed: 20261122 },
  )
})
