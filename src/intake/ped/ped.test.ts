import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPed } from './ped.ts'

const TRIO = 'F1\tkid\tdad\tmom\t1\t2\nF1\tdad\t0\t0\t1\t1\nF1\tmom\t0\t0\t2\t-9\n'

test('a trio, by tabs or spaces, with a header or without', () => {
  for (const text of [
    TRIO,
    TRIO.replaceAll('\t', '  '),
    `#Family\tMember\n${TRIO}`,
    `family\tid\tfather\tmother\tsex\tphenotype\n${TRIO}`,
    TRIO.replaceAll('\n', '\r\n'),
  ]) {
    const { members } = readPed(text, 'f.ped')
    assert.deepEqual(members[0], {
      family: 'F1',
      id: 'kid',
      father: 'dad',
      mother: 'mom',
      sex: 'male',
      affected: true,
    })
    assert.deepEqual([members[1]?.affected, members[2]?.affected, members.length], [false, undefined, 3])
  }
})

test('a parent without a line is named and no member: siblings are known by it', () => {
  const { members } = readPed('F\ta\tghost\t0\t0\t0\n', 'f')
  assert.deepEqual([members.length, members[0]?.father, members[0]?.mother], [1, 'ghost', undefined])
})

for (const [code, text] of [
  ['PED_EMPTY', '# nobody\n'],
  ['PED_COLUMNS', 'F\ta\t0\t0\t1\n'],
  ['PED_SEX', 'F\ta\t0\t0\t3\t1\n'],
  ['PED_PHENOTYPE', 'F\ta\t0\t0\t1\t1.5\n'],
  ['PED_TWICE', 'F\ta\t0\t0\t1\t1\nF\ta\t0\t0\t1\t1\n'],
  ['PED_PARENT_SEX', 'F\ta\tm\t0\t1\t1\nF\tm\t0\t0\t2\t1\n'],
  ['PED_PARENT_FAMILY', 'F\ta\td\t0\t1\t1\nG\td\t0\t0\t1\t1\n'],
  ['PED_LOOP', 'F\ta\tb\t0\t1\t1\nF\tb\ta\t0\t1\t1\n'],
  ['PED_LOOP', 'F\ta\ta\t0\t1\t1\n'],
] as const) {
  test(`${code}: ${JSON.stringify(text)}`, () => assert.throws(() => readPed(text, 'f.ped'), { code }))
}
