import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testMessagesOf } from '../../src/app/exchange/processing-id.ts'
import { replay } from '../../src/app/exchange/replay.ts'
import { Fault } from '../../src/terms/fault.ts'
import { msh, PID, TENANT, testExchange } from './exchange-home.ts'

const result = (processing: string) => [
  msh('ORU^R01^ORU_R01', { processing }),
  PID,
  'OBR|1||T1^LAB|PGX^Pharmacogenetics^L|||20261120|||||||||||||||20261122100000+0100|||F',
  'OBX|1|CWE|48018-6^Gene studied [ID]^LN|1a|HGNC:2621^CYP2C19^HGNC||||||F',
  'OBX|2|ST|84413-4^Genotype display name^LN|1a|*2/*2||||||F',
]
const admission = (processing: string) => [
  msh('ADT^A01^ADT_A01', { processing }),
  'EVN|A01|20261122',
  'PID|1||4712^^^HOSP^MR||Two^Example||19600101|F',
]

test('a message for training or debugging is refused, and nothing of it is in the record', async () => {
  const home = await testExchange()
  try {
    await home.add('p1')
    for (const processing of ['T', 'D', 't', 'T^T']) {
      for (const message of [result(processing), admission(processing)]) {
        const ack = await home.send(...message)
        assert.match(ack[1]!, /^MSA\|AR\|/, ack.join('\n'))
        assert.match(ack[2]!, /^ERR\|\|MSH\^1\^11\^1\|202\^.*\|HL7_NOT_PRODUCTION\|/)
      }
    }
    assert.deepEqual(await home.of('Observation'), [])
    assert.deepEqual(await home.of('DiagnosticReport'), [])
    assert.equal((await home.store.patients.list(TENANT)).patients.length, 1)
    const kept = await home.store.messages.list(TENANT, { states: ['discarded'], limit: 50 })
    assert.equal(kept.length, 8)
    assert.deepEqual(
      [...new Set(home.audited.map((one) => `${one.outcome} ${one.code}`))],
      ['refused HL7_NOT_PRODUCTION'],
    )
  } finally {
    await home.close()
  }
})

test('a site may look at test messages first: they wait in quarantine, and reading them again changes nothing', async () => {
  const home = await testExchange(undefined, 'quarantine')
  try {
    await home.add('p1')
    const ack = await home.send(...result('T'))
    assert.match(ack[1]!, /^MSA\|AR\|/)
    const [waiting] = await home.store.messages.list(TENANT, { states: ['quarantined'], limit: 50 })
    const decision = { act: { at: '2026-11-22T12:00:00Z', by: 'test' } }
    await assert.rejects(replay(home.services, waiting!.id, decision, { by: 'test' }), {
      code: 'HL7_NOT_PRODUCTION',
    })
    assert.deepEqual(await home.of('Observation'), [])
  } finally {
    await home.close()
  }
})

test('a server that is for training files them', async () => {
  const home = await testExchange(undefined, 'file')
  try {
    await home.add('p1')
    assert.match((await home.send(...result('T')))[1]!, /^MSA\|AA\|/)
    assert.equal((await home.of('Observation')).length, 1)
  } finally {
    await home.close()
  }
})

test('what a message is for is not guessed: another value is refused, none is production with a warning', async () => {
  const home = await testExchange()
  try {
    await home.add('p1')
    const other = await home.send(...result('X'))
    assert.match(other[1]!, /^MSA\|AR\|/)
    assert.match(other[2]!, /HL7_PROCESSING_ID\|/)
    assert.deepEqual(await home.of('Observation'), [])
    const none = await home.send(...result(''))
    assert.match(none[1]!, /^MSA\|AA\|/)
    assert.match(none[2]!, /\|W\|HL7_PROCESSING_ID_MISSING\|/)
    assert.equal((await home.of('Observation')).length, 1)
  } finally {
    await home.close()
  }
})

test('the setting is one of three words', () => {
  assert.equal(testMessagesOf({}), undefined)
  assert.equal(testMessagesOf({ GARROD_HL7_TEST: 'file' }), 'file')
  assert.throws(
    () => testMessagesOf({ GARROD_HL7_TEST: 'yes' }),
    (error) => error instanceof Fault && error.code === 'HL7_TEST_SETTING',
  )
})
