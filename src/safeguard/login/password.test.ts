import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashPassword, isPassword, refuseSlowly } from './password-hash.ts'
import { LONGEST_PASSWORD, passwordWeakness, SHORTEST_PASSWORD } from './password-policy.ts'

const good = 'blue lamps over quiet harbours'

for (const [password, taken] of [
  [good, true],
  ['x7 Kd!2qm Pw9 rz', true],
  ['пять зелёных бутылок висят', true],
  [good.slice(0, SHORTEST_PASSWORD), true],
  [good.slice(0, SHORTEST_PASSWORD - 1), false],
  [`${good} `.repeat(6).slice(0, LONGEST_PASSWORD), true],
  [`${good} `.repeat(8).slice(0, LONGEST_PASSWORD + 1), false],
  ['', false],
  ['aaaaaaaaaaaaaaaaaaaaaaaa', false],
  ['abcabcabcabcabcabcabcabc', false],
  ['12345678901234567890', false],
  ['qwertyuiopasdfghjklzxcvbnm', false],
  ['Password1234567890', false],
  ['garrodgarrodgarrod', false],
  ['ann.smith ann.smith', false],
  ['HospitalClinicAdmin2026', false],
] as const)
  test(`"${password.slice(0, 40)}" (${[...password].length}) is ${taken ? 'taken' : 'refused'}`, () => {
    assert.equal(passwordWeakness(password, 'ann.smith') === undefined, taken)
  })

test('a hash opens for its password alone, names its cost, and is never the same twice', async () => {
  const [one, two] = await Promise.all([hashPassword(good), hashPassword(good)])
  assert.match(one, /^\$scrypt\$ln=15,r=8,p=3\$[\w+/]{22}\$[\w+/]{43}$/)
  assert.notEqual(one, two)
  assert.equal(await isPassword(good, one), true)
  assert.equal(await isPassword(`${good} `, one), false)
  assert.equal(await refuseSlowly(good), false)
  await assert.rejects(isPassword(good, 'plain'))
})

test('an older, cheaper hash still opens: its cost stands in it', async () => {
  // RFC 7914, section 12: scrypt("pleaseletmein", "SodiumChloride", N=16384, r=8, p=1), first 32 bytes.
  const key = Buffer.from('7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2', 'hex')
  const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
  const hash = `$scrypt$ln=14,r=8,p=1$${text(Buffer.from('SodiumChloride'))}$${text(key)}`
  assert.equal(await isPassword('pleaseletmein', hash), true)
  assert.equal(await isPassword('pleaseletmeout', hash), false)
})

test('two ways to type one letter are one password', async () => {
  const hash = await hashPassword('caf\u00e9 over the quiet harbour')
  assert.equal(await isPassword('cafe\u0301 over the quiet harbour', hash), true)
})
