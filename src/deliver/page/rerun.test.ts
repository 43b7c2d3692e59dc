import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleCase } from '../../../test/support/example-case.ts'
import { rerunCommand } from './rerun.ts'

test('the command names file, sample, drugs, the facts in force and the date', () => {
  const command = rerunCommand({ ...exampleCase, reportedOn: '2026-11-22', packs: [] })
  for (const part of [
    'garrod report example-1.vcf.gz --sample EXAMPLE-1',
    '--outside hospital-panel.tsv',
    '--taking Plavix',
    '--drug warfarin',
    '--pin cpic@2025-11-05',
    '--date 2026-11-22',
  ])
    assert.ok(command.includes(part), part)
})

test('a name that the shell would read is quoted', () => {
  const record = {
    ...exampleCase.record,
    drugs: [{ text: "o'x; rm -rf $HOME", rxcui: undefined, atc: undefined, status: 'taking' as const }],
  }
  assert.ok(
    rerunCommand({ ...exampleCase, record, reportedOn: '2026-11-22', packs: [] }).includes(
      "--taking 'o'\\''x; rm -rf $HOME'",
    ),
  )
})
