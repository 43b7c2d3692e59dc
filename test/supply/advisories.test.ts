import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import {
  type Advisory,
  compareVersions,
  cvss3,
  DAYS,
  findingsIn,
  isAffected,
  severityOf,
} from '../../scripts/advisories.mjs'

const root = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'garrod-osv-'))
after(() => rmSync(folder, { recursive: true }))

/** A made advisory on a package that the lock file holds. */
const advisory = (change: Partial<Advisory> = {}): Advisory => ({
  id: 'GHSA-made-0001',
  published: '2026-11-01T00:00:00Z',
  modified: new Date().toISOString(),
  summary: 'made for the test',
  database_specific: { severity: 'HIGH' },
  affected: [
    {
      package: { ecosystem: 'npm', name: 'fastify' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '999.0.0' }] }],
    },
  ],
  ...change,
})

function check(name: string, content: unknown, ...args: string[]) {
  const file = join(folder, name)
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'scripts/advisories.mjs'), '--osv', file, ...args],
    { encoding: 'utf8' },
  )
  return { status, stdout, stderr }
}

test('a part with a known vulnerability of severity high fails the check, with what mends it and by when', () => {
  const { status, stdout, stderr } = check('high.json', [advisory()])
  assert.equal(status, 1)
  assert.match(stdout, /^high\tfastify \d+\.\d+\.\d+\tGHSA-made-0001\tfixed in 999\.0\.0\tdue 2026-11-15\t/)
  assert.match(stderr, /1 findings, 1 of severity high or worse/)
})

test('a severity that nobody states fails, a low one is told and does not', () => {
  const { database_specific: _none, ...silent } = advisory()
  assert.equal(check('unknown.json', [silent]).status, 1)
  const low = check('low.json', { vulns: [advisory({ database_specific: { severity: 'LOW' } })] }, '--json')
  assert.deepEqual([low.status, (JSON.parse(low.stdout) as unknown[]).length], [0, 1])
})

test('withdrawn, of another ecosystem, of another version: nothing', () => {
  const [entry] = advisory().affected!
  for (const change of [
    { withdrawn: '2026-11-02T00:00:00Z' },
    { affected: [{ ...entry!, package: { ecosystem: 'PyPI', name: 'fastify' } }] },
    { affected: [{ ...entry!, ranges: [{ type: 'SEMVER', events: [{ introduced: '998.0.0' }] }] }] },
  ])
    assert.deepEqual(findingsIn([advisory(change)], [{ name: 'fastify', version: '5.0.0' }]), [])
})

test('a list that is old, empty or no list is said', () => {
  assert.match(
    check('old.json', [advisory({ modified: '2020-01-01T00:00:00Z' })]).stderr,
    /older than 7 days/,
  )
  for (const [name, content] of [
    ['empty.json', ''],
    ['none.json', []],
    ['other.json', { hello: 1 }],
    ['broken.json', '{'],
  ] as const) {
    const { status, stderr } = check(name, content)
    assert.deepEqual([name, status, /cannot be read/.test(stderr)], [name, 2, true])
  }
})

test('no list at all is said, and is no pass', () => {
  // A program of that name that answers as a registry without advisories does.
  writeFileSync(join(folder, 'npm'), '#!/bin/sh\necho \'{"message":"405 Method Not Allowed"}\'\nexit 1\n', {
    mode: 0o755,
  })
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(root, 'scripts/advisories.mjs'), ...args], {
      encoding: 'utf8',
      env: { ...process.env, OSV_EXPORT: '', PATH: `${folder}:${process.env['PATH']}` },
    })
  const bare = run()
  assert.equal(bare.status, 2)
  assert.match(bare.stderr, /no list of known vulnerabilities could be had: nothing is known of \d+ packages/)
  assert.equal(run('--if-any').status, 0)
})

for (const [version, events, affected] of [
  ['1.2.3', [{ introduced: '0' }, { fixed: '1.2.4' }], true],
  ['1.2.4', [{ introduced: '0' }, { fixed: '1.2.4' }], false],
  ['1.2.4-rc.1', [{ introduced: '0' }, { fixed: '1.2.4' }], true],
  ['1.2.4', [{ introduced: '1.2.0' }, { last_affected: '1.2.4' }], true],
  ['1.2.5', [{ introduced: '1.2.0' }, { last_affected: '1.2.4' }], false],
  ['1.1.9', [{ introduced: '1.2.0' }, { fixed: '2.0.0' }], false],
  ['3.0.0', [{ fixed: '2.0.0' }, { introduced: '0' }, { introduced: '3.0.0' }, { fixed: '3.0.1' }], true],
  ['2.5.0', [{ introduced: '0' }, { fixed: '2.0.0' }, { introduced: '3.0.0' }], false],
  ['2.0.0', [{ introduced: '0' }, { limit: '2.0.0' }], false],
] as const)
  test(`${version} in ${JSON.stringify(events)}: ${affected}`, () =>
    assert.equal(isAffected(version, { ranges: [{ type: 'SEMVER', events: [...events] }] }), affected))

test('versions in the order of Semantic Versioning, clause 11', () => {
  const order =
    '1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0 1.0.1 1.2.0 1.10.0 2.0.0'
  const versions = order.split(' ')
  assert.deepEqual([...versions].reverse().sort(compareVersions), versions)
  assert.equal(compareVersions('1.0.0+a', 'v1.0.0+b'), 0)
})

test('base scores of CVSS 3.1 vectors', () => {
  for (const [vector, score] of [
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 9.8],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', 6.1],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H', 7.5],
    ['CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N', 1.8],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', 10],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', 0],
  ] as const)
    assert.equal(cvss3(vector), score, vector)
  assert.equal(cvss3('CVSS:4.0/AV:N'), undefined)
  const severity = [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' }]
  assert.equal(severityOf({ severity }), 'high')
  assert.equal(severityOf({}), 'unknown')
})

test('the time frames are those that are written down', () => {
  const page = readFileSync(join(root, 'docs/security.md'), 'utf8')
  for (const [severity, days] of Object.entries(DAYS))
    assert.ok(page.includes(`| ${severity} | ${days} days |`), severity)
})
