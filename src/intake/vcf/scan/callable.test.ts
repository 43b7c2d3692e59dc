import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { DEFAULT_RULES } from '../sample-call.ts'
import { callableLoci, isCalled } from './callable.ts'
import { readFileHeader } from './file-header.ts'

const folder = mkdtempSync(join(tmpdir(), 'garrod-callable-'))
after(() => rmSync(folder, { recursive: true }))

/** States over chr1:[from, to] of one sample, as "from-to state detail". */
async function states(
  records: readonly string[],
  from: number,
  to: number,
  rules = DEFAULT_RULES,
): Promise<string[]> {
  const path = join(folder, 'one.vcf')
  const head = '##fileformat=VCFv4.2\n##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads">\n'
  const columns = '#CHROM POS ID REF ALT QUAL FILTER INFO FORMAT S'.replaceAll(' ', '\t')
  writeFileSync(path, `${head}${columns}\n${records.map((one) => `${one.replaceAll(' ', '\t')}\n`).join('')}`)
  const file = { path, name: 'one.vcf', header: await readFileHeader(path, 'one.vcf') }
  const [answer] = await callableLoci(file, 0, [{ contig: 'chr1', from, to }], rules)
  const { stretches, called } = answer!
  assert.equal(stretches[0]!.from, from)
  assert.equal(stretches.at(-1)!.to, to)
  for (const [i, one] of stretches.entries()) if (i > 0) assert.equal(one.from, stretches[i - 1]!.to + 1)
  assert.equal(
    called,
    stretches.filter(isCalled).reduce((sum, one) => sum + one.to - one.from + 1, 0),
  )
  return stretches.map((one) => `${one.from}-${one.to} ${one.state} ${one.detail}`.trim())
}

test('a base that no record covers is not reference', async () => {
  assert.deepEqual(await states([], 5, 9), ['5-9 not-in-file'])
  assert.deepEqual(await states(['chr1 7 . A G . PASS . GT 0/1'], 5, 9), [
    '5-6 not-in-file',
    '7-7 variant A>G',
    '8-9 not-in-file',
  ])
})

test('reference blocks reach to END or LEN, and are only as good as their quality', async () => {
  const block = (quality: string) => [`chr1 3 . A <NON_REF> . . END=8 GT:GQ:MIN_DP 0/0:${quality}`]
  assert.deepEqual(await states(block('20:1'), 1, 9), ['1-2 not-in-file', '3-8 reference', '9-9 not-in-file'])
  assert.deepEqual(await states(block('19:40'), 4, 5), ['4-5 low-quality GQ 19 < 20'])
  assert.deepEqual(await states(block('.:9'), 4, 5), ['4-5 low-depth DP 9 < 10'])
  assert.deepEqual(await states(block('99:0'), 4, 5), ['4-5 low-depth DP 0 < 1'])
  assert.deepEqual(await states(['chr1 3 . A . . . END=8 GT:DP ./.:0'], 4, 5), ['4-5 no-call'])
  const length = ['chr1 3 . A <*> . . . GT:GQ:LEN 0/0:50:6']
  assert.deepEqual(await states(length, 8, 9), ['8-8 reference', '9-9 not-in-file'])
})

test('what a record says of its bases', async () => {
  const one = async (rest: string) => (await states([`chr1 5 . ${rest}`], 5, 5))[0]
  assert.equal(await one('A G . PASS . GT 0/0'), '5-5 reference')
  assert.equal(await one('A G,<NON_REF> . PASS . GT 1/1'), '5-5 variant A>G')
  assert.equal(await one('A G . q10 . GT 0/1'), '5-5 filtered q10')
  assert.equal(await one('A G . PASS . GT ./.'), '5-5 no-call')
  assert.equal(await one('A G . PASS . DP 30'), '5-5 no-call the record has no GT')
  assert.equal(await one('A G . PASS . GT 0/.'), '5-5 half-call 0/.')
  assert.equal(await one('A G . PASS . GT 0'), '5-5 half-call 0')
  assert.equal(await one('A G . PASS . GT:AD 0/1:9,0'), '5-5 reads-contradict 0/1 AD 9,0')
  assert.equal(await one('A AT . PASS . GT 0/0'), '5-5 indel-only A>AT')
  assert.equal(await one('A <DEL> . PASS END=9 GT 0/0'), '5-5 not-in-file')
  assert.equal(await one('A <DEL> . PASS END=9 GT 0/1'), '5-5 variant A><DEL>')
})

test('a record that can be used replaces one that cannot, unless that one shows a change', async () => {
  const block = 'chr1 3 . A <NON_REF> . . END=8 GT:GQ 0/0:5'
  assert.deepEqual(await states([block, 'chr1 5 . A G . PASS . GT 0/0'], 5, 5), ['5-5 reference'])
  const good = 'chr1 3 . A <NON_REF> . . END=8 GT:GQ 0/0:50'
  assert.deepEqual(await states([good, 'chr1 5 . A G . q10 . GT 0/1'], 5, 5), ['5-5 filtered q10'])
  assert.deepEqual(await states([good, 'chr1 5 . A G . q10 . GT ./.'], 5, 5), ['5-5 reference'])
})

test('whatever the records, the stretches leave no base out and claim none that no record covers', async () => {
  const record = fc.tuple(
    fc.integer({ min: 1, max: 40 }),
    fc.nat(15),
    fc.constantFrom('0/0', '0/1', './.', '1/1'),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(record, { maxLength: 8 }), async (records) => {
      const lines = records.map(
        ([from, more, gt]) => `chr1 ${from} . A <NON_REF> . . END=${from + more} GT:GQ ${gt}:60`,
      )
      for (const stretch of await states(lines, 1, 60)) {
        const [, from, to, state] = /^(\d+)-(\d+) (\S+)/.exec(stretch)!
        for (let base = Number(from); base <= Number(to); base++) {
          const covering = records.filter(([start, more]) => start <= base && base <= start + more)
          assert.equal(state === 'not-in-file', covering.length === 0)
          if (state === 'reference') assert.ok(covering.some(([, , gt]) => gt === '0/0'))
        }
      }
    }),
    { numRuns: 60, seed: 1902 },
  )
})
