import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as fc from 'fast-check'
import type { Compartment } from '../../src/record/resource.ts'
import type { Criterion, IndexEntry, Restriction } from '../../src/record/resource-query.ts'
import { UNRESTRICTED } from '../../src/record/resource-query.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { ResourceWrite } from '../../src/store/resources/resource-store.ts'
import type { Store } from '../../src/store/store.ts'
import { type TenantId, tenantId } from '../../src/terms/ids.ts'
import { keyringOf } from '../support/keyring.ts'
import { newHome, removeHome } from '../support/store-home.ts'
import { patientWrite, query, write } from './example-resource.ts'
import { ACT } from './example-upload.ts'
import { isVisible, modelSearch } from './resource-model.ts'

const PEOPLE = ['ann', 'ben', 'cleo', 'dan'] as const
const TYPES = ['Patient', 'Observation', 'Condition', 'Practitioner'] as const
const CODES = ['a', 'b', 'c'] as const
const SYSTEMS = [undefined, 'urn:s', 'urn:t'] as const
const LABELS = ['urn:l|PSY', 'urn:l|HIV', 'urn:l|GDIS'] as const
const PARAMS = ['subject', 'link'] as const
/** Ids are the same in every tenant, so that a question that forgets the tenant is found out. */
const IDS: Readonly<Record<(typeof TYPES)[number], readonly string[]>> = {
  Patient: PEOPLE,
  Observation: ['o0', 'o1', 'o2', 'o3', 'o4', 'o5', 'o6', 'o7'],
  Condition: ['c0', 'c1', 'c2', 'c3', 'c4', 'c5'],
  Practitioner: ['p0', 'p1', 'p2'],
}

const oneOf = fc.constantFrom
const token: fc.Arbitrary<IndexEntry> = fc.record({
  kind: fc.constant('token' as const),
  param: oneOf('code', 'status'),
  system: oneOf(...SYSTEMS),
  code: oneOf(...CODES),
})
const date: fc.Arbitrary<IndexEntry> = fc
  .tuple(fc.nat(9), fc.nat(3))
  .map(([low, length]) => ({ kind: 'date', param: 'date', low, high: low + length }))
/** To anybody's resource, and to some that are not there. */
const reference: fc.Arbitrary<IndexEntry> = oneOf(...TYPES).chain((type) =>
  fc.record({
    kind: fc.constant('reference' as const),
    param: oneOf(...PARAMS),
    type: fc.constant(type),
    id: oneOf(...IDS[type], 'nowhere'),
  }),
)
const content = fc.record({
  index: fc.array(fc.oneof(token, date, reference), { maxLength: 5 }),
  labels: fc.subarray([...LABELS], { maxLength: 2 }),
})

function resourcesOf(type: (typeof TYPES)[number]): fc.Arbitrary<readonly ResourceWrite[]> {
  return fc.tuple(...IDS[type].map((id) => fc.tuple(fc.constant(id), oneOf(...PEOPLE), content))).map((all) =>
    all.map(([id, person, more]) => {
      if (type === 'Patient') return patientWrite(id, more)
      return write(type === 'Practitioner' ? '' : person, type, id, more)
    }),
  )
}

const tenantContent = fc.tuple(...TYPES.map(resourcesOf)).map((parts) => parts.flat())

const criterion: fc.Arbitrary<Criterion> = fc.letrec<{ one: Criterion }>((tie) => ({
  one: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    fc.record({
      kind: fc.constant('token' as const),
      param: oneOf('code', 'status'),
      not: fc.boolean(),
      values: fc.array(fc.record({ system: oneOf(...SYSTEMS, ''), code: oneOf(...CODES, undefined) }), {
        minLength: 1,
        maxLength: 2,
      }),
    }),
    fc.record({
      kind: fc.constant('missing' as const),
      param: oneOf('code', 'status', 'date', ...PARAMS),
      missing: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('date' as const),
      param: fc.constant('date'),
      values: fc
        .tuple(fc.nat(5), fc.nat(9))
        .map(([low, length]) => [{ op: 'eq' as const, low, high: low + length }]),
    }),
    fc.record({
      kind: fc.constant('reference' as const),
      param: oneOf(...PARAMS),
      values: oneOf(...TYPES).chain((type) =>
        fc.record({ type: oneOf(type, undefined), id: oneOf(...IDS[type]) }).map((value) => [value]),
      ),
    }),
    fc.record({
      kind: fc.constant('chain' as const),
      param: oneOf(...PARAMS),
      type: oneOf(...TYPES),
      criteria: fc.array(tie('one'), { maxLength: 2 }),
    }),
    fc.record({
      kind: fc.constant('has' as const),
      type: oneOf(...TYPES),
      param: oneOf(...PARAMS),
      criteria: fc.array(tie('one'), { maxLength: 2 }),
    }),
    fc.record({
      kind: fc.constant('any' as const),
      of: fc.array(fc.array(tie('one'), { maxLength: 2 }), { maxLength: 2 }),
    }),
  ),
})).one

const limit: fc.Arbitrary<Restriction> = fc.record({
  types: fc.option(fc.subarray([...TYPES]), { nil: undefined }),
  compartments: fc.option(fc.subarray<Compartment>(['', ...PEOPLE] as Compartment[]), { nil: undefined }),
  hiddenLabels: fc.subarray([...LABELS]),
  consent: fc.constant(undefined),
})

/** What both restrictions leave. */
function both(a: Restriction, b: Restriction): Restriction {
  const common = <T>(x: readonly T[] | undefined, y: readonly T[] | undefined) =>
    x === undefined ? y : y === undefined ? x : x.filter((one) => y.includes(one))
  return {
    types: common(a.types, b.types),
    compartments: common(a.compartments, b.compartments),
    hiddenLabels: [...new Set([...a.hiddenLabels, ...b.hiddenLabels])],
    consent: undefined,
  }
}

const home = newHome()
let store: Store
before(async () => {
  store = await openStore({ home, databaseUrl: undefined, keyring: keyringOf(home) })
})
after(async () => {
  await store.close()
  await removeHome(home)
})

async function found(tenant: TenantId, type: string, criteria: readonly Criterion[], within: Restriction) {
  const page = await store.resources.search(tenant, query(type, criteria, { within }))
  assert.equal(page.total, page.resources.length)
  const counted = await store.resources.search(tenant, query(type, criteria, { within, count: 0 }))
  assert.equal(counted.total, page.total)
  return page.resources.map(({ id }) => id).sort()
}

let runs = 0
test('three tenants, several people, random limits: an answer is the model’s, and a further limit never widens it', async () => {
  const question = fc.tuple(oneOf(...TYPES), fc.array(criterion, { maxLength: 3 }), limit, limit)
  const run = fc.asyncProperty(
    fc.tuple(tenantContent, tenantContent, tenantContent),
    fc.array(question, { minLength: 25, maxLength: 25 }),
    async (contents, questions) => {
      runs += 1
      const tenants = contents.map((_, i) => tenantId(`t${i}-${runs}`))
      for (const [i, writes] of contents.entries()) await store.resources.commit(tenants[i]!, writes, ACT)
      for (const [n, [type, criteria, first, second]] of questions.entries()) {
        const tenant = tenants[n % 3]!
        const all = contents[n % 3]!
        const wide = await found(tenant, type, criteria, first)
        assert.deepEqual(wide, modelSearch(all, query(type, criteria, { within: first })))
        const narrow = await found(tenant, type, criteria, both(first, second))
        assert.deepEqual(narrow, modelSearch(all, query(type, criteria, { within: both(first, second) })))
        for (const id of narrow) assert.ok(wide.includes(id), 'a further limit widened the answer')
      }
    },
  )
  await fc.assert(run, { numRuns: 12 })
})

test('reads, several at once, history and scans hold nothing outside of the limit', async () => {
  const run = fc.asyncProperty(
    tenantContent,
    fc.array(limit, { minLength: 5, maxLength: 5 }),
    async (writes, limits) => {
      runs += 1
      const tenant = tenantId(`reads-${runs}`)
      await store.resources.commit(tenant, writes, ACT)
      for (const within of [UNRESTRICTED, ...limits]) {
        const expected = writes
          .filter((one) => isVisible(one, within))
          .map(({ type, id }) => `${type}/${id}`)
          .sort()
        const names = (rows: readonly { type: string; id: string }[]) =>
          rows.map(({ type, id }) => `${type}/${id}`).sort()
        assert.deepEqual(names(await store.resources.readMany(tenant, writes, within)), expected)
        const all = {
          type: undefined,
          id: undefined,
          since: undefined,
          at: undefined,
          count: 100,
          after: undefined,
        }
        assert.deepEqual(names((await store.resources.history(tenant, all, within)).resources), expected)
        for (const one of writes) {
          const wanted = isVisible(one, within)
          assert.equal((await store.resources.read(tenant, one, within)) !== undefined, wanted)
          assert.equal((await store.resources.readVersion(tenant, one, 1, within)) !== undefined, wanted)
        }
        const scanned: string[] = []
        for (const type of TYPES) {
          for await (const batch of store.resources.scan(tenant, query(type, [], { within }), 3))
            scanned.push(...names(batch))
        }
        assert.deepEqual(scanned.sort(), expected)
      }
    },
  )
  await fc.assert(run, { numRuns: 5 })
})
