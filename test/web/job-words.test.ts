import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { readConfig } from '../../src/app/config.ts'
import { jobHandlers } from '../../src/app/job-handlers.ts'
import { Facts } from '../../src/knowledge/facts.ts'
import { accessLine } from '../../src/safeguard/audit/access-words.ts'
import { jobWords } from '../../web/src/jobs/job-words.ts'

const facts = Facts.find(readConfig({}).factFolders)
const source = readFileSync(join(import.meta.dirname, '..', '..', 'src', 'app', 'job-handlers.ts'), 'utf8')

test('every kind of job has words on the page of jobs, and in the list of who looked', () => {
  const kinds = Object.keys(jobHandlers({ facts } as Parameters<typeof jobHandlers>[0]))
  assert.equal(kinds.length, [...source.matchAll(/^ {4}\[[A-Z_]+\]:/gm)].length)
  for (const kind of kinds) {
    assert.notEqual(jobWords(kind), kind)
    const { sentence } = accessLine({
      at: '2026-11-22T09:30:00Z',
      action: 'R',
      kind: 'job',
      interaction: kind,
      outcome: 'success',
      who: { id: `job:${kind}`, roles: [] },
      purpose: 'HOPERAT',
      patients: [],
      what: [],
    })
    assert.ok(!sentence.includes(`(${kind})`), sentence)
  }
})
