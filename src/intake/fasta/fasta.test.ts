import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { bgzip } from '../../../test/support/bgzip-writer.ts'
import { Fault } from '../../terms/fault.ts'
import { openFasta } from './fasta.ts'

const folder = mkdtempSync(join(tmpdir(), 'garrod-fasta-'))
after(() => rmSync(folder, { recursive: true, force: true }))
let files = 0

function written(content: string | Buffer, index?: string): string {
  const path = join(folder, `${files++}.fa`)
  writeFileSync(path, content)
  if (index !== undefined) writeFileSync(`${path}.fai`, index)
  return path
}

function codeOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    assert.ok(error instanceof Fault, String(error))
    return error.code
  }
  return 'none'
}

const SMALL = '>chr1 first\nACGTA\nCGTNn\nGG\n>2\r\nacgt\r\nAC\r\n>empty\n'

test('bases by place, across lines, windows and contigs, with and without an index', () => {
  const index = 'chr1\t12\t12\t5\t6\n2\t6\t31\t4\t6\nempty\t0\t48\t0\t0\n'
  for (const path of [written(SMALL), written(SMALL, index), written(bgzip(SMALL, 7))]) {
    const fasta = openFasta(path)
    assert.deepEqual(
      fasta.contigs.map(({ name, length }) => [name, length]),
      [
        ['chr1', 12],
        ['2', 6],
        ['empty', 0],
      ],
    )
    assert.equal(fasta.bases('1', 3, 11), 'TACGTNNG')
    assert.equal(fasta.written('1', 8, 10), 'Nn')
    assert.equal(fasta.bases('chr2', 3, 99), 'TAC')
    assert.equal(fasta.bases('chr2', -5, 1), 'A')
    assert.equal(fasta.bases('empty', 0, 5), '')
    assert.throws(() => fasta.bases('chr3', 0, 1), RangeError)
    fasta.close()
  }
})

test('what cannot be trusted is a coded fault', () => {
  assert.equal(
    codeOf(() => openFasta(join(folder, 'none.fa'))),
    'FILE_NOT_FOUND',
  )
  assert.equal(
    codeOf(() => openFasta(folder)),
    'FILE_UNREADABLE',
  )
  assert.equal(
    codeOf(() => openFasta(written('ACGT\n'))),
    'FASTA_MALFORMED',
  )
  assert.equal(
    codeOf(() => openFasta(written('>a\nAC\nACGT\nA\n'))),
    'FASTA_MALFORMED',
  )
  assert.equal(
    codeOf(() => openFasta(written('>a\nA\n>a\nA\n'))),
    'FASTA_MALFORMED',
  )
  assert.equal(
    codeOf(() => openFasta(written(''))),
    'FASTA_MALFORMED',
  )
  assert.equal(
    codeOf(() => openFasta(written(gzipSync(SMALL)))),
    'FASTA_PLAIN_GZIP',
  )
  assert.equal(
    codeOf(() => openFasta(written(bgzip(SMALL).subarray(0, -28)))),
    'TRUNCATED_GZIP',
  )
  assert.equal(
    codeOf(() => openFasta(written('>a\nACGT\n', 'a\t400\t3\t4\t5\n'))),
    'FASTA_TRUNCATED',
  )
  assert.equal(
    codeOf(() => openFasta(written('>a\nACGT\n', 'a\tx\n'))),
    'FASTA_INDEX_MALFORMED',
  )
  const stale = openFasta(written('>abc\nACGTACGT\nAC\n', 'b\t9\t5\t8\t9\n'))
  assert.equal(
    codeOf(() => stale.bases('b', 0, 3)),
    'FASTA_INDEX_STALE',
  )
  const wrapped = openFasta(written('>a\nAC\nGT\n', 'a\t4\t3\t4\t5\n'))
  assert.equal(
    codeOf(() => wrapped.bases('a', 0, 4)),
    'FASTA_INDEX_STALE',
  )
  const protein = openFasta(written('>p\nMELQ\n'))
  assert.equal(
    codeOf(() => protein.bases('p', 0, 4)),
    'FASTA_NOT_BASES',
  )
  const damaged = Buffer.from(bgzip('>a\nACGTACGTACGT\n'))
  damaged[20]! ^= 0xff
  const broken = written(damaged, 'a\t12\t3\t12\t13\n')
  assert.equal(
    codeOf(() => openFasta(broken).bases('a', 0, 4)),
    'DAMAGED_GZIP',
  )
})

test('any wrapping and any block size give the same bases', () => {
  const bases = fc.string({
    unit: fc.constantFrom(...'ACGTNacgtn'),
    minLength: 1,
    maxLength: 200_000,
    size: 'max',
  })
  fc.assert(
    fc.property(
      bases,
      fc.integer({ min: 1, max: 80 }),
      fc.nat(200_000),
      fc.nat(70_000),
      (text, width, at, span) => {
        const lines = text.match(new RegExp(`.{1,${width}}`, 'g'))!.join('\n')
        for (const content of [`>a\n${lines}\n`, bgzip(`>a b\n${lines}`, 4096)]) {
          const fasta = openFasta(written(content))
          assert.equal(fasta.written('a', at, at + span), text.slice(at, at + span))
          fasta.close()
        }
      },
    ),
    { numRuns: 15 },
  )
})

test('random bytes end in a fault or in an answer, never in a crash', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, header) => {
      const content = Buffer.concat([Buffer.from(header ? '>a\n' : ''), Buffer.from(bytes)])
      codeOf(() => {
        const fasta = openFasta(written(content))
        for (const { name, length } of fasta.contigs) fasta.bases(name, 0, length)
      })
    }),
    { numRuns: 200 },
  )
})
