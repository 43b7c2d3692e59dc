import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressBook, bundleEntries, conditionalReferences, rewritten } from './bundle-entry.ts'

const BASE = 'https://here.example/fhir/R4'
const entry = (method: string, url: string, more = {}) => ({
  resource: { resourceType: 'Patient' },
  request: { method, url, ...more },
})
const read = (...list: unknown[]) => bundleEntries({ resourceType: 'Bundle', entry: list }, BASE)

test('requests are taken apart', () => {
  const [one, two] = read(
    entry('PUT', `${BASE}/Patient?identifier=a%7Cb&_id=x`, { ifMatch: 'W/"1"' }),
    entry('GET', '/Patient/1/_history/2'),
  )
  assert.deepEqual(one?.path, ['Patient'])
  assert.deepEqual(one?.query, [
    ['identifier', 'a|b'],
    ['_id', 'x'],
  ])
  assert.equal(one?.ifMatch, 'W/"1"')
  assert.deepEqual(two?.path, ['Patient', '1', '_history', '2'])
})

for (const [name, list] of [
  ['no request', [{ resource: {} }]],
  ['an unknown method', [entry('TRACE', 'Patient')]],
  ['no url', [{ request: { method: 'GET' } }]],
  ['no resource', [{ request: { method: 'POST', url: 'Patient' } }]],
  ['nothing', [null]],
] as const) {
  test(`an entry with ${name} is refused`, () => {
    assert.throws(() => read(...list), { code: 'BUNDLE_MALFORMED' })
  })
}

test('a bundle of too many entries is refused', () => {
  const list = Array.from({ length: 5001 }, () => entry('GET', 'Patient'))
  assert.throws(() => read(...list), { code: 'QUERY_TOO_COSTLY' })
})

test('addresses are rewritten where references, uris and links stand, and nowhere else', () => {
  const urn = 'urn:uuid:1'
  const before = {
    resourceType: 'DocumentReference',
    subject: { reference: urn },
    identifier: [{ value: urn }],
    content: [{ attachment: { url: urn, title: urn } }],
    extension: [{ url: 'http://x', valueUri: urn }],
    text: { div: `<div><a href="${urn}">${urn}</a><img src="urn:uuid:2"/></div>` },
  }
  const after = rewritten(before, (one) => (one === urn ? 'Patient/9' : undefined))
  assert.deepEqual(after, {
    resourceType: 'DocumentReference',
    subject: { reference: 'Patient/9' },
    identifier: [{ value: urn }],
    content: [{ attachment: { url: 'Patient/9', title: urn } }],
    extension: [{ url: 'http://x', valueUri: 'Patient/9' }],
    text: { div: `<div><a href="Patient/9">${urn}</a><img src="urn:uuid:2"/></div>` },
  })
})

test('references in the form of a search are found', () => {
  const resource = {
    resourceType: 'Observation',
    subject: { reference: 'Patient?identifier=a|b' },
    note: [{ text: 'Patient?identifier=c' }],
    performer: [{ reference: 'Practitioner/1' }],
  }
  assert.deepEqual(conditionalReferences(resource), ['Patient?identifier=a|b'])
})

test('what an entry means by an address', () => {
  const book = addressBook(
    new Map([
      ['http://a.example/fhir/Patient/1', 'Patient/new-a'],
      ['http://b.example/fhir/Patient/1', 'Patient/new-b'],
      ['http://b.example/fhir/Patient/2/_history/3', 'Patient/new-c'],
      ['urn:uuid:1', 'Patient/new-d'],
    ]),
  )
  for (const [fullUrl, written, meant] of [
    ['http://a.example/fhir/Observation/9', 'Patient/1', 'Patient/new-a'],
    ['http://b.example/fhir/Observation/9', 'Patient/1', 'Patient/new-b'],
    ['http://c.example/fhir/Observation/9', 'Patient/1', undefined],
    ['http://a.example/fhir/Observation/9', 'http://b.example/fhir/Patient/1', 'Patient/new-b'],
    ['urn:uuid:2', 'urn:uuid:1', 'Patient/new-d'],
    [undefined, 'Patient/1', undefined],
    [undefined, 'Patient/2', 'Patient/new-c'],
    ['http://a.example/fhir/Observation/9', 'Patient/2', undefined],
  ] as const) {
    assert.equal(book(fullUrl)(written), meant, `${fullUrl} ${written}`)
  }
})
