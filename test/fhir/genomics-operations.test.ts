import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { assemblies } from '../../src/knowledge/assemblies.ts'
import { patientId } from '../../src/terms/ids.ts'
import { type Body, fhirFacts, fhirServer, type TestFhirServer } from '../support/fhir-server.ts'

let server: TestFhirServer
before(async () => {
  server = await fhirServer({ assemblies: assemblies(fhirFacts) })
})
after(() => server.close())

const JSON_TYPE = { 'content-type': 'application/fhir+json' }
const coded = (system: string, code: string) => ({ coding: [{ system, code }] })
const loinc = (code: string) => coded('http://loinc.org', code)
const CATEGORY = [
  coded('http://terminology.hl7.org/CodeSystem/observation-category', 'laboratory'),
  coded('http://terminology.hl7.org/CodeSystem/v2-0074', 'GE'),
]

function variant(id: string, patient: string, spdi: string) {
  const [refseq = '', start = '', ref = '', alt = ''] = spdi.split(':')
  const part = (code: string, value: Record<string, unknown>) => ({ code: loinc(code), ...value })
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    category: CATEGORY,
    code: loinc('69548-6'),
    subject: { reference: `Patient/${patient}` },
    valueCodeableConcept: loinc('LA9633-4'),
    component: [
      part('48013-7', { valueCodeableConcept: coded('http://www.ncbi.nlm.nih.gov/nuccore', refseq) }),
      part('69547-8', { valueString: ref }),
      part('69551-0', { valueString: alt }),
      part('92822-6', { valueCodeableConcept: loinc('LA30100-4') }),
      part('81254-5', { valueRange: { low: { value: Number(start) } } }),
    ],
  }
}

async function put(resource: { resourceType: string; id: string }): Promise<void> {
  const { resourceType, id } = resource
  const url = `${server.base}/${resourceType}/${id}`
  const answer = await fetch(url, { method: 'PUT', headers: JSON_TYPE, body: JSON.stringify(resource) })
  assert.ok(answer.ok, await answer.text())
}

async function ask(path: string): Promise<{ status: number; body: Body & { parameter?: unknown } }> {
  const answer = await fetch(`${server.base}/${path}`)
  return { status: answer.status, body: (await answer.json()) as Body & { parameter?: unknown } }
}

test('variants of one person: by GET, by POST of Parameters, under either path', async () => {
  for (const id of ['g1', 'g2']) await put({ resourceType: 'Patient', id })
  await put(variant('v1', 'g1', 'NC_000010.11:94781858:G:A'))
  await put(variant('v2', 'g2', 'NC_000010.11:94781858:G:A'))
  const query = 'subject=g1&ranges=NC_000010.11:94781800-94781900&includeVariants=true'
  const { status, body } = await ask(`$find-subject-variants?${query}`)
  assert.equal(status, 200)
  assert.match(JSON.stringify(body), /"valueBoolean":true.*"id":"v1"/)
  assert.doesNotMatch(JSON.stringify(body), /"id":"v2"/)
  const alias = await ask(`subject-operations/genotype-operations/$find-subject-variants?${query}`)
  assert.deepEqual(alias.body, body)
  const parameter = [
    { name: 'subject', valueString: 'g1' },
    { name: 'ranges', valueString: 'NC_000010.11:94781800-94781900' },
    { name: 'includeVariants', valueBoolean: true },
  ]
  const posted = await fetch(`${server.base}/$find-subject-variants`, {
    method: 'POST',
    headers: JSON_TYPE,
    body: JSON.stringify({ resourceType: 'Parameters', parameter }),
  })
  assert.deepEqual(await posted.json(), body)
})

test('the same place in the other assembly', async () => {
  const there = await ask('$find-subject-variants?subject=g1&ranges=NC_000010.10:96541600-96541700')
  assert.match(JSON.stringify(there.body), /"valueBoolean":true/)
  const specific = await ask('$find-subject-specific-variants?subject=g1&variants=NC_000010.10:g.96541616G>A')
  assert.match(JSON.stringify(specific.body), /"valueBoolean":true/)
  const unknown = await ask('$find-subject-variants?subject=g1&ranges=NC_000010.10:50000000-96000000')
  assert.equal(unknown.status, 200, 'the order of positions decides')
})

test('everybody who has a variant, as far as the caller may see', async () => {
  const query =
    '$find-population-specific-variants?variants=NC_000010.11:94781858:G:A&includePatientList=true'
  assert.match(JSON.stringify((await ask(query)).body), /"value":2.*"valueString":"g1".*"valueString":"g2"/)
  const within = { types: undefined, compartments: [patientId('g2')], hiddenLabels: [], consent: undefined }
  server.as({ permit: async () => ({ within, projection: () => undefined }) })
  try {
    const seen = JSON.stringify((await ask(query)).body)
    assert.doesNotMatch(seen, /g1/)
    assert.match(
      seen,
      /"numerator","valueQuantity":\{"value":1\}.*"denominator","valueQuantity":\{"value":1\}/,
    )
    assert.equal((await ask('$find-subject-variants?subject=g1&ranges=NC_000010.11:1-2')).status, 404)
  } finally {
    server.as({})
  }
})

test('faults: 400 for what cannot be read, 404 for nobody, 422 where the answer would be a guess', async () => {
  for (const [path, status, code] of [
    ['$find-subject-variants?ranges=NC_000010.11:1-2', 400, 'PARAMETER_MISSING'],
    ['$find-subject-variants?subject=g1', 400, 'PARAMETER_MISSING'],
    ['$find-subject-variants?subject=g1&ranges=chr10:1-2', 400, 'RANGE_MALFORMED'],
    ['$find-subject-variants?subject=g1&ranges=NC_000010.9:1-2', 400, 'SEQUENCE_UNKNOWN'],
    ['$find-subject-variants?subject=g1&ranges=NC_000010.11:1-2&gene=CYP2C19', 400, 'PARAMETER_UNKNOWN'],
    ['$find-subject-variants?subject=nobody&ranges=NC_000010.11:1-2', 404, 'RESOURCE_UNKNOWN'],
    [
      '$find-subject-specific-variants?subject=g1&variants=NM_000769.4:c.681G>A',
      422,
      'VARIANT_NOT_NORMALISED',
    ],
  ] as const) {
    const { status: got, body } = await ask(path)
    assert.deepEqual([got, body.resourceType], [status, 'OperationOutcome'], path)
    assert.match(JSON.stringify(body), new RegExp(code))
  }
})
