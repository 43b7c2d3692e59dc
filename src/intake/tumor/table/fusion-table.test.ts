import assert from 'node:assert/strict'
import { test } from 'node:test'
import { partsOf } from '../../../../test/support/tumor-parts.ts'

test('Arriba: neighbours of a place between genes are no partner; frame and confidence are kept', async () => {
  const [part] = await partsOf([
    '#gene1\tgene2\tbreakpoint1\tbreakpoint2\tconfidence\treading_frame',
    'EML4\tALK\t2:42295554\t2:29223528\thigh\tin-frame',
    'LINC1(12),LINC2(400)\tNTRK1\t1:100\t1:200\tlow\t.',
    'A(1),B(2)\tC(3),D(4)\t1:100\t1:200\tlow\t.',
  ])
  assert.deepEqual(
    part!.said.fusions!.map(({ five, three, frame, confidence }) => [five, three, frame, confidence]),
    [
      ['EML4', 'ALK', 'in-frame', 'high'],
      [undefined, 'NTRK1', undefined, 'low'],
    ],
  )
  assert.deepEqual(
    part!.leftOut.map(({ reason, count }) => [reason, count]),
    [['neither partner is a gene', 1]],
  )
})

test('DRAGEN: a fusion that fails its filter is one of low confidence', async () => {
  const [part] = await partsOf([
    '#FusionGene\tScore\tLeftBreakpoint\tRightBreakpoint\tFilter\tNumSplitReads',
    'EML4--ALK\t0.98\tchr2:42295516:+\tchr2:29223528:-\tPASS\t20',
    'GOPC--ROS1\t0.1\tchr6:1:-\tchr6:2:-\tLOW_SCORE;MIN_SUPPORT\t1',
  ])
  assert.deepEqual(
    part!.said.fusions!.map(({ five, confidence, reads }) => [five, confidence, reads]),
    [
      ['EML4', undefined, 20],
      ['GOPC', 'low', 1],
    ],
  )
})

test('a name with an empty side has a partner that is not known; one without genes is refused', async () => {
  const table = (name: string) => partsOf(['FusionGene\tSplitReads', `${name}\t40`])
  const pair = async (name: string) =>
    (await table(name))[0]!.said.fusions!.map(({ five, three }) => [five, three])
  assert.deepEqual(await pair('--ALK'), [[undefined, 'ALK']])
  assert.deepEqual(await pair('FGFR2--'), [['FGFR2', undefined]])
  assert.deepEqual(await pair('KIF5B-RET'), [['KIF5B', 'RET']])
  assert.deepEqual(await pair('C11orf95/RELA'), [['C11orf95', 'RELA']])
  assert.deepEqual(await pair('EML4-ALK fusion'), [['EML4', 'ALK']])
  // A hyphen of its own: where the partners part cannot be told.
  for (const name of ['--', 'ALK', '', 'NKX2-1', 'HLA-DRB1', 'NKX2-1-ALK', 'MT-CO1'])
    await assert.rejects(table(name), { code: 'FUSION_UNREADABLE', where: 'f:2' }, name)
})

test('cBioPortal: germline structural variants are left out, samples are kept apart; no rows are no fusions', async () => {
  const parts = await partsOf([
    'Sample_Id\tSV_Status\tSite1_Hugo_Symbol\tSite2_Hugo_Symbol',
    'a\tSOMATIC\tTMPRSS2\tERG',
    'b\tGERMLINE\tX\tY',
  ])
  assert.deepEqual(
    parts.map(({ sample, said, leftOut }) => [sample, said.fusions!.length, leftOut.length]),
    [
      ['a', 1, 0],
      ['b', 0, 1],
    ],
  )
  const [empty] = await partsOf(['FusionGene\tLeftBreakpoint'])
  assert.deepEqual([empty!.said.fusions, empty!.notes.length], [[], 1])
})

test('partners in columns of their own, whatever these are called', async () => {
  const [part] = await partsOf(['gene5\tgene3\tsample\treads\tframe', 'CD74\tROS1\tT\t3\tout-of-frame'])
  assert.deepEqual(part!.said.fusions, [{ five: 'CD74', three: 'ROS1', reads: 3, frame: 'out-of-frame' }])
})
