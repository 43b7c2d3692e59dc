import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInFacts } from '../../../test/trials/matchminer-run.ts'
import { approvals } from '../../knowledge/tumor/approvals.ts'
import { LABELS_PACK, labelConditions } from '../../knowledge/tumor/label-conditions.ts'
import { Fault } from '../../terms/fault.ts'
import { conditionsNamed } from './person-conditions.ts'

const facts = builtInFacts()

test('conditions by name; a name that is none is refused with the list', () => {
  assert.deepEqual(
    conditionsNamed(['Heart failure', 'long-qt'], facts).map(({ key }) => key),
    ['heart-failure', 'long-qt'],
  )
  assert.throws(
    () => conditionsNamed(['gout'], facts),
    (fault) => fault instanceof Fault && /pregnancy/.test(fault.mend),
  )
})

test('every approval, drug and condition that the pack names is one', () => {
  const { all } = approvals(facts)
  const ids = new Set(all.map(({ id }) => id))
  const { conditions, groups, cautions, earlier } = labelConditions(facts)
  const rows = facts.pack(LABELS_PACK).text('before.tsv').trim().split('\n').slice(1)
  for (const row of rows) {
    const id = row.split('\t')[0]!
    assert.ok(ids.has(id) && earlier(id).length > 0, id)
  }
  const known = new Set(all.flatMap(({ drug, regimens }) => [drug, ...regimens.flat()]))
  const keys = new Set(conditions.map(({ key }) => key))
  assert.ok(groups.every(({ drugs }) => drugs.some((one) => known.has(one))))
  for (const drug of known)
    for (const { condition: key } of cautions(drug)) assert.ok(keys.has(key), `${drug} ${key}`)
})
