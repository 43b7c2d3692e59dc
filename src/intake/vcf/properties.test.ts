import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { PANEL, setsOf, vcfOf } from '../../../test/cases/intake/small-panel.ts'
import { bgzip } from '../../../test/support/bgzip-writer.ts'
import type { GenotypeSet } from '../../record/genotype.ts'
import { Fault } from '../../terms/fault.ts'
import { readGenotypes } from '../receive.ts'

const genotype = fc.constantFrom('0/0', '0/1', '1/1', '1|0', '0|1', './.', '0/.', '1/.')
const sample = fc.tuple(genotype, fc.nat(60), fc.nat(99)).map(([gt, dp, gq]) => `${gt}:${dp}:${gq}`)

/** A sorted file of three samples over the panel, with lines off the panel in between. */
const file = fc
  .array(fc.tuple(fc.nat(PANEL.length - 1), sample, sample, sample), { maxLength: 12 })
  .map((chosen) => {
    const seen = new Map(chosen.map((one) => [one[0], one]))
    const lines = [...seen.values()]
      .map(([i, ...samples]) => ({ locus: PANEL[i]!, samples }))
      .sort((a, b) => order(a.locus.id, b.locus.id))
      .flatMap(({ locus, samples }) => [
        `${locus.chromosome} ${locus.position - 1} . N A . . . GT 0/0 0/0 0/0`,
        `${locus.chromosome} ${locus.position} . ${locus.ref} ${locus.alts[0]} . . . GT:DP:GQ ${samples.join(' ')}`,
      ])
    return vcfOf(lines, { samples: 'A B C' })
  })

function order(a: string, b: string): number {
  const [chromosomeA, positionA] = a.split(':') as [string, string]
  const [chromosomeB, positionB] = b.split(':') as [string, string]
  return chromosomeA === chromosomeB
    ? Number(positionA) - Number(positionB)
    : chromosomeA < chromosomeB
      ? -1
      : 1
}

/** Reads a file that arrives in the given pieces; a fault comes back as its JSON. */
async function arriving(bytes: Uint8Array, cuts: readonly number[]): Promise<unknown> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    let from = 0
    for (const cut of [...cuts.map((one) => one % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]) {
      yield bytes.subarray(from, cut)
      from = cut
    }
  }
  const sets: GenotypeSet[] = []
  const arrival = {
    name: 'test.vcf',
    content: { stream: pieces() },
    panel: PANEL,
    options: { order: 'any' },
  } as const
  try {
    for await (const set of readGenotypes(arrival)) sets.push(set)
  } catch (error) {
    if (error instanceof Fault) return error.toJSON()
    throw error
  }
  return sets
}

test('a file reads the same in whatever pieces it arrives', async () => {
  await fc.assert(
    fc.asyncProperty(file, fc.array(fc.nat(5000), { maxLength: 8 }), async (text, cuts) => {
      for (const bytes of [Buffer.from(text), gzipSync(text), bgzip(text, 200)]) {
        assert.deepEqual(await arriving(bytes, cuts), await arriving(bytes, []))
      }
    }),
    { numRuns: 60 },
  )
})

test('plain, gzip and bgzip of a file say the same', async () => {
  await fc.assert(
    fc.asyncProperty(file, async (text) => {
      const [plain, gzip, blocks] = await Promise.all(
        [text, gzipSync(text), bgzip(text, 300)].map(async (one) =>
          (await setsOf(one)).map(({ calls, gaps }) => ({ calls, gaps })),
        ),
      )
      assert.deepEqual(gzip, plain)
      assert.deepEqual(blocks, plain)
    }),
    { numRuns: 40 },
  )
})

test('a sample reads the same alone and among others', async () => {
  await fc.assert(
    fc.asyncProperty(file, fc.constantFrom('A', 'B', 'C'), async (text, name) => {
      const all = await setsOf(text)
      const [alone] = await setsOf(text, { samples: [name] })
      assert.deepEqual(
        alone,
        all.find((set) => set.sample === name),
      )
    }),
    { numRuns: 40 },
  )
})

test('every panel locus is in calls or in gaps, once', async () => {
  await fc.assert(
    fc.asyncProperty(file, async (text) => {
      for (const { calls, gaps } of await setsOf(text)) {
        const named = [...calls, ...gaps].map((one) => one.locus).sort()
        assert.deepEqual(named, PANEL.map((locus) => locus.id).sort())
      }
    }),
    { numRuns: 40 },
  )
})

test('a cut compressed file is never part of an answer', async () => {
  const text = vcfOf(
    PANEL.slice(0, 4).map((one) => `chr1 ${one.position} . ${one.ref} ${one.alts[0]} . . . GT 0/1`),
  )
  for (const bytes of [gzipSync(text), bgzip(text, 100)]) {
    for (let length = 2; length < bytes.length; length += 1) {
      const found = (await arriving(bytes.subarray(0, length), [])) as { code?: string }
      assert.ok(
        found.code === 'TRUNCATED_GZIP' || found.code === 'DAMAGED_GZIP',
        `${length}: ${JSON.stringify(found)}`,
      )
    }
  }
})

test('a changed byte of a bgzip file never goes unnoticed', async () => {
  const text = vcfOf(['chr1 97450058 . C T . . . GT 0/1', 'chr1 97450065 . TG T . . . GT 0/1'])
  const bytes = bgzip(text, 100)
  const right = await arriving(bytes, [])
  for (let at = 0; at < bytes.length - 28; at += 1) {
    const changed = Buffer.from(bytes)
    changed[at] = changed[at]! ^ 0x10
    const found = (await arriving(changed, [])) as GenotypeSet[] & { code?: string }
    // Gzip's own time stamp and system byte carry nothing of the text.
    if (found.code === undefined)
      assert.deepEqual(
        found.map((set) => set.calls),
        (right as GenotypeSet[]).map((set) => set.calls),
      )
  }
})

test('whatever is done to a file, only faults are thrown', async () => {
  const junk = fc.constantFrom(
    '\t',
    '\n',
    '0',
    '/',
    '|',
    ':',
    '.',
    ',',
    '<',
    '>',
    'END=',
    'é',
    '\0',
    '9999999999',
    '-1',
    '',
  )
  const damage = fc.array(fc.tuple(fc.nat(3000), fc.nat(4), junk), { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(file, damage, async (text, edits) => {
      let changed = text
      for (const [at, removed, put] of edits) {
        const place = at % (changed.length + 1)
        changed = changed.slice(0, place) + put + changed.slice(place + removed)
      }
      await arriving(Buffer.from(changed), [])
    }),
    { numRuns: 400 },
  )
})

test('bytes at random', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 400 }),
      fc.constantFrom('', '##fileformat=VCFv4.2\n', '\x1f\x8b'),
      async (bytes, head) => {
        await arriving(Buffer.concat([Buffer.from(head, 'latin1'), bytes]), [])
      },
    ),
    { numRuns: 300 },
  )
})
