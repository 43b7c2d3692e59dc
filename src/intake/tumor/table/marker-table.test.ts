import assert from 'node:assert/strict'
import { test } from 'node:test'
import { partsOf } from '../../../../test/support/tumor-parts.ts'
import type { TumorMarker } from '../../../record/tumor-profile.ts'

const part = async (...rows: readonly string[]) =>
  (await partsOf(['marker\tvalue\tunit\tscale', ...rows.map((row) => row.replaceAll('|', '\t'))]))[0]!

const short = (marker: TumorMarker): string => {
  switch (marker.kind) {
    case 'mutational-burden':
      return `TMB ${marker.perMegabase}`
    case 'microsatellites':
    case 'mismatch-repair':
      return `${marker.kind} ${marker.status}`
    case 'homologous-recombination':
      return `HRD ${marker.status} ${marker.score}`
    case 'arm':
      return marker.arm
    case 'protein':
      return `${marker.protein} ${marker.status} ${marker.score?.scale} ${marker.score?.value}`
  }
}

for (const [row, told] of [
  ['TMB|12.5|mut/Mb|', 'TMB 12.5'],
  ['Tumor mutational burden|9 mut/Mb||', 'TMB 9'],
  ['MSI|MSI-H||', 'microsatellites high'],
  ['Microsatellite status|MSS||', 'microsatellites stable'],
  ['MSI|MSI-L||', 'microsatellites low'],
  ['MSI|MSI-S||', 'microsatellites stable'],
  ['MSI status|MSI||', 'microsatellites high'],
  ['MMR|pMMR||', 'mismatch-repair proficient'],
  ['HRD score|45||', 'HRD undefined 45'],
  ['HRD|positive||', 'HRD deficient undefined'],
  ['HER2|3+||IHC', 'HER2 positive IHC 3'],
  ['HER2 IHC|2+||', 'HER2 undefined IHC 2'],
  ['HER2|Negative (1+)||', 'HER2 low IHC 1'],
  ['HER2|Negative (0)||', 'HER2 negative IHC 0'],
  ['HER2|2+ (equivocal)||', 'HER2 undefined IHC 2'],
  ['HER2|IHC 2+/ISH-||', 'HER2 low IHC 2'],
  ['HER2|2+, FISH amplified||', 'HER2 positive IHC 2'],
  ['HER2|Positive (3+)||', 'HER2 positive IHC 3'],
  // A word behind takes the first word back.
  ['HRD|HRD-negative||', 'HRD proficient undefined'],
  ['HRD|HRD not detected||', 'HRD proficient undefined'],
  ['HRD|GIS 55 (positive)||', 'HRD deficient 55'],
  ['MSI|MSI-H not detected||', 'microsatellites stable'],
  ['TMB|TMB-High (14 Muts/Mb)||', 'TMB 14'],
  ['TMB|12,5||', 'TMB 12.5'],
  ['ER|Positive (95%)||', 'ER positive percent 95'],
  ['HER2 IHC|1+||', 'HER2 low IHC 1'],
  ['HER2 (IHC)|0||', 'HER2 negative IHC 0'],
  ['HER2|ultralow||', 'HER2 ultralow undefined undefined'],
  ['ER|90%||', 'ER positive percent 90'],
  ['ER|90||percent', 'ER positive percent 90'],
  ['ER|<1%||', 'ER negative percent 0'],
  ['PR|negative||', 'PR negative undefined undefined'],
  ['PD-L1 (22C3)|60 %||TPS', 'PD-L1 undefined TPS 60'],
  ['PD-L1 CPS|12||', 'PD-L1 undefined CPS 12'],
  ['PD-L1|IC 5%||', 'PD-L1 undefined IC 5'],
  ['PD-L1 TPS|<1%||', 'PD-L1 undefined TPS 0'],
  ['HLA-A*02:06|positive||', 'HLA-A*02:06 positive undefined undefined'],
  ['PTEN (IHC)|lost||', 'PTEN negative undefined undefined'],
  ['PTEN protein|retained||', 'PTEN positive undefined undefined'],
  ['ctDNA|not detected||', 'ctDNA negative undefined undefined'],
] as const)
  test(`${row} is ${told}`, async () => {
    const { said, leftOut } = await part(row)
    assert.deepEqual([said.markers!.map(short), leftOut], [[told], []])
  })

for (const [row, reason] of [
  ['TMB|high||', /number per megabase is needed/],
  ['MSI|28.5||', /its cut belongs to the assay/],
  ['PD-L1|60||', /whether it is TPS/],
  ['PD-L1 TPS|1-49%||', /range/],
  ['ER|Allred 8||', /neither positive nor negative/],
  ['MSI|not tested||', /no result/],
  ['PTEN|negative||', /not known here/],
  ['Ki-67|30%||', /not known here/],
] as const)
  test(`${row} decides nothing and is told`, async () => {
    const { said, leftOut } = await part(row)
    assert.deepEqual(said.markers, [])
    assert.match(leftOut[0]!.reason, reason)
  })

test('four proteins of mismatch repair make one marker; three retained do not', async () => {
  const retained = ['MLH1|retained||', 'MSH2|intact||', 'MSH6|retained||']
  assert.deepEqual((await part(...retained)).said.markers, [])
  assert.deepEqual((await part(...retained, 'PMS2|retained||')).said.markers!.map(short), [
    'mismatch-repair proficient',
  ])
  assert.deepEqual((await part(...retained, 'PMS2|lost||')).said.markers!.map(short), [
    'mismatch-repair deficient',
  ])
})

test('hybridisation settles HER2 2+', async () => {
  assert.deepEqual((await part('HER2 IHC|2+||', 'HER2 FISH|amplified||')).said.markers!.map(short), [
    'HER2 positive IHC 2',
  ])
  assert.deepEqual((await part('HER2 IHC|2+||', 'HER2 ISH|not amplified||')).said.markers!.map(short), [
    'HER2 low IHC 2',
  ])
})

test('purity and ploidy stand in the same table; what cannot be is refused with its line', async () => {
  const { said } = await part('purity|60%||', 'ploidy|2.4||')
  assert.deepEqual([said.purity, said.ploidy], [0.6, 2.4])
  for (const [row, code] of [
    ['purity|60||', 'FRACTION_INVALID'],
    ['HER2 IHC|9||', 'MARKER_INVALID'],
    ['PD-L1 TPS|160||', 'MARKER_INVALID'],
    ['TMB|-3||', 'MARKER_INVALID'],
    ['ploidy|90||', 'PLOIDY_INVALID'],
  ] as const)
    await assert.rejects(part(row), { code, where: 'f:2' }, row)
})

for (const row of [
  'MLH1 promoter methylation|not detected',
  'MSH2 mutation|not detected',
  'MMR gene sequencing|normal',
  'ERBB2 mutation|detected',
  'HER2 exon 20 insertion|detected',
  'CD274 amplification|not detected',
  'Homologous recombination gene mutations|negative',
  'MLH1|negative for loss',
  'MMR|loss of expression not observed',
  'HER2|Positive (1+)',
  'HER2|0-1+',
  'ER|Negative (95%)',
  'PD-L1 IC|2',
])
  test(`${row.replace('|', ': ')} is no marker: it speaks of a gene, or takes itself back`, async () => {
    const { said } = await part(`${row}||`)
    assert.deepEqual(said.markers, [])
  })
