import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ask, type Body, fhirServer, type TestFhirServer } from '../support/fhir-server.ts'

const LOINC = 'http://loinc.org'
const UCUM = 'http://unitsofmeasure.org'
const coded = (code: string, system = LOINC) => ({ coding: [{ system, code }] })
const observation = (id: string, more: object) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: coded('8302-2'),
  ...more,
})
const of = (patient: string) => ({ subject: { reference: `Patient/${patient}` } })
const quantity = (value: number, unit = 'mg/dL') => ({
  valueQuantity: { value, unit, system: UCUM, code: unit },
})
const gene = (code: string, hgvs: string) => ({
  code: coded('69548-6'),
  component: [
    { code: coded('48018-6'), valueCodeableConcept: coded(code, 'http://www.genenames.org/geneId') },
    { code: coded('48004-6'), valueCodeableConcept: coded(hgvs, 'http://varnomen.hgvs.org') },
  ],
})

const RESOURCES = [
  { resourceType: 'Organization', id: 'north', name: 'North Hospital' },
  {
    resourceType: 'Organization',
    id: 'south',
    name: 'South Hospital',
    partOf: { reference: 'Organization/north' },
  },
  {
    resourceType: 'Patient',
    id: 'anna',
    identifier: [
      { type: coded('MR', 'http://terminology.hl7.org/CodeSystem/v2-0203'), system: 'urn:mrn', value: 'A-1' },
    ],
    name: [{ family: 'Müller', given: ['Anna', 'Maria'] }],
    gender: 'female',
    birthDate: '1980-06-15',
    telecom: [{ system: 'phone', value: '555-0100' }],
    address: [{ city: 'Bonn' }],
    managingOrganization: { reference: 'Organization/south' },
  },
  {
    resourceType: 'Patient',
    id: 'bert',
    identifier: [{ system: 'urn:mrn', value: 'B-2' }],
    name: [{ family: 'Ander,son', given: ['Bert'] }],
    gender: 'male',
    birthDate: '1980',
    deceasedBoolean: true,
  },
  observation('h1', { ...of('anna'), ...quantity(5.4), effectiveDateTime: '2026-01-10' }),
  observation('h2', { ...of('anna'), ...quantity(5.5), effectiveDateTime: '2026-01-10T23:30:00-05:00' }),
  observation('h3', {
    ...of('anna'),
    ...quantity(100, 'mmol/L'),
    effectivePeriod: { start: '2026-02-01', end: '2026-02-10' },
  }),
  observation('h4', { ...of('bert'), ...quantity(-3), effectiveDateTime: '2026', status: 'preliminary' }),
  observation('v1', {
    ...of('anna'),
    ...gene('HGNC:2621', 'NM_000769.4:c.681G>A'),
    meta: { tag: [{ system: 'urn:t', code: 'new' }] },
  }),
  observation('v2', {
    ...of('bert'),
    ...gene('HGNC:2623', 'a$b'),
    meta: { security: [{ system: 'urn:s', code: 'R' }], profile: ['http://example.org/p'] },
  }),
  observation('e1', {
    code: { coding: [{ code: 'local' }], text: 'x' },
    subject: { identifier: { system: 'urn:mrn', value: 'B-2' } },
    valueString: 'Positive for x',
  }),
  {
    resourceType: 'DiagnosticReport',
    id: 'r1',
    status: 'final',
    code: coded('51969-4'),
    ...of('anna'),
    result: [{ reference: 'Observation/v1' }, { reference: 'Observation/h1' }],
    issued: '2026-03-01T10:00:00Z',
  },
  {
    resourceType: 'Task',
    id: 't1',
    status: 'requested',
    intent: 'proposal',
    for: { reference: 'Patient/anna' },
    focus: { reference: 'DiagnosticReport/r1' },
  },
  {
    resourceType: 'QuestionnaireResponse',
    id: 'q1',
    status: 'completed',
    ...of('anna'),
    questionnaire: 'http://example.org/Questionnaire/q|2',
  },
]

let server: TestFhirServer
before(async () => {
  server = await fhirServer()
  const entry = RESOURCES.map((resource) => ({
    resource,
    request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
  }))
  const answer = await ask(server.base, 'POST', { resourceType: 'Bundle', type: 'transaction', entry })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
})
after(() => server.close())

const ids = (body: Body, mode = 'match') =>
  (body.entry ?? []).filter(({ search }) => search.mode === mode).map(({ resource }) => resource.id)

for (const [search, ...expected] of [
  // token
  ['Observation?code=8302-2', 'h1', 'h2', 'h3', 'h4'],
  ['Observation?code=http://loinc.org|8302-2&status=final', 'h1', 'h2', 'h3'],
  ['Observation?code=urn:other|8302-2'],
  ['Observation?code=|local', 'e1'],
  ['Observation?code=|8302-2'],
  ['Observation?code=http://loinc.org|', 'h1', 'h2', 'h3', 'h4', 'v1', 'v2'],
  ['Observation?code:not=8302-2', 'e1', 'v1', 'v2'],
  ['Observation?status=http://hl7.org/fhir/observation-status|preliminary', 'h4'],
  ['Observation?_tag=urn:t|new', 'v1'],
  ['Observation?_security=R', 'v2'],
  ['Observation?_profile=http://example.org/p', 'v2'],
  ['Patient?gender=male,female', 'anna', 'bert'],
  ['Patient?deceased=true', 'bert'],
  ['Patient?deceased=false', 'anna'],
  ['Patient?identifier=urn:mrn|A-1', 'anna'],
  ['Patient?identifier=A-1', 'anna'],
  ['Patient?identifier=urn:mrn|', 'anna', 'bert'],
  ['Patient?identifier=a-1'],
  ['Patient?identifier:of-type=http://terminology.hl7.org/CodeSystem/v2-0203|MR|A-1', 'anna'],
  ['Patient?phone=555-0100', 'anna'],
  // string: accents and case do not count; any word of a name
  ['Patient?family=mull', 'anna'],
  ['Patient?name=MARIA', 'anna'],
  ['Patient?name=ller'],
  ['Patient?family:exact=Müller', 'anna'],
  ['Patient?family:exact=Muller'],
  ['Patient?family=ander\\,son', 'bert'],
  ['Patient?family=ander,mull', 'anna', 'bert'],
  ['Patient?address-city=bonn', 'anna'],
  ['Organization?name=hospital'],
  ['Organization?name:contains=HOSP', 'north', 'south'],
  ['Observation?value-string=positive', 'e1'],
  // date
  ['Observation?date=2026-01-10', 'h1'],
  ['Observation?date=2026-01-11', 'h2'],
  ['Observation?date=2026-01', 'h1', 'h2'],
  ['Observation?date=2026', 'h1', 'h2', 'h3', 'h4'],
  ['Observation?date=2026-02', 'h3'],
  ['Observation?date=2026-02-05'],
  ['Observation?date=ge2026-02-05', 'h3', 'h4'],
  ['Observation?date=gt2026-02-10', 'h4'],
  ['Observation?date=lt2026-01-10', 'h4'],
  ['Observation?date=le2026-01-10', 'h1', 'h4'],
  ['Observation?date=sa2026-01-10', 'h2', 'h3'],
  ['Observation?date=eb2026-02-01', 'h1', 'h2'],
  ['Observation?date=ne2026-01-10', 'h2', 'h3', 'h4'],
  ['Observation?date=2026-01-11T04:30Z', 'h2'],
  ['Observation?date=2026-01-10T23:30:00-05:00', 'h2'],
  ['Patient?birthdate=1980', 'anna', 'bert'],
  ['Patient?birthdate=1980-06-15', 'anna'],
  ['DiagnosticReport?issued=ge2026-03-01', 'r1'],
  // quantity
  ['Observation?value-quantity=5.4', 'h1'],
  ['Observation?value-quantity=5', 'h1'],
  ['Observation?value-quantity=gt5.4', 'h2', 'h3'],
  ['Observation?value-quantity=ge5.4', 'h1', 'h2', 'h3'],
  ['Observation?value-quantity=lt5.4', 'h4'],
  ['Observation?value-quantity=-3', 'h4'],
  ['Observation?value-quantity=ap105', 'h3'],
  ['Observation?value-quantity=gt1||mg/dL', 'h1', 'h2'],
  [`Observation?value-quantity=gt1|${UCUM}|mmol/L`, 'h3'],
  ['Observation?value-quantity=gt1|urn:x|mmol/L'],
  // reference
  ['Observation?subject=Patient/bert', 'h4', 'v2'],
  ['Observation?subject=bert', 'h4', 'v2'],
  ['Observation?subject:Patient=bert', 'h4', 'v2'],
  ['Observation?patient=anna&code=69548-6', 'v1'],
  ['Observation?subject:identifier=urn:mrn|B-2', 'e1'],
  ['Observation?subject:missing=true'],
  ['Observation?value-quantity:missing=false', 'h1', 'h2', 'h3', 'h4'],
  ['QuestionnaireResponse?questionnaire=http://example.org/Questionnaire/q', 'q1'],
  ['QuestionnaireResponse?questionnaire=http://example.org/Questionnaire/q|2', 'q1'],
  ['QuestionnaireResponse?questionnaire=http://example.org/Questionnaire/q|3'],
  // composite
  [
    'Observation?component-code-value-concept=http://loinc.org|48018-6$http://www.genenames.org/geneId|HGNC:2621',
    'v1',
  ],
  ['Observation?component-code-value-concept=48018-6$HGNC:2623', 'v2'],
  ['Observation?component-code-value-concept=48004-6$HGNC:2623'],
  ['Observation?component-code-value-concept=48004-6$a\\$b', 'v2'],
  ['Observation?code-value-quantity=8302-2$gt5||mg/dL', 'h1', 'h2'],
  [`Observation?combo-code-value-quantity=8302-2$5.5|${UCUM}|mg/dL`, 'h2'],
  ['Observation?code-value-string=local$pos', 'e1'],
  ['Observation?combo-code=48018-6', 'v1', 'v2'],
  ['Observation?combo-code:not=48018-6', 'e1', 'h1', 'h2', 'h3', 'h4'],
  // chains
  ['Observation?subject:Patient.family=mull&code=69548-6', 'v1'],
  ['Observation?subject.gender=male', 'h4', 'v2'],
  ['Observation?patient.organization.partof.name=north&code=69548-6', 'v1'],
  ['DiagnosticReport?result.code=69548-6', 'r1'],
  ['Patient?_has:Observation:patient:component-value-concept=HGNC:2621', 'anna'],
  ['Patient?_has:Observation:patient:_has:DiagnosticReport:result:issued=2026-03', 'anna'],
  ['Patient?_has:Observation:patient:code=69548-6&gender=male', 'bert'],
  ['Task?focus:DiagnosticReport.result.value-quantity=5.4', 't1'],
  // ids
  ['Patient?_id=anna,nobody', 'anna'],
  ['Observation?_lastUpdated=gt2100-01-01'],
  // compartment
  ['Patient/bert/Observation', 'e1', 'h4', 'v2'],
  ['Patient/anna/DiagnosticReport?status=final', 'r1'],
  ['Patient/nobody/Observation'],
] as const) {
  test(`${search} finds ${expected.join(' ') || 'nothing'}`, async () => {
    const { status, body } = await ask(`${server.base}/${search}`)
    assert.equal(status, 200, JSON.stringify(body))
    assert.deepEqual(ids(body).sort(), [...expected].sort())
    assert.equal(body.total, expected.length)
  })
}

test('POST _search reads both address and body; the self link says what was used', async () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const { body } = await ask(
    `${server.base}/Patient/_search?gender=female`,
    'POST',
    'family=mull&colour=red',
    form,
  )
  assert.deepEqual(ids(body), ['anna'])
  assert.equal(body.link[0]!.url, `${server.base}/Patient?gender=female&family=mull`)
  assert.equal(body.entry!.at(-1)!.search.mode, 'outcome')
  const json = await ask(`${server.base}/Patient/_search`, 'POST', { family: 'mull' })
  assert.equal(json.status, 415)
  const inside = await ask(`${server.base}/Patient/anna/Observation/_search`, 'POST', 'code=69548-6', form)
  assert.deepEqual(ids(inside.body), ['v1'])
})

test('unknown parameters: told when lenient, refused when strict', async () => {
  const lenient = await ask(`${server.base}/Patient?colour=red&gender=male`)
  assert.deepEqual(ids(lenient.body), ['bert'])
  assert.equal(lenient.body.link[0]!.url, `${server.base}/Patient?gender=male`)
  assert.deepEqual(
    lenient.body.entry!.at(-1)!.resource.issue.map(({ severity }) => severity),
    ['warning'],
  )
  const strict = await ask(`${server.base}/Patient?colour=red`, 'GET', undefined, {
    prefer: 'handling=strict',
  })
  assert.equal(strict.status, 400)
  assert.equal(strict.body.issue[0]!.details!.coding[0]!.code, 'SEARCH_PARAMETER_UNKNOWN')
})

test('a name is not looked for in the middle, and the answer says what to do instead', async () => {
  const { status, body } = await ask(`${server.base}/Patient?name:contains=ull`)
  assert.deepEqual([status, body.issue[0]!.code], [400, 'not-supported'])
})

test('_include, _revinclude and :iterate', async () => {
  const include = async (search: string) => {
    const { body } = await ask(`${server.base}/${search}`)
    return [ids(body).sort(), ids(body, 'include').sort()]
  }
  assert.deepEqual(await include('Observation?_id=v1&_include=Observation:subject'), [['v1'], ['anna']])
  assert.deepEqual(await include('Observation?_id=v1&_include=Observation:subject:Group'), [['v1'], []])
  for (const wildcard of ['*', 'Observation:*', 'Observation:*:Patient'])
    assert.deepEqual(await include(`Observation?_id=v1&_include=${wildcard}`), [['v1'], ['anna']])
  const [, referring] = await include('Patient?_id=anna&_revinclude=DiagnosticReport:*')
  assert.deepEqual(referring, ['r1'])
  assert.deepEqual(
    await include(
      'DiagnosticReport?_id=r1&_include=DiagnosticReport:result&_include=DiagnosticReport:subject',
    ),
    [['r1'], ['anna', 'h1', 'v1']],
  )
  assert.deepEqual(await include('Observation?_id=v1&_revinclude=DiagnosticReport:result'), [['v1'], ['r1']])
  assert.deepEqual(
    await include('Patient?_id=anna&_include=Patient:organization&_include:iterate=Organization:partof'),
    [['anna'], ['north', 'south']],
  )
  assert.deepEqual(
    await include('Observation?_id=v1&_revinclude=DiagnosticReport:result&_revinclude:iterate=Task:focus'),
    [['v1'], ['r1', 't1']],
  )
})

test('_sort, _count, _total, _summary, _elements', async () => {
  const get = async (search: string) => (await ask(`${server.base}/${search}`)).body
  assert.deepEqual(ids(await get('Observation?code=8302-2&_sort=value-quantity')), ['h4', 'h1', 'h2', 'h3'])
  assert.deepEqual(ids(await get('Observation?code=8302-2&_sort=-value-quantity')), ['h3', 'h2', 'h1', 'h4'])
  assert.deepEqual(ids(await get('Observation?code=8302-2&_sort=status,-_id')), ['h3', 'h2', 'h1', 'h4'])
  assert.deepEqual(ids(await get('Patient?_sort=family')), ['bert', 'anna'])
  assert.deepEqual(ids(await get('Patient?_sort=-family')), ['anna', 'bert'])
  const first = await get('Observation?_count=2&_total=accurate&_sort=_id')
  assert.deepEqual([ids(first), first.total], [['e1', 'h1'], 7])
  const next = first.link.find(({ relation }) => relation === 'next')!.url
  assert.ok(!next.includes('Observation'), 'a link to a page tells nothing')
  assert.deepEqual(ids((await ask(next)).body), ['h2', 'h3'])
  assert.equal((await get('Observation?_count=2')).total, undefined)
  const counted = await get('Observation?_summary=count')
  assert.deepEqual([counted.total, counted.entry], [7, undefined])
  assert.equal((await get('Observation?_count=0')).total, 7)
  const short = await get('Observation?_id=h1&_elements=status')
  assert.deepEqual(Object.keys(short.entry![0]!.resource).sort(), [
    'code',
    'id',
    'meta',
    'resourceType',
    'status',
  ])
  const summary = await get('Observation?_id=h1&_summary=true')
  assert.ok(summary.entry![0]!.resource.meta.tag!.some(({ code }) => code === 'SUBSETTED'))
})

test('a page belongs to its caller, and cannot be made up', async () => {
  const { body } = await ask(`${server.base}/Observation?_count=2`)
  const next = body.link.find(({ relation }) => relation === 'next')!.url
  server.as({ who: { id: 'somebody else', roles: [] } })
  const other = await ask(next)
  server.as({})
  assert.deepEqual([other.status, other.body.issue[0]!.details!.coding[0]!.code], [400, 'PAGE_MALFORMED'])
  assert.equal((await ask(`${server.base}?_page=AAAA`)).status, 400)
  assert.equal((await ask(`${next.slice(0, -2)}AA`)).status, 400)
})

test('a version that replaces another is found by what it says now', async () => {
  const changed = observation('h1', { ...of('anna'), ...quantity(9), effectiveDateTime: '2026-05-05' })
  await ask(`${server.base}/Observation/h1`, 'PUT', changed)
  assert.deepEqual(ids((await ask(`${server.base}/Observation?date=2026-05-05`)).body), ['h1'])
  assert.deepEqual(ids((await ask(`${server.base}/Observation?value-quantity=5.4`)).body), [])
  await ask(`${server.base}/Observation/h4`, 'DELETE')
  assert.deepEqual(ids((await ask(`${server.base}/Observation?value-quantity=-3`)).body), [])
})

test('$everything with care dates: what took place then, what has no date, and what may stand longer', async () => {
  const about = { subject: { reference: 'Patient/dora' } }
  await ask(`${server.base}/Patient/dora`, 'PUT', { resourceType: 'Patient', id: 'dora' })
  for (const one of [
    observation('x1', { ...about, effectiveDateTime: '2019-12-31' }),
    observation('x2', { ...about, effectiveDateTime: '2020-05-01' }),
    observation('x3', { ...about, effectiveDateTime: '2021-01-01' }),
    observation('x4', about),
    { resourceType: 'Condition', id: 'x5', ...about, onsetDateTime: '2001' },
  ]) {
    const kept = await ask(`${server.base}/${one.resourceType}/${one.id}`, 'PUT', one)
    assert.equal(kept.status, 201, JSON.stringify(kept.body))
  }
  const within = async (query: string) =>
    (await ask(`${server.base}/Patient/dora/$everything?${query}`)).body.entry
      ?.map(({ resource }) => resource.id)
      .sort()
  assert.deepEqual(await within('start=2020&end=2020'), ['dora', 'x2', 'x4', 'x5'])
  assert.deepEqual(await within('start=2020-05-02'), ['dora', 'x3', 'x4', 'x5'])
  assert.deepEqual(await within('end=2019-12-31&_type=Observation'), ['x1', 'x4'])
  assert.equal((await ask(`${server.base}/Patient/dora/$everything?start=soon`)).status, 400)
})

test('_has finds whom a resource of another record is about on purpose', async () => {
  for (const id of ['mother', 'child'])
    await ask(`${server.base}/Patient/${id}`, 'PUT', { resourceType: 'Patient', id })
  const fetal = {
    ...observation('fetal', { subject: { reference: 'Patient/mother' } }),
    focus: [{ reference: 'Patient/child' }],
    code: { coding: [{ system: 'urn:test', code: 'fetal' }] },
  }
  const kept = await ask(`${server.base}/Observation/fetal`, 'PUT', fetal)
  assert.equal(kept.status, 201, JSON.stringify(kept.body))
  const found = async (param: string) =>
    ids((await ask(`${server.base}/Patient?_has:Observation:${param}:code=fetal`)).body)
  assert.deepEqual(await found('focus'), ['child'])
  assert.deepEqual(await found('subject'), ['mother'])
  assert.deepEqual(await found('patient'), ['mother'])
})

test('a chain from the record of one person leads out of it', async () => {
  const put = async (resource: { resourceType: string; id: string }) => {
    const { status, body } = await ask(
      `${server.base}/${resource.resourceType}/${resource.id}`,
      'PUT',
      resource,
    )
    assert.equal(status, 201, JSON.stringify(body))
  }
  const fluoxetine = coded('4493', 'http://www.nlm.nih.gov/research/umls/rxnorm')
  await put({ resourceType: 'Medication', id: 'chained', code: fluoxetine } as never)
  const order = {
    status: 'active',
    intent: 'order',
    medicationReference: { reference: 'Medication/chained' },
  }
  for (const patient of ['anna', 'bert'])
    await put({ resourceType: 'MedicationRequest', id: `of-${patient}`, ...order, ...of(patient) } as never)
  await put(
    observation('seen-north', { ...of('anna'), performer: [{ reference: 'Organization/north' }] }) as never,
  )
  for (const [search, found] of [
    ['MedicationRequest?patient=anna&medication.code=4493', ['of-anna']],
    ['MedicationRequest?subject=Patient/anna&medication:Medication.code=4493', ['of-anna']],
    ['Patient/anna/MedicationRequest?medication.code=4493', ['of-anna']],
    ['MedicationRequest?patient=anna&medication.code=1', []],
    ['Observation?patient=anna&performer:Organization.name=north', ['seen-north']],
    ['Observation?patient=bert&performer:Organization.name=north', []],
  ] as const) {
    const { body } = await ask(`${server.base}/${search}`)
    assert.deepEqual(body.entry?.map(({ resource }) => resource.id) ?? [], found, search)
    assert.equal(body.total, found.length, search)
  }
})
