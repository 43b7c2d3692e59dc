import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { replay } from '../../src/app/exchange/replay.ts'
import { needs, sharedData } from '../support/shared-data.ts'
import { msh, PID, TENANT, type TestExchange, testExchange } from './exchange-home.ts'

let home: TestExchange
before(async () => {
  home = await testExchange()
  await home.add('p1')
})
after(() => home.close())

const ACT = { at: '2026-11-22T12:00:00Z', by: 'test' }
const data = (path: string) => readFileSync(sharedData(path)!, 'utf8')
const segments = (path: string) =>
  data(path)
    .split(/\r?\n/)
    .filter((line) => line !== '')

const EXTRACTOR = 'interop/hl7v2/extractor/snpEff.hl7v2.txt'
test('the variants of snpEff.vcf as its HL7 v2 output tells them: 32 lines, two variants, every value of the VCF', {
  skip: needs(EXTRACTOR),
}, async () => {
  const lines = segments(EXTRACTOR)
  assert.equal(lines.length, 32)
  const ack = await home.send(
    msh('ORU^R01^ORU_R01', { sender: 'EXTRACTOR|UF' }),
    PID,
    'OBR|1||X1^UF|51969-4^Report^LN|||||||||||||||||||||F',
    ...lines,
  )
  assert.match(ack[1]!, /^MSA\|AA/)
  const observations = await home.of('Observation')
  const variants = observations.filter((one) => JSON.stringify(one['code']).includes('"69548-6"'))
  assert.equal(variants.length, 2)
  const records = data('interop/hl7v2/extractor/snpEff.vcf')
    .split(/\r?\n/)
    .filter((line) => /^chr/.test(line))
    .map((line) => line.split('\t'))
  assert.equal(records.length, 2)
  for (const [chromosome, position, , ref, alt, , , info] of records) {
    const found = variants.find((one) => JSON.stringify(one['component']).includes(`"value":${position}}`))
    assert.ok(found, `${chromosome}:${position}`)
    const component = (code: string) =>
      (found['component'] as { code: { coding: { code: string }[] }; [value: string]: unknown }[]).find(
        (one) => one.code.coding[0]!.code === code,
      )
    assert.equal(component('69547-8')?.['valueString'], ref)
    assert.equal(component('69551-0')?.['valueString'], alt)
    assert.match(JSON.stringify(component('48000-4')), /LA21254-0/)
    const hgvs = JSON.stringify(component('48004-6'))
      .match(/"code":"(ENST[^"]+)"/)?.[1]
      ?.split(':')[1]
    assert.ok(hgvs !== undefined && info!.includes(`|${hgvs}|`), hgvs)
    assert.match(JSON.stringify(component('53034-5')), /LA6705-3/)
    assert.match(JSON.stringify(component('48002-0')), /LA6683-2/)
    assert.match(JSON.stringify(component('48013-7')), /NC_000001\.11/)
    assert.deepEqual(
      component('48018-6')?.['valueCodeableConcept'],
      { text: 'NoGene' },
      'HGNC:0000 is no gene',
    )
  }
  const implications = observations.filter((one) =>
    JSON.stringify(one['code']).includes('diagnostic-implication'),
  )
  assert.equal(implications.length, 2)
  assert.equal(implications.filter((one) => /Benign/.test(JSON.stringify(one['component']))).length, 2)
  assert.equal(
    implications.filter((one) => /Encephalopathy/.test(JSON.stringify(one['component']))).length,
    1,
  )
  for (const one of implications) assert.equal((one['derivedFrom'] as unknown[]).length, 1)
  const [report] = await home.of('DiagnosticReport')
  assert.equal(report!['conclusion'], 'Positive')
  // Codes of the sender's own system that are LOINC's by number, check digit and name are on the work list.
  const assumed = await home.store.messages.unmapped(TENANT, 'EXTRACTOR|UF')
  assert.deepEqual(assumed.map(({ code, assumed: read }) => [code, read]).sort(), [
    ['48013-7', true],
    ['48018-6', true],
    ['51968-6', true],
  ])
})

const GLUCOSE = 'interop/hl7v2/messages/ORU-R01-RMGEAD.hl7'
test('a plain ORU of 2.4 waits for its person, then is a result with its number, flag and range', {
  skip: needs(GLUCOSE),
}, async () => {
  const ack = await home.send(...segments(GLUCOSE))
  assert.match(ack[1]!, /^MSA\|AA\|CNTRL-3456/)
  const [waiting] = await home.store.messages.list(TENANT, { states: ['unknown-patient'], limit: 1 })
  const line = await replay(home.services, waiting!.id, { act: ACT, register: true }, { by: 'test' })
  const [observation] = await home.of('Observation', line.patient!)
  assert.deepEqual(observation!['valueQuantity'], { value: 182, unit: 'mg/dl' })
  assert.deepEqual(observation!['referenceRange'], [{ text: '70_105' }])
  assert.match(JSON.stringify(observation!['interpretation']), /"H"/)
  const [report] = await home.of('DiagnosticReport', line.patient!)
  assert.deepEqual(report!['identifier'], [
    { system: 'urn:id:GHH%20LAB', value: '1045813' },
    { system: 'urn:id:GHH%20OE', value: '845439' },
  ])
})

const ORDER = 'interop/hl7v2/messages/pharmcat.example.order.ORM_O01.hl7'
test('an order of 2.3 becomes a ServiceRequest, is found by its result, and is revoked by its placer', {
  skip: needs(ORDER),
}, async () => {
  const asSent = segments(ORDER)
  assert.match((await home.send(...asSent))[1]!, /^MSA\|AR/, 'its MSH-11 says that it is for training')
  const order = asSent.map((line) => line.replace('|ORM^O01|624|T|', '|ORM^O01|626|P|'))
  await home.send(...order)
  const [waiting] = await home.store.messages.list(TENANT, { states: ['unknown-patient'], limit: 1 })
  const { patient } = await replay(home.services, waiting!.id, { act: ACT, register: true }, { by: 'test' })
  const [request] = await home.of('ServiceRequest', patient!)
  assert.equal(request!['status'], 'active')
  assert.match(JSON.stringify(request!['identifier']), /"620941"/)
  assert.match(JSON.stringify(request!['code']), /PCAT/)
  const pid = order.find((line) => line.startsWith('PID'))!
  const mshLine = order[0]!
  const result = await home.send(
    mshLine.replace('ORM^O01|626', 'ORU^R01|900'),
    pid,
    'OBR|1|620941^EPC|R1^LAB|PCAT^PharmCAT^PharmCAT|||||||||||||||||||||F',
    'OBX|1|ST|84413-4^Genotype^LN|1a|CYP2C19*1/*2||||||F',
    'OBX|2|ST|48018-6^Gene studied^LN|1a|CYP2C19||||||F',
  )
  assert.match(result[1]!, /^MSA\|AA/, result.join('\n'))
  const [report] = await home.of('DiagnosticReport', patient!)
  assert.deepEqual(report!['basedOn'], [{ reference: `ServiceRequest/${request!.id}` }])
  await home.send(
    ...order.map((line) => line.replace('ORM^O01|626', 'ORM^O01|627').replace('ORC|NW', 'ORC|CA')),
  )
  const [revoked] = await home.of('ServiceRequest', patient!)
  assert.equal(revoked!['status'], 'revoked')
  assert.equal((await home.of('ServiceRequest', patient!)).length, 1)
})

test('an order of a regional genomics service: sample, diagnosis, notes and questions', async () => {
  const ack = await home.send(
    msh('OML^O21^OML_O21', { sender: 'EPIC|R0A' }),
    PID,
    'ORC|NW|1601737^R0A||||||||||||||||||||||||||||||',
    'OBR|1|1601737^R0A|1001166717^699X0|R240.1^^England-GenomicTestDirectory||20250129||||||||||C3456789^Darwin^Samuel^^^Dr^^^GMC',
    'NTE|1||Referral lab PLEASE do following tests:',
    'DG1|1||363349007^Malignant tumour of stomach^SNM3||20250129103726+0000',
    'OBX|3|CE|281269004^High infection risk sample^SNM3|||||||||||20250129103726+0000',
    'SPM|1|25GEN-029GN00001&R0A|^1001166717&699X0|258580003^Whole blood specimen^SNM3|||||||||||||20250129103726+0000|||Y',
  )
  assert.match(ack[1]!, /^MSA\|AA/, ack.join('\n'))
  const [request] = (await home.of('ServiceRequest', 'p1')).filter((one) =>
    JSON.stringify(one['identifier']).includes('1601737'),
  )
  assert.match(JSON.stringify(request!['reasonCode']), /"http:\/\/snomed.info\/sct","code":"363349007"/)
  assert.match(JSON.stringify(request!['requester']), /Dr Samuel Darwin/)
  assert.match(JSON.stringify(request!['note']), /Referral lab/)
  assert.match(JSON.stringify(request!['note']), /High infection risk sample/)
  const specimens = await home.of('Specimen', 'p1')
  assert.ok(
    specimens.some(
      (one) =>
        /258580003/.test(JSON.stringify(one['type'])) &&
        /25GEN-029GN00001/.test(JSON.stringify(one['identifier'])),
    ),
  )
})

test('local codes wait on the work list, are explained, and the messages read once more', async () => {
  const sender = 'LOCAL|LAB'
  const lines = [
    PID,
    'OBR|1||L1^LAB|51969-4^Report^LN|||||||||||||||||||||F',
    'OBX|1|CWE|G1^Gene^99LOC|1a|HGNC:2625^CYP2D6^HGNC||||||F',
    'OBX|2|ST|G2^Diplotype^99LOC|1a|*4/*4||||||F',
  ]
  await home.send(msh('ORU^R01^ORU_R01', { sender }), ...lines)
  const calls = async () =>
    (await home.store.records.get({ tenant: TENANT, patient: 'p1' as never }))!.record.outsideCalls.filter(
      ({ gene }) => gene === 'CYP2D6',
    )
  assert.equal((await calls()).length, 0)
  const codes = await home.store.messages.unmapped(TENANT, sender)
  assert.deepEqual(
    codes.map(({ system, code, messages }) => [system, code, messages]),
    [
      ['99LOC', 'G1', 1],
      ['99LOC', 'G2', 1],
    ],
  )
  const row = (code: string, toCode: string) => ({
    system: '99loc',
    code,
    toSystem: 'http://loinc.org',
    toCode,
    toDisplay: undefined,
  })
  await home.store.messages.setCodes(TENANT, sender, [row('G1', '48018-6'), row('G2', '84413-4')], false, ACT)
  for (const id of await home.store.messages.withUnmapped(TENANT, sender)) {
    assert.equal((await replay(home.services, id, { act: ACT }, { by: 'test' })).state, 'processed')
  }
  assert.deepEqual(
    (await calls()).map(({ diplotype }) => diplotype),
    ['*4/*4'],
  )
  assert.deepEqual(await home.store.messages.unmapped(TENANT, sender), [])
  const mine = (await home.of('Observation', 'p1')).filter((one) =>
    /LOCAL%7CLAB/.test(JSON.stringify(one.meta)),
  )
  assert.deepEqual(
    mine.map((one) => (one['code'] as { coding: { code: string }[] }).coding[0]!.code),
    ['84413-4'],
    'what the first reading kept line by line has become the genotype',
  )
  const [report] = (await home.of('DiagnosticReport', 'p1')).filter((one) =>
    /LOCAL%7CLAB/.test(JSON.stringify(one.meta)),
  )
  assert.deepEqual(report!['result'], [{ reference: `Observation/${mine[0]!.id}` }])
})

test('an authority is given a URI by the code map', async () => {
  const sender = 'MAPPED|LAB'
  await home.add('p2', {
    name: 'Example Two',
    identifiers: [{ system: 'https://hospital.example/mrn', value: '77' }],
  })
  await home.store.messages.setCodes(
    TENANT,
    sender,
    [
      {
        system: 'HL70363',
        code: 'HH',
        toSystem: 'https://hospital.example/mrn',
        toCode: '',
        toDisplay: undefined,
      },
    ],
    false,
    ACT,
  )
  const ack = await home.send(
    msh('ORU^R01^ORU_R01', { sender }),
    'PID|1||77^^^HH^MR||Two^Example||19580314|M',
    'OBR|1||A1^LAB|51969-4^R^LN|||||||||||||||||||||F',
  )
  assert.match(ack[1]!, /^MSA\|AA/)
  assert.equal(ack.length, 2)
})
