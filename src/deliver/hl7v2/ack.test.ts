import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { type AckInput, ackBatch, ackText } from './ack.ts'
import { escaped } from './segment-text.ts'

const input: AckInput = {
  code: 'AE',
  to: {
    sendingApplication: 'LAB',
    sendingFacility: 'SITE',
    receivingApplication: 'EHR',
    receivingFacility: 'HOSP',
    event: 'R01',
    controlId: '42',
    processingId: 'P',
    version: '2.5.1',
  },
  controlId: 'G1',
  at: '2026-11-22T09:30:00.000Z',
  errors: [
    {
      place: { segment: 'OBX', occurrence: 3, field: 5, component: 4 },
      condition: '101',
      conditionText: 'Required field missing',
      severity: 'E',
      code: 'HL7_ED_ENCODING',
      text: 'no encoding | is named',
    },
  ],
}

test('the answer goes back to the sender, names its control id, and says where the fault is', () => {
  assert.deepEqual(ackText(input).split('\r'), [
    'MSH|^~\\&|EHR|HOSP|LAB|SITE|20261122093000+0000||ACK^R01^ACK|G1|P|2.5.1',
    'MSA|AE|42|no encoding \\F\\ is named',
    'ERR||OBX^3^5^1^4|101^Required field missing^HL70357|E|HL7_ED_ENCODING|||no encoding \\F\\ is named',
    '',
  ])
})

test('a message whose header could not be read is answered all the same', () => {
  const nothing = {
    sendingApplication: undefined,
    sendingFacility: undefined,
    receivingApplication: undefined,
    receivingFacility: undefined,
    event: undefined,
    controlId: undefined,
    processingId: undefined,
    version: undefined,
  }
  const [msh, msa] = ackText({ ...input, code: 'AR', to: nothing, errors: [] }).split('\r')
  assert.equal(msh, 'MSH|^~\\&|GARROD||||20261122093000+0000||ACK^^ACK|G1|P|2.5.1')
  assert.equal(msa, 'MSA|AR')
})

test('a batch is answered as a batch', () => {
  const one = ackText({ ...input, code: 'AA', errors: [] })
  const lines = ackBatch([one, one], input.at).split('\r')
  assert.deepEqual(
    lines.map((line) => line.slice(0, 3)),
    ['BHS', 'MSH', 'MSA', 'MSH', 'MSA', 'BTS', ''],
  )
  assert.equal(lines[5], 'BTS|2')
})

test('no text can end a field, a segment or a frame', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.doesNotMatch(escaped(text), /[|^&~\r\n\v\f]|\p{Cc}/u)
    }),
  )
})
