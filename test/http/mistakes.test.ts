import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestServer, testServer } from '../support/http-server.ts'

let server: TestServer
before(async () => {
  server = await testServer()
  await fetch(`${server.url}/api/patients`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: 'ann', name: 'Example Ann' }),
  })
})
after(() => server.close())

const json = (body: unknown) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
const fhir = (body: unknown) => ({ ...json(body), headers: { 'content-type': 'application/fhir+json' } })
const async = { headers: { prefer: 'respond-async' } }
const gone = { method: 'DELETE' }

/** What is asked, how it is refused, and how the caller is told to mend it. */
const mistakes: readonly (readonly [
  path: string,
  request: RequestInit,
  status: number,
  code: string,
  mend: RegExp,
])[] = [
  ['/api/patients/ann/plans/77', {}, 404, 'PLAN_UNKNOWN', /list of plans/],
  ['/api/patients/ann/tumor?specimen=left', {}, 404, 'TUMOR_UNKNOWN', /list of tumours/],
  ['/api/patients/ann/tumor/files/none', gone, 404, 'TUMOR_FILE_UNKNOWN', /tumours/],
  [
    '/api/patients/ann/tumor/decisions/none/document?version=1',
    {},
    404,
    'BOARD_DECISION_UNKNOWN',
    /decisions/,
  ],
  ['/api/patients/ann/documents/none', {}, 404, 'DOCUMENT_UNKNOWN', /documents of the person/],
  ['/api/trials/none/feasibility', {}, 404, 'TRIAL_UNKNOWN', /list of trials/],
  ['/api/launch', json({ client: 'x', patient: 'ann' }), 422, 'LAUNCH_NEEDS_USER', /sign in/],
  ['/api/cds/settings?of=drug&value=nonsense', gone, 404, 'CDS_NOT_SET', /list of the settings/],
  ['/cds-services/nonsense', json({}), 404, 'SERVICE_UNKNOWN', /\/cds-services/],
  ['/fhir/R4/Patient/ann/_history?_count=all', {}, 400, 'HISTORY_MALFORMED', /digits/],
  ['/fhir/R4/Patient/ann/$everything?first=1', {}, 400, 'EVERYTHING_MALFORMED', /start, end/],
  ['/fhir/R4/$export', {}, 400, 'EXPORT_ASYNC', /respond-async/],
  ['/fhir/R4/$export?_outputFormat=csv', async, 400, 'EXPORT_FORMAT', /ndjson/],
  ['/fhir/R4/$export?first=1', async, 400, 'EXPORT_PARAMETER', /_typeFilter/],
  ['/fhir/R4/$export?_since=yesterday', async, 400, 'EXPORT_SINCE_MALFORMED', /2026-11-01T00:00:00Z/],
  ['/fhir/R4/$graphql', json({ query: '{ Patient(id' }), 400, 'GRAPHQL_MALFORMED', /introspection/],
  [
    '/fhir/R4/ResearchStudy/$match',
    fhir({ resourceType: 'Parameters', parameter: [] }),
    400,
    'PARAMETERS_MALFORMED',
    /trialMatchClinicalData/,
  ],
]

for (const [path, request, status, code, mend] of mistakes)
  test(`${request.method ?? 'GET'} ${path}: ${code}`, async () => {
    const reply = await fetch(`${server.url}${path}`, request)
    const body = (await reply.json()) as Told
    const told = toldOf(body)
    assert.deepEqual([reply.status, told.code], [status, code])
    assert.match(told.mend, mend)
    assert.notEqual(told.what, '')
    assert.deepEqual(server.log, [])
  })

interface Told {
  readonly code?: string
  readonly what?: string
  readonly mend?: string
  readonly issue?: readonly {
    readonly diagnostics: string
    readonly details: { readonly text: string; readonly coding: readonly { readonly code: string }[] }
  }[]
}

/** Our own routes tell a fault, FHIR an OperationOutcome. */
function toldOf({ code = '', what = '', mend = '', issue }: Told): Required<Omit<Told, 'issue'>> {
  const [first] = issue ?? []
  return first === undefined
    ? { code, what, mend }
    : { code: first.details.coding[0]!.code, what: first.diagnostics, mend: first.details.text }
}
