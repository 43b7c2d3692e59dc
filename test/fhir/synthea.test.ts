import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { ask, type Body, fhirServer, type TestFhirServer } from '../support/fhir-server.ts'
import { needs, sharedData } from '../support/shared-data.ts'

const DATA = 'interop/synthea-r4'
const skip = needs(DATA)
let server: TestFhirServer
const sent: { readonly fullUrl: string; readonly resource: Body }[] = []
/** Where each entry of the bundles came to lie, "Observation/…", by its fullUrl. */
const places = new Map<string, string>()

before(async () => {
  server = await fhirServer()
  if (skip !== false) return
  const folder = sharedData(DATA)!
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.json'))) {
    const bundle = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { entry: typeof sent }
    const answer = await ask(server.base, 'POST', bundle)
    assert.equal(answer.status, 200, JSON.stringify(answer.body).slice(0, 600))
    for (const [at, { response }] of answer.body.entry!.entries()) {
      assert.match(response.status, /^20[01]/)
      sent.push(bundle.entry[at]!)
      const place = /\/R4\/([A-Za-z]+\/[^/]+)\/_history\/1$/.exec(response.location)
      places.set(bundle.entry[at]!.fullUrl, place![1]!)
    }
  }
})
after(() => server.close())

test('the nine bundles load by transaction and every resource is there with its references rewritten', {
  skip,
}, async () => {
  assert.equal(sent.length, 1726)
  for (const { fullUrl, resource } of sent.filter((_, at) => at % 23 === 0)) {
    const { status, body } = await ask(`${server.base}/${places.get(fullUrl)}`)
    assert.equal(status, 200)
    const expected = JSON.stringify({ ...resource, id: body.id, meta: undefined }).replace(
      /"reference":"(urn:uuid:[^"]+)"/g,
      (_, urn: string) => `"reference":"${places.get(urn)}"`,
    )
    assert.deepEqual({ ...body, meta: undefined }, { ...(JSON.parse(expected) as Body), meta: undefined })
  }
})

/** The answer that reading all that was sent gives. */
const count = (type: string, holds: (resource: Body) => boolean) =>
  sent.filter(({ resource }) => resource.resourceType === type && holds(resource)).length

interface Coded {
  readonly coding: readonly { readonly system: string; readonly code: string }[]
}
const has = (concept: unknown, code: string) =>
  (concept as Coded | undefined)?.coding.some((one) => one.code === code) === true
interface Quantity {
  readonly value: number
}

for (const [search, type, holds] of [
  ['Patient?gender=male', 'Patient', (one: Body) => one['gender'] === 'male'],
  ['Patient?birthdate=lt1950-01-01', 'Patient', (one: Body) => String(one['birthDate']) < '1950-01-01'],
  ['Patient?deceased=true', 'Patient', (one: Body) => 'deceasedDateTime' in one],
  ['Observation?code=http://loinc.org|8302-2', 'Observation', (one: Body) => has(one['code'], '8302-2')],
  [
    'Observation?code=8302-2&value-quantity=gt170||cm',
    'Observation',
    (one: Body) => has(one['code'], '8302-2') && (one['valueQuantity'] as Quantity).value > 170,
  ],
  [
    'Observation?component-code-value-quantity=http://loinc.org|8480-6$gt140',
    'Observation',
    (one: Body) =>
      ((one['component'] ?? []) as { code: Coded; valueQuantity: Quantity }[]).some(
        (part) => has(part.code, '8480-6') && part.valueQuantity.value > 140,
      ),
  ],
  [
    'Observation?code-value-concept=72166-2$266919005',
    'Observation',
    (one: Body) => has(one['code'], '72166-2') && has(one['valueCodeableConcept'], '266919005'),
  ],
  [
    'Observation?date=ge2010-01-01&date=lt2011-01-01',
    'Observation',
    (one: Body) => {
      const at = Date.parse(String(one['effectiveDateTime']))
      return at >= Date.UTC(2010) && at < Date.UTC(2011)
    },
  ],
  [
    'Observation?subject:Patient.gender=male&code=8302-2',
    'Observation',
    (one: Body) => has(one['code'], '8302-2') && genderOf(one) === 'male',
  ],
  [
    'Patient?_has:Condition:patient:code=38341003',
    'Patient',
    (one: Body) =>
      sent.some(
        ({ resource, fullUrl: _ }) =>
          resource.resourceType === 'Condition' &&
          has(resource['code'], '38341003') &&
          subjectOf(resource)?.id === one.id,
      ),
  ],
  ['MedicationRequest?status=active', 'MedicationRequest', (one: Body) => one['status'] === 'active'],
  ['Condition?code:not=38341003', 'Condition', (one: Body) => !has(one['code'], '38341003')],
  ['Patient?death-date:missing=true', 'Patient', (one: Body) => !('deceasedDateTime' in one)],
] as const) {
  test(`${search} counts what reading everything counts`, { skip }, async () => {
    const { body, status } = await ask(`${server.base}/${search}&_summary=count`)
    assert.equal(status, 200, JSON.stringify(body))
    assert.equal(body.total, count(type, holds))
    assert.ok(body.total! > 0, 'the data hold an example')
  })
}

function subjectOf(resource: Body): Body | undefined {
  const { reference } = resource['subject'] as { reference: string }
  return sent.find(({ fullUrl }) => fullUrl === reference)?.resource
}

function genderOf(resource: Body): unknown {
  return subjectOf(resource)?.['gender']
}

test('pages neither skip nor repeat', { skip }, async () => {
  const seen = new Set<string>()
  let url: string | undefined = `${server.base}/Observation?_count=100&_sort=-date`
  let pages = 0
  let last = '9999'
  while (url !== undefined) {
    const { body } = await ask(url)
    for (const { resource } of body.entry ?? []) {
      assert.ok(!seen.has(resource.id))
      seen.add(resource.id)
      const at = new Date(String(resource['effectiveDateTime'])).toISOString()
      assert.ok(at <= last, 'newest first')
      last = at
    }
    url = body.link.find(({ relation }) => relation === 'next')?.url
    pages++
  }
  assert.equal(pages, 9)
  assert.equal(seen.size, 827)
})

test('$everything gives the whole record of one person and nobody else’s', { skip }, async () => {
  const { fullUrl, resource } = sent.find(({ resource: one }) => one.resourceType === 'Patient')!
  const place = places.get(fullUrl)!
  let url: string | undefined = `${server.base}/${place}/$everything?_count=60`
  const types = new Map<string, number>()
  while (url !== undefined) {
    const { body } = await ask(url)
    for (const { resource: one, search } of body.entry ?? []) {
      if (search.mode !== 'match') continue
      types.set(one.resourceType, (types.get(one.resourceType) ?? 0) + 1)
      const text = JSON.stringify(one)
      for (const other of text.matchAll(/"reference":"(Patient\/[^"]+)"/g)) assert.equal(other[1], place)
    }
    url = body.link.find(({ relation }) => relation === 'next')?.url
  }
  const own = sent.filter(({ resource: one }) => JSON.stringify(one).includes(`"${fullUrl}"`))
  for (const type of ['Observation', 'Encounter', 'Claim', 'Procedure']) {
    assert.equal(types.get(type), own.filter(({ resource: one }) => one.resourceType === type).length, type)
  }
  assert.equal(types.get('Patient'), 1)
  assert.equal(resource.resourceType, 'Patient')
})
