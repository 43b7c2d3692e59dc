import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { discard, replay } from '../../src/app/exchange/replay.ts'
import { UNRESTRICTED } from '../../src/record/resource-query.ts'
import type { MessageState } from '../../src/store/messages/message-store.ts'
import { patientId } from '../../src/terms/ids.ts'
import { msh, PID, TENANT, type TestExchange, testExchange } from './exchange-home.ts'

let home: TestExchange
before(async () => {
  home = await testExchange()
  await home.add('p1')
})
after(() => home.close())

const ACT = { at: '2026-11-22T12:00:00Z', by: 'test' }
const FROM = { by: 'test' }
const oru = (pid: string, filler: string) => [
  msh('ORU^R01^ORU_R01'),
  pid,
  `OBR|1||${filler}^LAB|PGX^Panel^L||||||||||||||||||20261122100000+0100|||F`,
  'OBX|1|CWE|48018-6^Gene studied [ID]^LN|1a|HGNC:2621^CYP2C19^HGNC||||||F',
  'OBX|2|ST|84413-4^Genotype display name^LN|1a|*2/*2||||||F',
]
const newest = async (state: MessageState) =>
  (await home.store.messages.list(TENANT, { states: [state], limit: 1 }))[0]
const calls = async (id: string) =>
  (await home.store.records.get({ tenant: TENANT, patient: patientId(id) }))?.record.outsideCalls.length

for (const [what, pid] of [
  ['another birth date', 'PID|1||4711^^^HOSP^MR||One^Example||19580315|M'],
  ['another sex', 'PID|1||4711^^^HOSP^MR||One^Example||19580314|F'],
  ['another given name: a brother, perhaps a twin', 'PID|1||4711^^^HOSP^MR||One^Other||19580314|M'],
  ['another name', 'PID|1||4711^^^HOSP^MR||Two^Other||19580314|M'],
  ['another family name and no birth date', 'PID|1||4711^^^HOSP^MR||Two^Example|||M'],
] as const) {
  test(`wrong-patient guard: ${what} is quarantined with AE, and nothing is filed`, async () => {
    const ack = await home.send(...oru(pid, 'G1'))
    assert.match(ack[1]!, /^MSA\|AE\|/)
    assert.ok(ack.some((line) => /\|E\|IDENTITY_CONTRADICTION\|/.test(line)))
    assert.equal((await newest('quarantined'))?.fault?.code, 'IDENTITY_CONTRADICTION')
    assert.equal(await calls('p1'), 0)
    assert.equal((await home.of('Observation')).length, 0)
    for (const line of ack.slice(1))
      assert.doesNotMatch(line, /Other|1958|4711/, 'an answer tells nothing of a person')
  })
}

test('a quarantined message is filed when somebody confirms the person', async () => {
  const { id } = (await newest('quarantined'))!
  await assert.rejects(replay(home.services, id, { act: ACT }, FROM), { code: 'IDENTITY_CONTRADICTION' })
  const line = await replay(home.services, id, { act: ACT, confirmed: true }, FROM)
  assert.equal(line.state, 'unmapped', 'the panel has a local code')
  assert.equal(line.patient, 'p1')
  assert.equal(await calls('p1'), 1)
})

for (const [what, pid] of [
  ['an initial', 'PID|1||4711^^^HOSP^MR||One^E||19580314|M'],
  ['case and accents', 'PID|1||4711^^^HOSP^MR||ONE^ÉXAMPLE||19580314|M'],
  ['no name', 'PID|1||4711^^^HOSP^MR||||19580314|M'],
  ['a part of the birth date', 'PID|1||4711^^^HOSP^MR||One^Example||1958|M'],
  [
    'a new family name, given name and birth date agree',
    'PID|1||4711^^^HOSP^MR||Married^Example||19580314|M',
  ],
  ['sex unknown', 'PID|1||4711^^^HOSP^MR||One^Example||19580314|U'],
] as const) {
  test(`the same person: ${what}`, async () => {
    const ack = await home.send(...oru(pid, 'G2'))
    assert.match(ack[1]!, /^MSA\|AA\|/, ack.join('\n'))
  })
}

test('the same authority gave the person another number: quarantined', async () => {
  const both = 'PID|1||4711^^^HOSP^MR~9^^^NH||One^Example||19580314|M'
  assert.match((await home.send(...oru(both, 'G3')))[1]!, /^MSA\|AA/)
  // The national number leads to p1, the hospital's own says it is somebody else.
  await home.store.patients.update(
    { tenant: TENANT, patient: patientId('p1') },
    {
      identifiers: [
        { system: 'urn:id:HOSP', value: '4711' },
        { system: 'urn:id:NH', value: '9' },
      ],
    },
    ACT,
  )
  const ack = await home.send(...oru('PID|1||4712^^^HOSP^MR~9^^^NH||One^Example||19580314|M', 'G3'))
  assert.match(ack[1]!, /^MSA\|AE/)
})

test('somebody unknown waits: accepted with a warning, no chart made; linked by hand, and found the next time', async () => {
  const stranger = 'PID|1||X1^^^OTHER^MR||One^Example||19580314|M'
  const ack = await home.send(...oru(stranger, 'G4'))
  assert.match(ack[1]!, /^MSA\|AA\|/)
  assert.ok(ack.some((line) => /^ERR\|.*204\^.*\|W\|PATIENT_UNKNOWN\|/.test(line)))
  assert.equal((await home.store.patients.list(TENANT)).total, 1)
  const waiting = (await newest('unknown-patient'))!
  const line = await replay(home.services, waiting.id, { act: ACT, linked: patientId('p1') }, FROM)
  assert.equal(line.patient, 'p1')
  assert.match((await home.send(...oru(stranger, 'G5')))[1]!, /^MSA\|AA\|/)
  assert.equal((await newest('unknown-patient')) === undefined, true, 'nobody waits any more')
})

test('somebody unknown is registered by hand, once', async () => {
  await home.send(...oru('PID|1||X2^^^OTHER^MR||Nine^Example||19810101|F', 'G6'))
  const waiting = (await newest('unknown-patient'))!
  const line = await replay(home.services, waiting.id, { act: ACT, register: true }, FROM)
  const person = await home.store.patients.get({ tenant: TENANT, patient: line.patient! })
  assert.equal(person?.name, 'Example Nine')
  assert.equal(person?.birthDate, '1981-01-01')
  assert.equal((await home.store.patients.list(TENANT)).total, 2)
})

test('a message can be discarded, and then not be replayed', async () => {
  await home.send(...oru('PID|1||X3^^^OTHER^MR||Ten^Example||19810102|F', 'G7'))
  const waiting = (await newest('unknown-patient'))!
  assert.equal((await discard(home.services, waiting.id, { act: ACT }, FROM)).state, 'discarded')
  await assert.rejects(replay(home.services, waiting.id, { act: ACT }, FROM), { code: 'MESSAGE_DISCARDED' })
})

test('ADT registers a person with a Patient resource, updates it, and never makes a second chart', async () => {
  const before = (await home.store.patients.list(TENANT)).total
  const pid = 'PID|1||A1^^^HOSP^MR||Adt^First^Middle||19700501|F'
  assert.match((await home.send(msh('ADT^A28^ADT_A05'), pid))[1]!, /^MSA\|AA/)
  assert.match((await home.send(msh('ADT^A04^ADT_A01'), pid))[1]!, /^MSA\|AA/)
  const found = await home.store.patients.withIdentifier(TENANT, { system: 'urn:id:HOSP', value: 'A1' })
  assert.equal(found?.name, 'First Middle Adt')
  await home.send(msh('ADT^A08^ADT_A01'), pid.replace('Adt^', 'Changed^'))
  const changed = await home.store.patients.withIdentifier(TENANT, { system: 'urn:id:HOSP', value: 'A1' })
  assert.equal(changed?.id, found?.id)
  assert.equal(changed?.name, 'First Middle Changed')
  const [resource] = (await home.of('Patient')).filter((one) => one.id === found?.id)
  assert.deepEqual(resource?.['name'], [
    { text: 'First Middle Changed', family: 'Changed', given: ['First', 'Middle'] },
  ])
  assert.equal((await home.store.patients.list(TENANT)).total, before + 1)
  // The same name, birth date and sex under another number: perhaps the same person.
  const ack = await home.send(msh('ADT^A04^ADT_A01'), pid.replace('A1^', 'A2^').replace('Adt^', 'Changed^'))
  assert.ok(
    ack.some((line) => /PATIENT_POSSIBLY_KNOWN/.test(line)),
    ack.join('\n'),
  )
  assert.equal((await home.store.patients.list(TENANT)).total, before + 1)
})

test('A40 merges two charts: nothing is lost, the retired number finds the survivor, a late result lands there', async () => {
  await home.add('keep', { name: 'Example Keep', identifiers: [{ system: 'urn:id:HOSP', value: 'K' }] })
  await home.add('gone', { name: 'Example Keep', identifiers: [{ system: 'urn:id:HOSP', value: 'R' }] })
  const about = (number: string) => `PID|1||${number}^^^HOSP^MR||Keep^Example||19580314|M`
  await home.send(...oru(about('R'), 'G8'))
  assert.equal(await calls('gone'), 1)
  const observations = await home.of('Observation', 'gone')
  const ack = await home.send(msh('ADT^A40^ADT_A39'), about('K'), 'MRG|R^^^HOSP^MR')
  assert.match(ack[1]!, /^MSA\|AA/, ack.join('\n'))
  assert.equal(await home.store.patients.get({ tenant: TENANT, patient: patientId('gone') }), undefined)
  assert.equal(await calls('keep'), 1)
  const moved = await home.of('Observation', 'keep')
  assert.deepEqual(moved.map(({ id }) => id).sort(), observations.map(({ id }) => id).sort())
  for (const one of moved) assert.deepEqual(one['subject'], { reference: 'Patient/keep' })
  const [found] = await home.of('DiagnosticReport', 'keep')
  assert.ok(found)
  const message = await home.store.messages.list(TENANT, { limit: 50 })
  assert.equal(message.filter((one) => one.patient === 'gone').length, 0)
  for (const one of message.filter(({ patient }) => patient === 'keep'))
    await home.store.messages.read(TENANT, one.id)
  // A correction under the old number reaches the same result.
  const late = await home.send(
    ...oru(about('R'), 'G8').map((line) =>
      line.replace('||F', '||C').replaceAll('*2/*2', '*1/*2').replace(/F$/, 'C'),
    ),
  )
  assert.match(late[1]!, /^MSA\|AA/, late.join('\n'))
  assert.equal((await home.of('Observation', 'keep')).length, observations.length)
  const events = await home.store.events.list({ tenant: TENANT, patient: patientId('keep') })
  assert.ok(events.some(({ kind }) => kind === 'patient-merged'))
  // The same merge again changes nothing.
  assert.match((await home.send(msh('ADT^A40^ADT_A39'), about('K'), 'MRG|R^^^HOSP^MR'))[1]!, /^MSA\|AA/)
})

test('after merges every retired Patient is read with a link to the survivor, who links back; only the survivor is found', async () => {
  const { services, store } = home
  const register = async (id: string, more: object = {}) => {
    const resource = { resourceType: 'Patient', id, gender: 'unknown', ...more }
    await store.resources.commit(TENANT, await services.writesOf([resource], patientId(id)), ACT)
  }
  const numbered = (value: string) => ({ identifier: [{ system: 'urn:id:HOSP', value }] })
  await register('p-keep', numbered('PK'))
  await register('p-mid', { ...numbered('PM'), name: [{ family: 'Middle' }], birthDate: '1950-01-01' })
  await register('p-gone', {
    ...numbered('PG'),
    gender: 'female',
    telecom: [{ system: 'phone', value: '1' }],
  })
  for (const [survivor, retired] of [
    ['PM', 'PG'],
    ['PK', 'PM'],
  ]) {
    const about = `PID|1||${survivor}^^^HOSP^MR`
    const ack = await home.send(msh('ADT^A40^ADT_A39'), about, `MRG|${retired}^^^HOSP^MR`)
    assert.match(ack[1]!, /^MSA\|AA/, ack.join('\n'))
  }
  const people = new Map((await home.of('Patient', 'p-keep')).map((one) => [one.id, one]))
  const linksOf = (id: string) =>
    (people.get(id)!['link'] as { type: string; other: { reference: string } }[]).map(
      ({ type, other }) => `${type} ${other.reference}`,
    )
  assert.deepEqual(linksOf('p-gone'), ['replaced-by Patient/p-keep'])
  assert.deepEqual(linksOf('p-mid'), ['replaces Patient/p-gone', 'replaced-by Patient/p-keep'])
  assert.deepEqual(linksOf('p-keep').sort(), ['replaces Patient/p-gone', 'replaces Patient/p-mid'])
  assert.deepEqual(
    people.get('p-gone')!['telecom'],
    [{ system: 'phone', value: '1' }],
    'what it said is still there',
  )
  assert.equal(people.get('p-mid')!['active'], false)
  assert.deepEqual(
    [people.get('p-keep')!['gender'], people.get('p-keep')!['birthDate']],
    ['female', '1950-01-01'],
    'what the survivor did not know',
  )
  const found = await store.resources.search(TENANT, {
    type: 'Patient',
    criteria: [
      { kind: 'token', param: 'identifier', not: false, values: [{ system: 'urn:id:HOSP', code: 'PG' }] },
    ],
    sort: [],
    count: 10,
    after: undefined,
    total: false,
    within: UNRESTRICTED,
  })
  assert.deepEqual(
    found.resources.map(({ id }) => id),
    ['p-keep'],
  )
  const person = await store.patients.get({ tenant: TENANT, patient: patientId('p-keep') })
  assert.deepEqual(person?.identifiers.map(({ value }) => value).sort(), ['PG', 'PK', 'PM'])
  assert.equal(person?.name, 'Middle')
  const first = await store.resources.readVersion(TENANT, { type: 'Patient', id: 'p-gone' }, 1, UNRESTRICTED)
  assert.ok(!(first!.json ?? '').includes('replaced-by'), 'its history, too')
})

test('A40 of two people who differ is quarantined', async () => {
  await home.add('m1', { name: 'Example Left', identifiers: [{ system: 'urn:id:HOSP', value: 'M1' }] })
  await home.add('m2', {
    name: 'Example Right',
    birthDate: '1990-01-01',
    identifiers: [{ system: 'urn:id:HOSP', value: 'M2' }],
  })
  const ack = await home.send(
    msh('ADT^A40^ADT_A39'),
    'PID|1||M1^^^HOSP^MR||Left^Example||19580314|M',
    'MRG|M2^^^HOSP^MR',
  )
  assert.match(ack[1]!, /^MSA\|AE/)
  assert.notEqual(await home.store.patients.get({ tenant: TENANT, patient: patientId('m2') }), undefined)
})

test('the same filler number for another person is refused: a result is not filed twice', async () => {
  await home.add('other', { name: 'Example Other', identifiers: [{ system: 'urn:id:HOSP', value: 'O' }] })
  assert.match((await home.send(...oru(PID, 'G9')))[1]!, /^MSA\|AA/)
  const ack = await home.send(...oru('PID|1||O^^^HOSP^MR||Other^Example||19580314|M', 'G9'))
  assert.match(ack[1]!, /^MSA\|AE/, ack.join('\n'))
  assert.equal((await newest('quarantined'))?.fault?.code, 'RESOURCE_OF_ANOTHER_PATIENT')
  assert.equal((await home.of('Observation', 'other')).length, 0)
})
