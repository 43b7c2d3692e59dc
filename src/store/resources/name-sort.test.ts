import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ResourceQuery, UNRESTRICTED } from '../../record/resource-query.ts'
import { tenantId } from '../../terms/ids.ts'
import type { Queries } from '../database/query.ts'
import type { Vault } from '../vault/vault.ts'
import { searchByName } from './name-sort.ts'

/** A database in which so many people match, all without a name; it has none of their bodies. */
function matching(count: number): Queries {
  const matches = Array.from({ length: count }, (_, i) => ({
    patient_id: '',
    type: 'Practitioner',
    id: `p${i}`,
    version: 1,
    names: null,
    key0: '',
    key1: `p${i}`,
  }))
  return {
    rows: async <Row>(text: string) => (text.includes('r.names') ? matches : []) as Row[],
    first: async () => undefined,
    run: async () => 0,
  }
}

const vault: Vault = {
  seal: () => assert.fail('sealed'),
  open: () => assert.fail('opened'),
  ready: async () => undefined,
  blind: () => 'AAAAAAAAAAAAAAAA',
}
const byFamily: ResourceQuery = {
  type: 'Practitioner',
  criteria: [],
  sort: [{ param: 'family', descending: false }],
  count: 20,
  after: undefined,
  total: false,
  within: UNRESTRICTED,
}
const search = (count: number) =>
  searchByName(matching(count), vault, tenantId('t'), byFamily, new Set(['family']), undefined)

test('5,000 matches are sorted by name, 5,001 are refused', async () => {
  assert.deepEqual((await search(5_000)).end, ['\u{10FFFF}', '', 'p1014'])
  await assert.rejects(search(5_001), (error) => (error as { code?: string }).code === 'SEARCH_SORT_COSTLY')
})
