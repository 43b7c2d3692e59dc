import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Fault } from '../../terms/fault.ts'
import { Facts } from '../facts.ts'
import { writePack } from '../import/write-pack.ts'
import { guidelines } from './guidelines.ts'

const root = mkdtempSync(join(tmpdir(), 'garrod-guidelines-'))
after(() => rmSync(root, { recursive: true }))

const guideline = {
  id: 'PA9',
  source: 'CPIC',
  drugs: ['examplan'],
  genes: ['CYP2D6'],
  version: 'annotation 1',
  url: 'https://example.org/PA9',
  pmids: [],
}
const rule = {
  id: 'PA9-1',
  guideline: 'PA9',
  drugs: ['examplan'],
  when: [{ gene: 'CYP2D6', basis: 'activityScore', in: ['0.0'] }],
  population: { code: 'general' },
  actions: [{ code: 'AVOID' }],
  effects: [],
  strength: 'strong',
  interrupt: 'warning',
  textSha256: '0'.repeat(16),
}

function factsWith(packs: Readonly<Record<string, readonly unknown[]>>): Facts {
  const folder = mkdtempSync(join(root, 'facts-'))
  const head = {
    title: 'Test',
    source: 'https://example.org/',
    version: '1',
    retrieved: '2026-01-01',
    licence: 'CC0-1.0',
    attribution: 'None',
    limits: [],
  }
  for (const [id, rules] of Object.entries(packs)) {
    const lines = rules.map((one) => `${JSON.stringify(one)}\n`).join('')
    const files = new Map([
      ['rules.jsonl', lines],
      ['guidelines.jsonl', `${JSON.stringify(guideline)}\n`],
    ])
    writePack(folder, { ...head, id }, files)
  }
  return Facts.find([folder])
}

function faultOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
  return 'none'
}

test('rules of all installed packs are found by drug, each with its guideline and pack', () => {
  const facts = factsWith({ cpic: [rule], dpwg: [{ ...rule, id: 'PA9-2', drugs: ['examplan', 'otheran'] }] })
  const read = guidelines(facts)
  assert.deepEqual(read.drugs, ['examplan', 'otheran'])
  assert.deepEqual(
    read.forDrug('examplan').map(({ rule: one, pack }) => [one.id, pack.id]),
    [
      ['PA9-1', 'cpic'],
      ['PA9-2', 'dpwg'],
    ],
  )
  assert.equal(read.forDrug('otheran')[0]?.guideline.url, 'https://example.org/PA9')
  assert.equal(read.rules.length, 2)
})

test('a rule that is not of the schema is refused when it is asked for', () => {
  const read = guidelines(factsWith({ cpic: [rule, { ...rule, drugs: ['badan'], actions: [] }] }))
  assert.equal(read.forDrug('examplan').length, 1)
  assert.equal(
    faultOf(() => read.forDrug('badan')),
    'FACTS_ROW_INVALID',
  )
})

test('a rule that cites a guideline its pack lacks is refused', () => {
  const read = guidelines(factsWith({ cpic: [{ ...rule, guideline: 'PA8' }] }))
  assert.equal(
    faultOf(() => read.rules),
    'FACTS_ROW_INVALID',
  )
})

test('a rule without drugs could never be found: refused at once', () => {
  const facts = factsWith({ cpic: [{ ...rule, drugs: undefined }] })
  assert.equal(
    faultOf(() => guidelines(facts)),
    'FACTS_ROW_INVALID',
  )
})
