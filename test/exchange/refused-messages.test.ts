// Messages that break a rule of the standard, or ask for what is not done: each is answered with the place and the code.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { msh, PID, type TestExchange, testExchange } from './exchange-home.ts'

let home: TestExchange
before(async () => {
  home = await testExchange()
  await home.add('p1')
})
after(() => home.close())

const OBR = 'OBR|1|O1^EHR|F1^LAB|R^Report^L|||20261120|||||||||||||||20261122100000+0100|||F'
const OBX = 'OBX|1|ST|T^Text^L||value||||||F'
const TXA = 'TXA|1|CN|TX|||||||||D1^LAB|||||AU'
const results = (pid: string, ...rest: readonly string[]) => [msh('ORU^R01^ORU_R01'), pid, ...rest]
const orders = (...rest: readonly string[]) => [msh('OML^O21^OML_O21'), PID, ...rest]
const documents = (...rest: readonly string[]) => [msh('MDM^T02^MDM_T02'), PID, ...rest]
const merges = (...rest: readonly string[]) => [msh('ADT^A40^ADT_A39'), PID, ...rest]

const REFUSED: readonly (readonly [string, string, RegExp, readonly string[]])[] = [
  ['HL7_TYPE', 'MSH^1^9^1^1', /type "BAR" are not read here/, [msh('BAR^P01'), PID]],
  ['HL7_EVENT', 'MSH^1^9^1^2', /event "A99" of ADT is not read here/, [msh('ADT^A99'), PID]],
  ['HL7_EVENT', 'MSH^1^9^1^2', /does not say which event of ADT/, [msh('ADT'), PID]],
  ['HL7_NO_PATIENT', 'PID^1', /no PID/, [msh('ORU^R01^ORU_R01'), OBR, OBX]],
  ['HL7_TWO_PATIENTS', 'PID^2', /more than one person/, results(PID, PID, OBR, OBX)],
  [
    'HL7_NO_PATIENT_IDENTIFIER',
    'PID^1^3^1',
    /no identifier/,
    results('PID|1||||One^Example||19580314|M', OBR, OBX),
  ],
  ['HL7_BIRTH_DATE', 'PID^1^7^1', /YYYYMMDD/, results(PID.replace('19580314', '14.3.1958'), OBR, OBX)],
  ['HL7_SEX', 'PID^1^8^1', /Send F, M, O, U, A or N/, results(PID.replace(/M$/, 'Q'), OBR, OBX)],
  ['HL7_NO_OBR', 'OBR^1', /no OBR/, results(PID)],
  ['HL7_SEQUENCE', 'OBX^1', /before any OBR/, results(PID, OBX, OBR)],
  ['HL7_OBSERVATION_CODE', 'OBX^1^3^1', /in OBX-3/, results(PID, OBR, OBX.replace('T^Text^L', ''))],
  [
    'HL7_RP_POINTER',
    'OBX^1^5^1',
    /reference to a document is empty/,
    results(PID, OBR, OBX.replace('ST', 'RP').replace('value', '^LAB^application^pdf')),
  ],
  ['HL7_NO_OBR', 'OBR^1', /Say in OBR what is ordered/, orders('ORC|NW|O1^EHR')],
  ['HL7_NO_PLACER', 'OBR^1^2^1', /ORC-2 or OBR-2/, orders('ORC|NW', OBR.replace('O1^EHR', ''))],
  ['HL7_ORDER_CODE', 'OBR^1^4^1', /in OBR-4/, orders('ORC|NW|O1^EHR', OBR.replace('R^Report^L', ''))],
  ['HL7_NO_DOCUMENT_NUMBER', 'TXA^1^12', /TXA-12/, documents(TXA.replace('D1^LAB', ''), OBX)],
  ['HL7_NO_DOCUMENT', 'OBX^1^5', /brings no document/, documents(TXA)],
  ['HL7_NO_MERGE_IDENTIFIER', 'MRG^1^1', /MRG-1/, merges()],
  ['HL7_TWO_MERGES', 'MRG^2', /more than one pair/, merges('MRG|1^^^HOSP^MR', 'MRG|2^^^HOSP^MR')],
]

for (const [code, place, words, segments] of REFUSED) {
  test(`${code} at ${place}`, async () => {
    const ack = await home.send(...segments)
    assert.match(ack[1]!, /^MSA\|A[ER]\|/)
    const [, , at, , , own, , said, mend] = ack[2]!.split('|')
    assert.ok(at!.startsWith(place), ack[2])
    assert.equal(own?.split('^')[0], code)
    assert.match(`${said} ${mend}`.replaceAll('\\T\\', '&'), words)
    assert.deepEqual(await home.of('Observation'), [])
  })
}
