import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { needs, sharedData } from '../../../../test/support/shared-data.ts'
import { Facts } from '../../facts.ts'
import { oncoTree } from '../../tumor/oncotree.ts'
import { importDiagnosisGroups } from './diagnosis-groups.ts'
import { importOncoTree } from './import-oncotree.ts'
import { readOncoTree } from './read-release.ts'

const folder = mkdtempSync(join(tmpdir(), 'garrod-oncotree-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const node = (
  code: string,
  name: string,
  parent: string | null,
  children: object = {},
  rest: object = {},
) => ({
  code,
  name,
  parent,
  mainType: name,
  tissue: 'Skin',
  history: [],
  precursors: [],
  externalReferences: { NCI: [`C_${code}`] },
  children,
  ...rest,
})
const tree = (name: string, rest: object = {}) =>
  JSON.stringify({ TISSUE: node('TISSUE', 'Tissue', null, { MEL: node('MEL', name, 'TISSUE', {}, rest) }) })

test('releases become the newest tree, with former names and codes', () => {
  writeFileSync(join(folder, 'oncotree_2020_01_01.json'), tree('Malignant Melanoma'))
  writeFileSync(join(folder, 'oncotree_2024_01_01.json'), tree('Melanoma', { history: ['OLDMEL'] }))
  const into = join(folder, 'facts')
  importOncoTree({ path: folder, into, version: undefined, retrieved: '2026-11-22' })
  importGroups(into)
  const found = oncoTree(Facts.find([into]))
  assert.equal(found.version, '2024-01-01')
  for (const text of ['mel', 'Melanoma', 'malignant melanoma', 'OLDMEL'])
    assert.equal(found.find(text)?.code, 'MEL', text)
  assert.equal(found.find('Moles'), undefined)
  assert.deepEqual([...found.lineage('MEL')], ['MEL', 'TISSUE'])
  assert.deepEqual(found.types.get('MEL')?.ncit, ['C_MEL'])
})

function importGroups(into: string): void {
  const groups = join(folder, 'groups.json')
  writeFileSync(groups, JSON.stringify({ Melanoma: ['Melanoma'] }))
  importDiagnosisGroups({ path: groups, into, version: '1', retrieved: '2026-11-22' })
}

test('what is no release is refused', () => {
  for (const text of ['no', '[1]', '{"TISSUE":{"code":"A"}}'])
    assert.throws(() => readOncoTree(text, 'f'), { code: 'ONCOTREE_MALFORMED' }, text)
  assert.throws(
    () => importOncoTree({ path: join(folder, 'none'), into: folder, version: undefined, retrieved: '' }),
    {
      code: 'IMPORT_FOLDER_UNREADABLE',
    },
  )
})

const RELEASE = 'oncology/oncotree/oncotree_2025_10_03.json'
test('the built-in pack holds every type of its release, under its own name and parent', {
  skip: needs(RELEASE),
}, () => {
  const types = readOncoTree(readFileSync(sharedData(RELEASE)!, 'utf8'), 'release')
  const pack = oncoTree(Facts.find(['facts']))
  assert.equal(pack.types.size, types.length)
  for (const { code, name, parent, tissue } of types) {
    const { name: ownName, parent: ownParent, tissue: ownTissue } = pack.types.get(code)!
    assert.deepEqual([ownName, ownParent, ownTissue], [name, parent, tissue])
  }
})
