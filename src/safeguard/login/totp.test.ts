import assert from 'node:assert/strict'
import { test } from 'node:test'
import { base32, matchingStep, otpauthUri, stepOf, type TotpHash, totpCode } from './totp.ts'

/** RFC 6238, appendix B: the seed is "1234567890" repeated to the length of the hash. */
const seed = (length: number) => Buffer.from('1234567890'.repeat(7).slice(0, length))
const LENGTH: Record<TotpHash, number> = { sha1: 20, sha256: 32, sha512: 64 }

for (const [seconds, step, sha1, sha256, sha512] of [
  [59, 0x1, '94287082', '46119246', '90693936'],
  [1111111109, 0x23523ec, '07081804', '68084774', '25091201'],
  [1111111111, 0x23523ed, '14050471', '67062674', '99943326'],
  [1234567890, 0x273ef07, '89005924', '91819424', '93441116'],
  [2000000000, 0x3f940aa, '69279037', '90698825', '38618901'],
  [20000000000, 0x27bc86aa, '65353130', '77737706', '47863826'],
] as const) {
  test(`RFC 6238 appendix B at ${seconds} s`, () => {
    assert.equal(stepOf(new Date(seconds * 1000)), step)
    for (const [hash, code] of Object.entries({ sha1, sha256, sha512 }) as [TotpHash, string][])
      assert.equal(totpCode(seed(LENGTH[hash]), step, 8, hash), code, hash)
  })
}

const secret = seed(20)
const at = new Date('2026-11-22T09:30:00Z')
const step = stepOf(at)

for (const [shift, taken] of [
  [-2, false],
  [-1, true],
  [0, true],
  [1, true],
  [2, false],
] as const) {
  test(`a code of ${shift} steps away is ${taken ? 'taken' : 'refused'}`, () => {
    assert.equal(
      matchingStep(secret, totpCode(secret, step + shift), at, 0),
      taken ? step + shift : undefined,
    )
  })
}

test('a code opens once, and no code before it opens after it', () => {
  assert.equal(matchingStep(secret, totpCode(secret, step), at, step - 1), step)
  assert.equal(matchingStep(secret, totpCode(secret, step), at, step), undefined)
  assert.equal(matchingStep(secret, totpCode(secret, step - 1), at, step), undefined)
  assert.equal(matchingStep(secret, totpCode(secret, step + 1), at, step), step + 1)
})

test('spaces as telephones show them are read over; nothing else is', () => {
  const code = totpCode(secret, step)
  assert.equal(matchingStep(secret, `${code.slice(0, 3)} ${code.slice(3)}`, at, 0), step)
  for (const typed of ['', code.slice(1), `0${code}`, `${code}0`, code.replace(/\d/g, 'x')])
    assert.equal(matchingStep(secret, typed, at, 0), undefined, typed)
})

test('base32 as RFC 4648 section 10 has it, without padding', () => {
  for (const [text, coded] of [
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ] as const)
    assert.equal(base32(Buffer.from(text)), coded)
  assert.match(
    otpauthUri('ann b', secret),
    /^otpauth:\/\/totp\/Garrod:ann%20b\?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&/,
  )
})
