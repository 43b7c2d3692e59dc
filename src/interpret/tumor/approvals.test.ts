import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Facts } from '../../knowledge/facts.ts'
import { approvals } from '../../knowledge/tumor/approvals.ts'
import { readCategory } from './read-category.ts'

test('every biomarker of the pack is a category', () => {
  const facts = Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))])
  for (const { id, biomarker } of approvals(facts).all) assert.ok(readCategory(biomarker, id))
})
