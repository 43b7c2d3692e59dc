import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleCase } from '../../../test/support/example-case.ts'
import type { DrugAdvice } from '../../decide/plan.ts'
import { drugPart } from './drug-part.ts'
import { summaryOf } from './drug-summary.ts'

const { plan } = exampleCase
const [first] = plan.drugs
const advice = (
  name: string,
  status: DrugAdvice['status'],
  state: DrugAdvice['state'],
  severity: DrugAdvice['severity'],
): DrugAdvice => ({
  ...first!,
  drug: { ...first!.drug, name },
  status,
  state,
  severity,
  headline: `Use ${name} at the standard dose.`,
  missing: state === 'answered' ? [] : ['NUDT15: not tested'],
})
const partOf = (...drugs: readonly DrugAdvice[]) => drugPart({ ...plan, drugs })

test('a drug taken whose answer is open in part is told as open, whatever the rest of its answer says', () => {
  for (const severity of ['info', 'none'] as const) {
    const part = partOf(advice('azathioprine', 'taking', 'partial', severity))
    assert.deepEqual(
      part.open.map(({ drug }) => drug),
      ['azathioprine'],
    )
    assert.deepEqual(part.laterOpen, [])
    assert.equal(
      summaryOf(part),
      'No drug taken or considered now is known to need a change. For 1 drug of these the answer is not fully known.',
    )
  }
})

test('a drug not taken whose answer is open stands under what is missing; one to act on anyway and one answered do not', () => {
  const part = partOf(
    advice('thioguanine', 'reference', 'partial', 'info'),
    advice('mercaptopurine', 'reference', 'unknown', 'none'),
    advice('allopurinol', 'reference', 'partial', 'warning'),
    advice('omeprazole', 'reference', 'answered', 'info'),
  )
  assert.deepEqual(part.laterOpen, [
    { because: 'NUDT15: not tested', drugs: ['thioguanine', 'mercaptopurine'] },
  ])
  assert.deepEqual(
    part.later.map(({ drug }) => drug),
    ['allopurinol'],
  )
  assert.match(summaryOf(part), /For 2 other drugs with a guideline the answer is not fully known/)
})

test('a drug not taken is told with the gene and phenotype behind it', () => {
  const [line] = partOf({ ...first!, status: 'reference', severity: 'warning', state: 'answered' }).later
  const { gene, phenotype, result } = first!.recommendations[0]!.basis[0]!
  assert.ok(line!.small.startsWith(`${gene} ${phenotype ?? result}`), line!.small)
})
