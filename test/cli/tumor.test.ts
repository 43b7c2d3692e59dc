import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Oncogenicity } from '../../src/interpret/finding/tumor.ts'
import { garrod } from '../support/command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'garrod-tumor-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, lines: readonly string[]): string {
  const path = join(folder, name)
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

function rows<T>(out: string): T[] {
  return out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T)
}

test('codes of one variant: the excluded one is told, not counted', async () => {
  const { exit, out } = await garrod('tumor', 'oncogenicity', '--criteria', 'OVS1,OM2', '--json')
  const [found] = rows<Oncogenicity>(out)
  assert.equal(exit, 0)
  assert.deepEqual([found!.class, found!.points, found!.pointsBeforeExclusions], ['likely-oncogenic', 8, 10])
  assert.match(found!.why.join(' '), /OM2: Not counted beside OVS1/)
})

test('a table of codes: a row that cannot be read has a fault beside the others', async () => {
  const table = file('codes.tsv', ['variant\tcodes', 'a\tOS2, OS3; OP1 OP4', 'b\tPVS1', 'c\t'])
  const { exit, out } = await garrod('tumor', 'oncogenicity', table, '--json')
  assert.equal(exit, 1)
  assert.deepEqual(
    rows<Oncogenicity & { fault?: { code: string } }>(out).map((row) => row.fault?.code ?? row.class),
    ['oncogenic', 'ONCOGENICITY_CODE_UNKNOWN', 'uncertain'],
  )
})

test('a table of variants with the user’s hotspots; a frequency in percent is refused', async () => {
  const table = file('variants.tsv', [
    'Hugo_Symbol\tProtein_Change\tVariant_Classification\tgnomAD_AF',
    'KRAS\tp.G12V\tMissense_Mutation\t',
    'KRAS\tp.G12V\tMissense_Mutation\t.',
    'NF1\tp.R304*\tNonsense_Mutation\t12',
  ])
  const hotspots = file('hotspots.tsv', [
    'gene\tresidue\talt_aa\tsamples',
    'KRAS\tG12\tV\t10',
    'KRAS\tG12\tD\t40',
  ])
  const { exit, out } = await garrod('tumor', 'oncogenicity', table, '--hotspots', hotspots, '--json')
  assert.equal(exit, 1)
  const found = rows<Oncogenicity & { fault?: { code: string } }>(out)
  assert.deepEqual(
    found.map((row) => row.fault?.code ?? row.class),
    ['oncogenic', 'likely-oncogenic', 'FREQUENCY_INVALID'],
  )
  assert.ok(found[1]!.wouldChange.some((one) => one.startsWith('with OP4, which was not assessed')))
})

test('a category over a MAF: not tested is not wild type', async () => {
  const maf = file('tumour.maf', [
    'Hugo_Symbol\tVariant_Classification\tProtein_Change\tTumor_Sample_Barcode\tcopy_number\tfusion',
    'BRAF\tMissense_Mutation\tp.V600K\tone\t\t',
    'BRAF\tMissense_Mutation\tp.V600E\ttwo\t\t',
    'ERBB2\t\t\ttwo\tamplification\t',
    '\t\t\ttwo\t\tEML4::ALK',
  ])
  const ask = async (category: string, ...more: string[]) => {
    const { out } = await garrod('tumor', 'match', maf, '--category', category, ...more, '--json')
    return rows<{ state: string }>(out).map(({ state }) => state)
  }
  assert.deepEqual(await ask('BRAF V600 not E'), ['met', 'unknown'])
  assert.deepEqual(await ask('BRAF V600 not E', '--genes', 'BRAF'), ['met', 'not-met'])
  assert.deepEqual(await ask('KRAS wild type', '--genes', 'BRAF'), ['unknown', 'unknown'])
  assert.deepEqual(await ask('KRAS wild type', '--genes', 'all'), ['met', 'met'])
  assert.deepEqual(await ask('ERBB2 amplification OR ALK fusion'), ['unknown', 'met'])
})

for (const [argv, code] of [
  [['tumor'], 'USAGE_TUMOR'],
  [['tumor', 'oncogenicity'], 'USAGE_CODES'],
  [['tumor', 'oncogenicity', '--criteria', 'OVS1', 'x.tsv'], 'USAGE_CODES'],
  [['tumor', 'oncogenicity', join(folder, 'absent.tsv')], 'FILE_NOT_FOUND'],
  [['tumor', 'match', 'x.tsv'], 'USAGE_MATCH'],
  [['tumor', 'match', 'x.tsv', '--category', 'BRAF'], 'CATEGORY_UNKNOWN'],
] as const)
  test(`${argv.join(' ').replace(folder, '')} is refused with ${code}`, async () => {
    const { exit, err } = await garrod(...argv)
    assert.equal(exit, 2)
    assert.match(err, new RegExp(code))
  })
