import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { receive } from '../../src/app/exchange/exchange.ts'
import { replay } from '../../src/app/exchange/replay.ts'
import { msh, PID, TENANT, type TestExchange, testExchange } from './exchange-home.ts'

let home: TestExchange
before(async () => {
  home = await testExchange()
  await home.add('p1')
})
after(() => home.close())

const OBR = 'OBR|1||U1^LAB|R^Report^L|||20261120|||||||||||||||20261122100000+0100|||F'
const OBX = 'OBX|1|ST|T^Text^L||value||||||F'
const sent = async (bytes: Buffer) => (await receive(home.services, bytes, { by: 'test' })).split('\r')

for (const [name, code, segments, encoding] of [
  ['bytes of no character set', 'HL7_CHARSET_BYTES', [PID, OBR, OBX.replace('value', 'Grün')], 'latin1'],
  ['an unknown character set', 'HL7_CHARSET', [PID, OBR, OBX], 'utf8'],
  ['a line break inside a text', 'HL7_SEGMENT_MALFORMED', [PID, OBR, OBX, 'second line'], 'utf8'],
] as const) {
  test(`${name}: the answer names the message, and it waits under its sender`, async () => {
    const id = `U-${code}`
    const head = msh('ORU^R01^ORU_R01', { id }) + (code === 'HL7_CHARSET' ? '||||||KLINGON' : '')
    const bytes = Buffer.from(`${[head, ...segments].join('\r')}\r`, encoding)
    const ack = await sent(bytes)
    assert.match(ack[0]!, /^MSH\|\^~\\&\|EHR\|HOSP\|LAB\|SITE\|/)
    assert.ok(ack[1]!.startsWith(`MSA|AE|${id}|`), ack[1])
    assert.ok(ack[2]!.includes(`|${code}|`), ack[2])
    const waiting = await home.store.messages.list(TENANT, { states: ['quarantined'], limit: 50 })
    const line = waiting.find((one) => one.controlId === id)
    assert.equal(line?.sender, 'LAB|SITE')
    assert.deepEqual(await sent(bytes), ack, 'the same bytes are answered as before')
    await assert.rejects(
      replay(home.services, line!.id, { act: { at: '2026-11-22T10:00:00Z', by: 't' } }, { by: 't' }),
      {
        code,
      },
    )
  })
}

test('a date that is none is left out, and the sender is told where', async () => {
  const ack = await home.send(
    msh('ORU^R01^ORU_R01'),
    PID,
    OBR.replace('20261120', '20261399'),
    `${OBX}|||2026-11-20`,
    `${OBX.replace('OBX|1', 'OBX|2')}|||""`,
  )
  assert.match(ack[1]!, /^MSA\|AA\|/)
  assert.deepEqual(
    ack.slice(2).map((one) => one.split('|').slice(2, 6).join(' ')),
    [
      'OBR^1^7^1 102^Data type error^HL70357 W HL7_DOUBTFUL',
      'OBX^1^14^1 102^Data type error^HL70357 W HL7_DOUBTFUL',
    ],
  )
})
