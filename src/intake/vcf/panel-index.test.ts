import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PANEL, saidAt, setsOf, vcfOf } from '../../../test/cases/intake/small-panel.ts'
import type { PanelLocus } from '../../terms/genome.ts'
import { indexPanel, place } from './panel-index.ts'

test('loci in each other’s reach share a zone; the others have their own', () => {
  const zones = indexPanel(PANEL, ['GRCh38']).get('chr10')!
  assert.deepEqual([...zones.from], [94942205, 94942290, 94981296, 94981297])
  assert.deepEqual([...zones.to], [94942222, 94942290, 94981296, 94981297])
  const cyp2d6 = indexPanel(PANEL, ['GRCh38']).get('chr22')!
  assert.deepEqual(
    cyp2d6.loci.map((loci) => loci.map((one) => one.locus.position)),
    [[42128198, 42128200], [42128945]],
  )
})

test('a locus that the other build does not have, or spells otherwise, has no place there', () => {
  const known = PANEL.find((one) => one.id === 'chr1:97450065')!
  assert.equal(place(known, 0, 'GRCh37')?.window?.start, 97915621)
  assert.equal(place({ ...known, grch37: undefined }, 0, 'GRCh37'), undefined)
  assert.equal(place({ ...known, grch37: { position: 97915621, ref: 'TC' } }, 0, 'GRCh37'), undefined)
})

test('a context that cannot hold the allele is a mistake of the facts, not of the file', () => {
  const locus = { ...PANEL[1]!, context: { start: 97450060, bases: 'TGG' } }
  assert.throws(() => place(locus, 0, 'GRCh38'), /context of chr1:97450065/)
})

test('a single base that the builds do not share is changed inside the window of its neighbour', async () => {
  const base = { rsid: undefined, gene: 'G', chromosome: 'chr1' } as const
  const panel: PanelLocus[] = [
    {
      ...base,
      id: 'chr1:100',
      position: 100,
      ref: 'CA',
      alts: ['C'],
      grch37: { position: 200, ref: 'CA' },
      context: { start: 100, bases: 'CAAG' },
    },
    {
      ...base,
      id: 'chr1:103',
      position: 103,
      ref: 'G',
      alts: ['T'],
      grch37: { position: 203, ref: 'T' },
      context: undefined,
    },
  ]
  const lines = ['1 200 . CAAT CAT . . . GT 0/1']
  const [set] = await setsOf(vcfOf(lines, { build: 'GRCh37' }), {}, panel)
  assert.equal(saidAt(set!, 'chr1:100'), 'CA/C')
})
