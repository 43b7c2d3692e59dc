import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as fc from 'fast-check'
import { ask } from '../support/fhir-server.ts'
import { type TestServer, testServer } from '../support/http-server.ts'
import { addUser, signedIn, withLogin } from '../support/signed-in.ts'

let server: TestServer
let base = ''
let clinician: Record<string, string> = {}
before(async () => {
  server = await testServer({ entry: withLogin, now: () => new Date() })
  base = `${server.url}/fhir/R4`
  await addUser(server, 'clin', ['clinician'], 'Practitioner/clin')
  clinician = await signedIn(server.url, 'clin')
})
after(() => server.close())

const LOINC = 'http://loinc.org'
/** A weight, a count, and a genetic result, which is segmented. */
const CODES = ['29463-7', '2160-0', '69548-6'] as const
const PEOPLE = 3

async function put(resource: { resourceType: string; id: string; [name: string]: unknown }): Promise<void> {
  const { status, body } = await ask(
    `${base}/${resource.resourceType}/${resource.id}`,
    'PUT',
    resource,
    clinician,
  )
  assert.ok(status === 200 || status === 201, JSON.stringify(body))
}

/** A Consent of one person, active, that denies some of the record. */
const deny = (id: string, patient: string, provision: object) => ({
  resourceType: 'Consent',
  id,
  status: 'active',
  scope: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }],
  },
  category: [{ coding: [{ system: LOINC, code: '59284-0' }] }],
  patient: { reference: `Patient/${patient}` },
  dateTime: '2026-01-01',
  policyRule: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'OPTIN' }] },
  provision: { type: 'deny', ...provision },
})

const TYPE = 'http://hl7.org/fhir/resource-types'
const provision = fc.oneof(
  fc.constant({}),
  fc.constantFrom('Observation', 'Condition').map((code) => ({ class: [{ system: TYPE, code }] })),
  fc.constantFrom(...CODES).map((code) => ({ code: [{ coding: [{ system: LOINC, code }] }] })),
  fc.constantFrom('TREAT', 'HRESCH').map((code) => ({
    purpose: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code }],
  })),
  fc.constantFrom('2020-01-01', '2099-01-01').map((start) => ({ period: { start } })),
)

/** Every way to ask; %p stands for a person. */
const QUESTIONS = [
  'Observation?_count=100',
  'Observation?_count=100&_sort=-_lastUpdated',
  'Observation?_summary=count',
  'Observation?subject:Patient.gender=female&_count=100',
  'Patient?_count=100',
  'Patient?_has:Observation:subject:code=2160-0&_count=100',
  'Patient?_count=100&_revinclude=Observation:subject',
  'Condition?_count=100&_include=Condition:subject',
  '_history?_count=100',
  'Patient/%p/$everything?_count=100',
  'Patient/%p/Observation?_count=100',
  'Observation/%p-0',
  'Patient/%p',
]

interface Seen {
  readonly total: number
  readonly names: ReadonlySet<string>
}

async function seen(question: string): Promise<Seen> {
  const { status, body } = await ask(`${base}/${question}`, 'GET', undefined, clinician)
  if (status === 403 || status === 404) return { total: 0, names: new Set() }
  assert.equal(status, 200, `${question}: ${JSON.stringify(body)}`)
  if (body.resourceType !== 'Bundle') return { total: 1, names: new Set([`${body.resourceType}/${body.id}`]) }
  // Consents are what changes between two looks.
  const names = (body.entry ?? [])
    .map(({ resource, request }) =>
      resource === undefined ? (request?.url ?? '') : `${resource.resourceType}/${resource.id}`,
    )
    .filter((name) => !name.startsWith('Consent/'))
  return { total: question.startsWith('_history') ? 0 : (body.total ?? 0), names: new Set(names) }
}

let runs = 0
let narrowed = 0
test('adding a deny never widens a result: searches, totals, chains, includes, history, $everything and reads over HTTP', async (t) => {
  const run = fc.asyncProperty(
    fc.array(fc.tuple(fc.nat(PEOPLE - 1), provision), { minLength: 2, maxLength: 4 }),
    async (denials) => {
      runs += 1
      const people = Array.from({ length: PEOPLE }, (_, i) => `r${runs}-${i}`)
      for (const id of people) {
        await put({ resourceType: 'Patient', id, gender: 'female', name: [{ family: 'Example' }] })
        for (const [n, code] of CODES.entries())
          await put({
            resourceType: 'Observation',
            id: `${id}-${n}`,
            status: 'final',
            code: { coding: [{ system: LOINC, code }] },
            subject: { reference: `Patient/${id}` },
          })
        await put({
          resourceType: 'Condition',
          id: `${id}-c`,
          code: { text: 'Example' },
          subject: { reference: `Patient/${id}` },
        })
      }
      const questions = QUESTIONS.flatMap((one) =>
        one.includes('%p') ? people.map((id) => one.replace('%p', id)) : [one],
      )
      const look = async () =>
        new Map<string, Seen>(
          await Promise.all(questions.map(async (one) => [one, await seen(one)] as const)),
        )
      let before = await look()
      for (const [n, [who, what]] of denials.entries()) {
        await put(deny(`${people[who]}-deny${n}`, people[who]!, what))
        const now = await look()
        for (const [question, { total, names }] of now) {
          const wide = before.get(question)!
          assert.ok(
            total <= wide.total,
            `${question}: ${wide.total} before, ${total} after ${JSON.stringify(what)}`,
          )
          // Pages are full of others when somebody goes: what is new must have been on a later page.
          for (const name of names)
            assert.ok(
              wide.names.has(name) || wide.names.size >= 100,
              `${question}: ${name} appeared after ${JSON.stringify(what)}`,
            )
          if (names.size < wide.names.size) narrowed += 1
        }
        before = now
      }
    },
  )
  await fc.assert(run, { numRuns: 3, endOnFailure: true })
  assert.ok(narrowed > 0, 'no deny did anything')
  t.diagnostic(`${runs} runs, ${narrowed} answers became narrower, none wider`)
})
