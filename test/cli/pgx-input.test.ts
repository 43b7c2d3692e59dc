import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { garrod } from '../support/command-line.ts'

const root = join(import.meta.dirname, '..', '..')
const cli = join(root, 'src', 'app', 'cli.ts')
const file = join(root, 'examples', 'clopidogrel.vcf.gz')
const words = ['pgx', '-', '--drug', 'clopidogrel', '--json']
const run = (input: Uint8Array) => spawnSync(process.execPath, [cli, ...words], { input, encoding: 'utf8' })

test('"-" is a genotype file on standard input, plain or compressed: the answer of the file', async () => {
  const { status, stdout, stderr } = run(readFileSync(file))
  assert.equal(status, 0, stderr)
  const of = (text: string) => text.replaceAll('standard input', file)
  assert.equal(of(stdout), (await garrod('pgx', file, '--drug', 'clopidogrel', '--json')).out)
})

test('nothing on standard input is a fault that says so', () => {
  const { status, stderr } = run(new Uint8Array())
  assert.equal(status, 2)
  assert.match(stderr, /standard input[\s\S]*EMPTY_FILE/)
})
