import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { UNRESTRICTED } from '../../src/record/resource-query.ts'
import { msh, PID, TENANT, type TestExchange, testExchange } from './exchange-home.ts'

let home: TestExchange
before(async () => {
  home = await testExchange()
  await home.add('p1')
  await home.add('p2', { identifiers: [{ system: 'urn:id:HOSP', value: '4712' }] })
})
after(() => home.close())

/** The newest version of every Observation of a person, as text. */
async function texts(patient: string): Promise<readonly string[]> {
  const page = await home.store.resources.search(TENANT, {
    ...{ type: 'Observation', criteria: [], sort: [], count: 100, after: undefined, total: false },
    within: UNRESTRICTED,
  })
  return page.resources.flatMap(({ compartment, json }) => (compartment === patient ? [json!] : []))
}

const OTHER = 'PID|1||4712^^^HOSP^MR||One^Example||19580314|M'
const report = (pid: string, filler: string, ...lines: readonly string[]) =>
  home.send(
    msh('ORU^R01^ORU_R01'),
    pid,
    `OBR|1||${filler}^LAB|24323-8^Panel^LN|||20261120|||||||||||||||20261122100000+0100|||F`,
    ...lines,
  )

for (const [line, written] of [
  ['OBX|1|NM|2823-3^Potassium^LN||5.40|mmol/L^mmol/L^UCUM|||||F', /"valueQuantity":\{"value":5\.40,/],
  ['OBX|1|NM|2823-3^Potassium^LN||+05.0|mmol/L^mmol/L^UCUM|||||F', /"valueQuantity":\{"value":5\.0,/],
  ['OBX|1|NM|2823-3^Potassium^LN||-.50|mmol/L^mmol/L^UCUM|||||F', /"valueQuantity":\{"value":-0\.50,/],
  ['OBX|1|NM|2823-3^Potassium^LN||5.|mmol/L^mmol/L^UCUM|||||F', /"valueQuantity":\{"value":5,/],
  ['OBX|1|SN|2823-3^Potassium^LN||<^2.50|mmol/L^mmol/L^UCUM|||||F', /"value":2\.50,"comparator":"<"/],
  [
    'OBX|1|SN|2823-3^Potassium^LN||^1.0^:^8|||||||F',
    /"numerator":\{"value":1\.0\},"denominator":\{"value":8\}/,
  ],
  ['OBX|1|SN|2823-3^Potassium^LN||^1.0^-^2.00|||||||F', /"low":\{"value":1\.0\},"high":\{"value":2\.00\}/],
] as const)
  test(`${line.split('|')[5]} (${line.split('|')[2]}) is kept as precise as it was sent`, async () => {
    const filler = `F${written.source.length}${line.length}`
    assert.match((await report(PID, filler, line)).join('\n'), /MSA\|AA/)
    const found = await texts('p1')
    assert.ok(
      found.some((text) => written.test(text)),
      found.join('\n'),
    )
  })

test('a record that goes into another takes the precision along', async () => {
  await report(OTHER, 'M1', 'OBX|1|NM|2823-3^Potassium^LN||6.10|mmol/L^mmol/L^UCUM|||||F')
  assert.equal((await texts('p2')).length, 1)
  const answer = await home.send(
    msh('ADT^A40^ADT_A39'),
    'EVN||20261122103000+0100',
    PID,
    'MRG|4712^^^HOSP^MR',
  )
  assert.match(answer.join('\n'), /MSA\|AA/)
  assert.equal((await texts('p2')).length, 0)
  assert.ok((await texts('p1')).some((text) => text.includes('"value":6.10')))
})
