import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openLeakedPasswords } from './leaked-passwords.ts'

const folder = mkdtempSync(join(tmpdir(), 'garrod-leaked-'))
after(() => rmSync(folder, { recursive: true }))

const hash = (text: string) => createHash('sha1').update(text).digest('hex').toUpperCase()
const file = (content: string) => {
  const path = join(folder, `${hash(content).slice(0, 8)}.txt`)
  writeFileSync(path, content)
  return path
}
const listOf = (passwords: readonly string[], end = '\r\n', last = end) =>
  file(
    passwords
      .map((one, n) => `${hash(one)}:${10 ** (n % 8)}`)
      .sort()
      .join(end) + last,
  )
const words = (many: number) => Array.from({ length: many }, (_, n) => `password number ${n}`)

for (const [many, end, last] of [
  [1, '\n', ''],
  [1, '\r\n', '\r\n'],
  [90, '\n', ''],
  [91, '\r\n', '\r\n'],
  [5000, '\r\n', ''],
  [5000, '\n', '\n'],
] as const)
  test(`each of ${many} leaked passwords is found, and no other (${JSON.stringify(end + last)})`, async () => {
    const leaked = words(many)
    const list = await openLeakedPasswords(listOf(leaked, end, last))
    const looked = many > 500 ? leaked.filter((_, n) => n % 7 === 0) : leaked
    for (const one of looked) assert.equal(await list.holds(one), true, one)
    for (let n = 0; n < 300; n++) assert.equal(await list.holds(`other ${n}`), false)
  })

test('the first and the last line are found, in small letters and without counts too', async () => {
  const hashes = words(700).map(hash).sort()
  const list = await openLeakedPasswords(file(hashes.join('\n').toLowerCase()))
  for (const one of words(700)) {
    const at = hashes.indexOf(hash(one))
    if (at < 3 || at > 696) assert.equal(await list.holds(one), true, String(at))
  }
})

test('two spellings of one letter are both looked for', async () => {
  const list = await openLeakedPasswords(listOf(['caf\u00e9 over the quiet harbour', 'some other']))
  assert.equal(await list.holds('cafe\u0301 over the quiet harbour'), true)
  assert.equal(await list.holds('cafe over the quiet harbour'), false)
})

test('a list that would find nothing is refused before it is believed', async () => {
  const byFrequency = words(2000).map((one) => `${hash(one)}:9`)
  const faults = [
    [file(byFrequency.join('\n')), 'LEAKED_PASSWORDS_ORDER'],
    [file('plain words\nof a list\n'), 'LEAKED_PASSWORDS_MALFORMED'],
    [file(`${hash('a')}${'x'.repeat(5000)}`), 'LEAKED_PASSWORDS_MALFORMED'],
    // The other format that is given out: NTLM, of 32 digits.
    [file(`${hash('a').slice(0, 32)}:3\n`), 'LEAKED_PASSWORDS_MALFORMED'],
    [file(''), 'LEAKED_PASSWORDS_MISSING'],
    [join(folder, 'nowhere'), 'LEAKED_PASSWORDS_MISSING'],
    [folder, 'LEAKED_PASSWORDS_MISSING'],
  ] as const
  for (const [path, code] of faults) await assert.rejects(openLeakedPasswords(path), { code }, code)
})
