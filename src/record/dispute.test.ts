import assert from 'node:assert/strict'
import { test } from 'node:test'
import { disputed, disputesOf, keepingDisputes } from './dispute.ts'
import type { Resource } from './resource.ts'

const entry: Resource = {
  resourceType: 'Observation',
  id: 'o',
  extension: [{ url: 'urn:other', valueCode: 'x' }],
}

test('an entry names each request once, beside whatever else it says', () => {
  const once = disputed(disputed(entry, 'Task/1'), 'Task/1')
  assert.deepEqual(disputesOf(once), ['Task/1'])
  assert.deepEqual(disputesOf(disputed(once, 'Task/2')), ['Task/1', 'Task/2'])
  assert.equal((once['extension'] as unknown[]).length, 2)
})

test('a newer version keeps what was said about the older one', () => {
  const newer: Resource = { resourceType: 'Observation', id: 'o', status: 'corrected' }
  assert.deepEqual(disputesOf(keepingDisputes(newer, disputed(entry, 'Task/1'))), ['Task/1'])
  assert.equal(keepingDisputes(newer, undefined), newer)
  assert.equal(keepingDisputes(newer, entry), newer)
})

test('an extension that is none is passed over', () => {
  assert.deepEqual(disputesOf({ resourceType: 'Observation', extension: 'text' }), [])
  assert.deepEqual(
    disputesOf({ resourceType: 'Observation', extension: [{ url: 'urn:garrod:amendment' }] }),
    [],
  )
})
