import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ask, fhirServer, type TestFhirServer } from '../support/fhir-server.ts'

interface Capability {
  readonly type: string
  readonly interaction: readonly { readonly code: string }[]
  readonly searchParam: readonly {
    readonly name: string
    readonly type: string
    readonly documentation?: string
  }[]
  readonly searchInclude?: readonly string[]
  readonly searchRevInclude?: readonly string[]
  readonly operation?: readonly { readonly name: string }[]
}
interface Rest {
  readonly resource: readonly Capability[]
  readonly interaction: readonly { readonly code: string }[]
  readonly operation: readonly { readonly name: string }[]
}

let server: TestFhirServer
let base: string
let rest: Rest
before(async () => {
  server = await fhirServer()
  base = server.base
  const { body, status } = await ask(`${base}/metadata`)
  assert.equal(status, 200)
  assert.equal(body['fhirVersion'], '4.0.1')
  const outcome = await server.service.validate(body as never)
  assert.deepEqual(
    outcome.filter(({ severity }) => severity === 'error'),
    [],
    'the statement itself is valid',
  )
  rest = (body['rest'] as readonly Rest[])[0]!
})
after(() => server.close())

const VALUES: Readonly<Record<string, string>> = {
  token: 'x',
  string: 'x',
  reference: 'x',
  uri: 'http://x',
  date: '2026',
  number: '1',
  quantity: '1',
}

test('every search parameter, modifier, include and sort that is claimed answers', {
  timeout: 120_000,
}, async () => {
  let asked = 0
  const refused: string[] = []
  const answers = async (search: string) => {
    asked++
    const { status, body } = await ask(`${base}/${search}`, 'GET', undefined, { prefer: 'handling=strict' })
    if (status !== 200) refused.push(`${search}: ${body.issue[0]?.diagnostics}`)
  }
  for (const { type, searchParam, searchInclude = [], searchRevInclude = [] } of rest.resource) {
    const names = searchParam.map(({ name }) => name)
    assert.equal(new Set(names).size, names.length, type)
    const plain = searchParam.filter((one) => one.type !== 'composite')
    // All parameters of one type at once: nothing is found, and nothing may be refused.
    for (let from = 0; from < plain.length; from += 12) {
      const some = plain.slice(from, from + 12)
      await answers(`${type}?_count=1&${some.map((one) => `${one.name}=${VALUES[one.type]}`).join('&')}`)
      const modified = some.flatMap(({ name, documentation = '' }) =>
        [...documentation.matchAll(/:([a-z-]+)/g)].map(([, modifier]) =>
          modifier === 'missing'
            ? `${name}:missing=true`
            : `${name}:${modifier}=${modifier === 'of-type' ? 'a|b|c' : 'x'}`,
        ),
      )
      if (modified.length > 0) await answers(`${type}?_count=1&${modified.join('&')}`)
    }
    for (const { name, type: kind } of searchParam) {
      if (kind !== 'composite') continue
      const { parts } = server.service.index.parameter(type, name)!
      await answers(`${type}?${name}=${parts.map((part) => VALUES[part.type]).join('$')}`)
    }
    const includes = [
      ...searchInclude.map((one) => `_include=${one}`),
      ...searchRevInclude.map((one) => `_revinclude=${one}`),
    ]
    if (includes.length > 0) await answers(`${type}?_count=1&${includes.join('&')}`)
  }
  assert.deepEqual(refused, [])
  assert.ok(asked > 200)
})

test('every interaction that is claimed answers, and those that are not are refused', async () => {
  const requests: Readonly<Record<string, (type: string) => readonly [method: string, path: string]>> = {
    read: (type) => ['GET', `${type}/nobody`],
    vread: (type) => ['GET', `${type}/nobody/_history/1`],
    update: (type) => ['PUT', `${type}/nobody`],
    patch: (type) => ['PATCH', `${type}/nobody`],
    delete: (type) => ['DELETE', `${type}/nobody`],
    'history-instance': (type) => ['GET', `${type}/nobody/_history`],
    'history-type': (type) => ['GET', `${type}/_history`],
    create: (type) => ['POST', type],
    'search-type': (type) => ['GET', type],
  }
  for (const { type, interaction } of rest.resource) {
    for (const [code, request] of Object.entries(requests)) {
      const [method, path] = request(type)
      const body =
        method === 'GET' || method === 'DELETE'
          ? undefined
          : { resourceType: type, id: 'nobody', colour: 'red' }
      const { status } = await ask(`${base}/${path}`, method, body)
      const offered = interaction.some((one) => one.code === code)
      assert.equal(status !== 405, offered, `${code} of ${type}: ${status}`)
      assert.ok(status < 500, `${code} of ${type}: ${status}`)
    }
  }
  assert.deepEqual(rest.interaction.map(({ code }) => code).sort(), [
    'batch',
    'history-system',
    'transaction',
  ])
  assert.equal((await ask(`${base}/_history`)).status, 200)
})

test('the operations that are claimed are there', async () => {
  for (const { type, operation = [] } of rest.resource) {
    for (const { name } of operation) {
      // Of the type, not of one resource.
      if (name === 'match') continue
      const { body } = await ask(`${base}/${type}/nobody/$${name}`)
      assert.equal(body.issue[0]?.details?.coding[0]?.code, 'RESOURCE_UNKNOWN', `$${name} of ${type}`)
    }
  }
  const match = await ask(`${base}/Patient/$match`, 'POST', { resourceType: 'Parameters' })
  assert.equal(match.body.issue[0]?.details?.coding[0]?.code, 'MATCH_MALFORMED')
  const { body } = await ask(`${base}/Patient/$validate`, 'POST', { resourceType: 'Patient' })
  assert.equal(body.resourceType, 'OperationOutcome')
  assert.ok(rest.operation.some(({ name }) => name === 'validate'))
})

test('the types that the journey needs are kept', () => {
  const journey =
    `Patient Practitioner Organization ServiceRequest Specimen DiagnosticReport Observation DocumentReference
    MedicationRequest MedicationStatement AllergyIntolerance Condition FamilyMemberHistory Task Consent AuditEvent Provenance
    ResearchStudy ResearchSubject Questionnaire QuestionnaireResponse ImagingStudy Procedure CarePlan Communication
    Subscription Group`.split(/\s+/)
  const kept = new Set(rest.resource.map(({ type }) => type))
  assert.deepEqual(
    journey.filter((type) => !kept.has(type)),
    [],
  )
})
