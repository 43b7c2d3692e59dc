import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { WITHHELD } from '../../src/app/http/seen-record.ts'
import type { PatientRecord } from '../../src/record/patient-record.ts'
import { patientId } from '../../src/terms/ids.ts'
import { call, exampleAnswer, type TestServer, testServer } from '../support/http-server.ts'
import { addUser, signedIn, withLogin } from '../support/signed-in.ts'

const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm'
const LOINC = 'http://loinc.org'
const VERY_RESTRICTED = { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'V' }
/** Shown in an emergency alone. */
const PSYCHOTHERAPY_NOTE = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  code: 'PSYTHPN',
}
const PAROXETINE = { coding: [{ system: RXNORM, code: '32937', display: 'paroxetine' }], text: 'paroxetine' }
const CITALOPRAM = { coding: [{ system: RXNORM, code: '2556', display: 'citalopram' }], text: 'citalopram' }

let server: TestServer
/** Records that advice was asked for with. */
const interpreted: PatientRecord[] = []
const pages: Record<string, Record<string, string>> = {}
before(async () => {
  server = await testServer({
    entry: { ...withLogin, cdsOpen: true },
    interpret: (record) => {
      interpreted.push(record)
      return exampleAnswer(record)
    },
    advise: (record, drugs) => {
      interpreted.push({ ...record, drugs })
      return exampleAnswer({ ...record, drugs }).plan
    },
  })
  await addUser(server, 'clin', ['clinician'], 'Practitioner/clin')
  await addUser(server, 'phar', ['pharmacist'], 'Practitioner/phar')
  await addUser(server, 'gene', ['geneticist'], 'Practitioner/gene')
  await addUser(server, 'labo', ['laboratory'])
  await addUser(server, 'admi', ['administrator'])
  for (const user of ['clin', 'phar', 'gene', 'labo', 'admi']) pages[user] = await signedIn(server.url, user)
  await ask('clin', '/api/patients', 'POST', { id: 's1', name: 'Example s1', birthDate: '1980-05-31' })
  await put('MedicationStatement', 'ms-open', {
    medicationCodeableConcept: CITALOPRAM,
    subject: { reference: 'Patient/s1' },
    status: 'active',
  })
  await put('MedicationStatement', 'ms-secret', {
    meta: { security: [VERY_RESTRICTED] },
    medicationCodeableConcept: PAROXETINE,
    subject: { reference: 'Patient/s1' },
    status: 'active',
  })
  await put('Observation', 'weight-secret', {
    meta: { security: [VERY_RESTRICTED] },
    status: 'final',
    code: { coding: [{ system: LOINC, code: '29463-7' }] },
    subject: { reference: 'Patient/s1' },
    effectiveDateTime: '2026-11-01',
    valueQuantity: { value: 61, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
  })
})
after(() => server.close())

const ask = (user: string, path: string, method = 'GET', body?: unknown, headers = {}) =>
  call(`${server.url}${path}`, method, body, { ...pages[user]!, ...headers })

async function put(type: string, id: string, content: object): Promise<void> {
  const { status, body } = await ask('clin', `/fhir/R4/${type}/${id}`, 'PUT', {
    resourceType: type,
    id,
    ...content,
  })
  assert.equal(status, 201, JSON.stringify(body))
}

interface Summary {
  readonly drugs: readonly { readonly text: string }[]
  readonly measurements: readonly { readonly kind: string }[]
  readonly withheld?: string
}
const summary = async (user: string, headers = {}) => {
  const { status, body } = await ask(user, '/api/patients/s1', 'GET', undefined, headers)
  assert.equal(status, 200, JSON.stringify(body))
  const { drugs, measurements, withheld } = body as unknown as Summary
  return [drugs.map(({ text }) => text).sort(), measurements.map(({ kind }) => kind), withheld]
}
const drugsAsked = () =>
  interpreted
    .at(-1)!
    .drugs.map(({ text }) => text)
    .sort()

test('the summary holds what its reader may see of the resources it follows from', async () => {
  assert.deepEqual(await summary('clin'), [['citalopram', 'paroxetine'], ['weight'], undefined])
  assert.deepEqual(await summary('gene'), [['citalopram', 'paroxetine'], ['weight'], undefined])
  assert.deepEqual(await summary('phar'), [['citalopram'], [], WITHHELD])
  // A laboratory is shown no medication, whoever has labelled it.
  assert.deepEqual(await summary('labo'), [[], [], WITHHELD])
  assert.deepEqual(await summary('admi', { 'purpose-of-use': 'HPAYMT' }), [[], [], WITHHELD])
})

test('advice rests on what is shown, and says that something is not', async () => {
  const whole = await ask('clin', '/api/patients/s1/plan')
  assert.deepEqual([drugsAsked(), whole.body['withheld']], [['citalopram', 'paroxetine'], undefined])
  for (const path of ['plan', 'findings']) {
    const part = await ask('phar', `/api/patients/s1/${path}`)
    assert.deepEqual([part.status, drugsAsked(), part.body['withheld']], [200, ['citalopram'], WITHHELD])
  }
  const tried = await ask('phar', '/api/patients/s1/try', 'POST', { drug: 'clopidogrel' })
  assert.deepEqual([drugsAsked().includes('paroxetine'), tried.body['withheld']], [false, WITHHELD])
})

test('a report is of the whole record, or there is none; also one that was issued to somebody else', async () => {
  assert.equal((await ask('clin', '/api/patients/s1/fhir')).status, 200)
  assert.equal((await ask('clin', '/api/patients/s1/plans/1')).status, 200)
  for (const path of ['fhir', 'report.html', 'report.pdf', 'plans/1']) {
    const { status, body } = await ask('phar', `/api/patients/s1/${path}`)
    assert.deepEqual([status, body['code']], [403, 'ACCESS_DENIED'])
  }
})

test('cards rest on what their caller is shown', async () => {
  const medicationCodeableConcept = { coding: [{ system: RXNORM, code: '32968' }], text: 'clopidogrel' }
  const resource = {
    ...{ resourceType: 'MedicationRequest', id: 'a', status: 'draft', intent: 'order' },
    medicationCodeableConcept,
  }
  const hook = async (patient: string) => {
    const { status, body } = await call(`${server.url}/cds-services/garrod-order-sign`, 'POST', {
      hook: 'order-sign',
      hookInstance: randomUUID(),
      context: {
        userId: 'Practitioner/1',
        patientId: patient,
        draftOrders: { resourceType: 'Bundle', entry: [{ resource }] },
      },
    })
    assert.deepEqual([status, (body['cards'] as unknown[]).length > 0], [200, true])
    // The last question is about alternatives.
    const drugs = interpreted.at(-2)!.drugs.map(({ text }) => text)
    return [drugs.sort(), JSON.stringify(body).includes(WITHHELD)]
  }
  assert.deepEqual(await hook('s1'), [['citalopram', 'clopidogrel', 'paroxetine'], false])
  await ask('clin', '/api/patients', 'POST', { id: 's3', name: 'Example s3', birthDate: '1980-05-31' })
  await ask('clin', '/api/patients/s3/drugs', 'POST', { drugs: [{ text: 'citalopram' }] })
  await put('MedicationStatement', 'ms-session', {
    meta: { security: [PSYCHOTHERAPY_NOTE] },
    medicationCodeableConcept: PAROXETINE,
    subject: { reference: 'Patient/s3' },
    status: 'active',
  })
  assert.deepEqual(await hook('s3'), [['citalopram', 'clopidogrel'], true])
})

test('who writes the drug list anew does not take away what they were not shown', async () => {
  await ask('phar', '/api/patients/s1/drugs', 'POST', {
    drugs: [{ text: 'citalopram' }, { text: 'warfarin' }],
  })
  const found = await server.store.records.get({ tenant: server.services.tenant, patient: patientId('s1') })
  assert.deepEqual(found?.record.drugs.map(({ text }) => text).sort(), [
    'citalopram',
    'paroxetine',
    'warfarin',
  ])
  assert.deepEqual(await summary('phar'), [['citalopram', 'warfarin'], [], WITHHELD])
})

test('a drug of such a treatment that somebody typed in is hidden as its resource would be', async () => {
  await ask('clin', '/api/patients', 'POST', { id: 's2', name: 'Example s2', birthDate: '1980-05-31' })
  await ask('clin', '/api/patients/s2/drugs', 'POST', {
    drugs: [{ text: 'methadone' }, { text: 'warfarin' }],
  })
  const drugs = async (user: string) =>
    ((await ask(user, '/api/patients/s2')).body as unknown as Summary).drugs.map(({ text }) => text)
  assert.deepEqual(await drugs('phar'), ['methadone', 'warfarin'])
  assert.deepEqual(await drugs('gene'), ['warfarin'])
})
