import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openEmbedded } from '../../src/store/embedded/embedded-database.ts'
import { garrodWith } from '../support/command-line.ts'
import { newHome, removeHome } from '../support/store-home.ts'

const home = newHome()
after(() => removeHome(home))
const garrod = (...argv: string[]) => garrodWith({ GARROD_HOME: home, DATABASE_URL: undefined }, ...argv)
const json = (text: string) => JSON.parse(text) as Record<string, string>

test('commands that touch records are in the log, those that were refused too; names are not', async () => {
  assert.equal((await garrod('audit', 'verify')).exit, 0, 'an empty log is whole')
  await garrod('patient', 'add', '--id', 'ann', '--name', 'Ann Planted', '--sex', 'female')
  await garrod('patient', 'show', 'ann')
  await garrod('patient', 'list', '--search', 'Planted')
  await garrod('patient', 'show', 'bob-planted')
  await garrod('patient', 'add', '--id', 'ann', '--name', 'Planted')
  const { out, exit } = await garrod('audit', 'list')
  assert.equal(exit, 0)
  assert.doesNotMatch(out, /planted/i)
  const lines = out
    .trim()
    .split('\n')
    .map((line) => line.replace(/^(\d+) +\S+ +\S+ +/, '$1 ').replace(/ +/g, ' '))
  assert.deepEqual(lines, [
    '4 C create refused PATIENT_EXISTS HOPERAT garrod patient add',
    '3 R read refused PATIENT_UNKNOWN HOPERAT garrod patient show',
    '2 R search-type success HOPERAT ann garrod patient list',
    '1 R read success HOPERAT ann garrod patient show',
    '0 C create success HOPERAT ann garrod patient add',
  ])
  const about = await garrod(
    'audit',
    'list',
    '--patient',
    'ann',
    '--outcome',
    'success',
    '--most',
    '2',
    '--json',
  )
  assert.deepEqual(
    about.out
      .trim()
      .split('\n')
      .map((line) => json(line)['seq']),
    [2, 1],
  )
  assert.match(about.err, /1 older/)
})

test('a proof holds on its own; one that was altered does not', async () => {
  const { out } = await garrod('audit', 'prove', '1')
  const file = join(home, 'proof.json')
  writeFileSync(file, out)
  const { verifierKey } = json((await garrod('audit', 'head', '--json')).out)
  assert.equal((await garrod('audit', 'check', file)).exit, 1, 'nobody named the key')
  assert.deepEqual(await garrod('audit', 'check', file, '--key', verifierKey!), {
    exit: 0,
    out: 'the proof holds\n',
    err: '',
  })
  const proof = json(out)
  const altered: readonly (readonly [string, unknown])[] = [
    ['leaf', proof['leaf']!.replace('ann', 'bob')],
    ['leafIdx', 2],
    ['treeSize', 3],
    ['proof', []],
    ['root', proof['leafHash']],
    ['checkpoint', proof['checkpoint']!.replace('\nat 2', '\nat 3')],
    ['format', 'other'],
  ]
  for (const [name, value] of altered) {
    writeFileSync(file, JSON.stringify({ ...proof, [name]: value }))
    const { exit, err } = await garrod('audit', 'check', file, '--key', verifierKey!)
    assert.deepEqual([exit, /AUDIT_PROOF_WRONG/.test(err)], [2, true], name)
  }
  const growth = await garrod('audit', 'prove', '--from', '2')
  writeFileSync(file, growth.out)
  assert.equal((await garrod('audit', 'check', file, '--key', verifierKey!)).exit, 0)
  assert.equal((await garrod('audit', 'prove', '999')).exit, 2)
  assert.equal((await garrod('audit', 'prove', '--from', '999')).exit, 2)
})

const openssl = existsSync('/usr/bin/openssl') ? false : 'openssl is not installed'
test('a proof holds for a reader who has only SHA-256 and Ed25519 of another program', {
  skip: openssl,
}, async () => {
  const proof = json((await garrod('audit', 'prove', '1')).out) as unknown as {
    readonly [name: string]: string
  } & { readonly leafIdx: number; readonly treeSize: number; readonly proof: string[] }
  const sha256 = (...parts: Buffer[]) =>
    execFileSync('openssl', ['dgst', '-sha256', '-binary'], { input: Buffer.concat(parts) })
  let hash = sha256(Buffer.from([0]), Buffer.from(proof['leaf']!))
  let [index, last] = [proof.leafIdx, proof.treeSize - 1]
  for (const one of proof.proof.map((text) => Buffer.from(text, 'base64'))) {
    if (index % 2 === 1 || index === last) {
      hash = sha256(Buffer.from([1]), one, hash)
      while (index % 2 === 0 && index > 0) [index, last] = [index >> 1, last >> 1]
    } else hash = sha256(Buffer.from([1]), hash, one)
    ;[index, last] = [index >> 1, last >> 1]
  }
  assert.equal(hash.toString('base64'), proof['root'])
  const [text = '', line = ''] = proof['checkpoint']!.split(/(?<=\n)\n/)
  assert.equal(text.split('\n')[2], proof['root'])
  const file = (name: string, content: Buffer | string) => {
    writeFileSync(join(home, name), content)
    return join(home, name)
  }
  const key = Buffer.from(proof['verifierKey']!.split('+').slice(2).join('+'), 'base64').subarray(1)
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key])
  const signature = Buffer.from(line.split(' ')[2]!, 'base64').subarray(4)
  const told = execFileSync('openssl', [
    ...['pkeyutl', '-verify', '-pubin', '-keyform', 'DER', '-inkey', file('key.der', der), '-rawin'],
    ...['-in', file('text', text), '-sigfile', file('signature', signature)],
  ])
  assert.match(told.toString(), /Verified Successfully/)
})

test('tampering ends with 2 and names the entry; a lost anchor ends with 1', async () => {
  assert.equal((await garrod('audit', 'verify')).exit, 0)
  const moved = { GARROD_HOME: home, DATABASE_URL: undefined, GARROD_AUDIT_ANCHOR: join(home, 'empty') }
  const blind = await garrodWith(moved, 'audit', 'verify')
  assert.deepEqual([blind.exit, /no signed head/.test(blind.out)], [1, true])
  const database = await openEmbedded(home)
  await database.run(`update audit_event set leaf = replace(leaf, 'ann', 'bob') where seq = 1`)
  await database.close()
  const { exit, out } = await garrod('audit', 'verify')
  assert.equal(exit, 2)
  assert.match(out, /WRONG {2}altered: the text of entry 1 was altered/)
})
