import assert from 'node:assert/strict'
import { test } from 'node:test'
import { partsOf } from '../../../../test/support/tumor-parts.ts'

test('the matrix of cBioPortal: a column a sample; an empty cell was not looked at', async () => {
  const parts = await partsOf([
    'Hugo_Symbol\tEntrez_Gene_Id\ts1\ts2',
    'ERBB2\t2064\t2\t-2',
    'KRAS\t3845\tNA\t0',
    'MET\t4233\t1\t-1',
  ])
  assert.deepEqual(
    parts.map(({ sample, said }) => [
      sample,
      said.copyNumbers!.map(({ gene, call }) => `${gene} ${call}`),
      said.covered!.copyNumbers,
    ]),
    [
      ['s1', ['ERBB2 amplification', 'MET gain'], new Set(['ERBB2', 'MET'])],
      ['s2', ['ERBB2 deep-deletion', 'KRAS neutral', 'MET loss'], new Set(['ERBB2', 'KRAS', 'MET'])],
    ],
  )
})

test('a list of gene and call, by word or by number; a word that may mean two things is refused', async () => {
  const list = (call: string) => partsOf(['gene\tcall', `ERBB2\t${call}`])
  for (const [call, told] of [
    ['amplification', 'amplification'],
    ['Deep Deletion', 'deep-deletion'],
    ['-1', 'loss'],
  ] as const)
    assert.equal((await list(call))[0]!.said.copyNumbers![0]!.call, told)
  for (const call of ['deletion', '7', 'constructor'])
    await assert.rejects(list(call), { code: 'COPY_NUMBER_UNKNOWN', where: 'f:2' }, call)
})

test('copies beside or in place of a call: the call follows from them, and nothing is dropped', async () => {
  const [part] = await partsOf([
    'gene\tcopies\tcall',
    'ERBB2\t12\t',
    'CDKN2A\t0\t',
    'MET\t9\tamplification',
    'KRAS\t\t',
  ])
  assert.deepEqual(part!.said.copyNumbers, [
    { gene: 'ERBB2', call: 'amplification', copies: 12 },
    { gene: 'CDKN2A', call: 'deep-deletion', copies: 0 },
    { gene: 'MET', call: 'amplification', copies: 9 },
  ])
  assert.match(part!.notes.join(), /Copies are taken as those of a tumour cell/)
  const [alone] = await partsOf(['gene\tcopies', 'ERBB2\t2'])
  assert.equal(alone!.said.copyNumbers![0]!.call, 'neutral')
})

test('a column of copy numbers: copies, discrete calls, or neither can be told', async () => {
  const list = async (...values: string[]) => {
    const [part] = await partsOf(['gene\tcopy_number', ...values.map((one, at) => `G${at}\t${one}`)])
    return part!.said.copyNumbers!.map(({ call }) => call)
  }
  assert.deepEqual(await list('2', '14', '1'), ['neutral', 'amplification', 'loss'])
  assert.deepEqual(await list('2.1', '1.9'), ['neutral', 'neutral'])
  assert.deepEqual(await list('2', '-2'), ['amplification', 'deep-deletion'])
  assert.deepEqual(await list('gain'), ['gain'])
  await assert.rejects(list('2', '1'), { code: 'COPY_NUMBER_AMBIGUOUS', where: 'f:2' })
})
