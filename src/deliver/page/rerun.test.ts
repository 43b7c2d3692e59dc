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
    "--name 'Example Person One' --birth-date 1957-04-12",
    '--weight 72 --age 68',
    '--indication acs-pci',
    '--as-of 2026-11-22',
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

test('options of the run that the record does not hold are repeated', () => {
  const command = rerunCommand({
    ...exampleCase,
    reportedOn: '2026-11-22',
    packs: [],
    options: ['--population EUR'],
  })
  assert.ok(command.endsWith('--population EUR --as-of 2026-11-22'), command)
})

test('a target INR is told again; a measured INR is not taken for one', () => {
  const command = rerunCommand({
    ...exampleCase,
    record: {
      ...exampleCase.record,
      measurements: [{ kind: 'inr', value: 4.1, unit: '{INR}' }],
      context: { targetInr: 2.5 },
    },
    reportedOn: '2026-11-22',
    packs: [],
  })
  assert.ok(command.includes('--target-inr 2.5'), command)
  assert.ok(!command.includes('4.1'), command)
})
