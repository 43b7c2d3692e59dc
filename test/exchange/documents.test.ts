import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { needs, sharedData } from '../support/shared-data.ts'
import { msh, PID, TENANT, type TestExchange, testExchange } from './exchange-home.ts'

let home: TestExchange
before(async () => {
  home = await testExchange()
  await home.add('p1')
})
after(() => home.close())

const PDF = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n')
const BASE64 = PDF.toString('base64')
let filler = 0
const send = (value: string, status = 'F', code = 'PDF^Report^L') =>
  home.send(
    msh('ORU^R01^ORU_R01'),
    PID,
    `OBR|1||D${++filler}^LAB|R^Report^L|||||||||||||||||||||F`,
    `OBX|1|ED|${code}||${value}||||||${status}`,
  )
const newest = async () => {
  const reports = await home.of('DiagnosticReport')
  return reports.find((one) => JSON.stringify(one['identifier']).includes(`"D${filler}"`))
}

for (const spelling of [
  'MOL^IM^PDF^Base64',
  '^application^pdf^Base64',
  'GLIMS^Application^PDF^Base64',
  'ISSSTE_CIS^AP^^Base64',
  '^application^pdf^base64',
  'LAB&1.2.3&ISO^TEXT^PDF^BASE64',
  '^AP^^base-64',
]) {
  test(`a PDF as ${spelling}`, async () => {
    const ack = await send(`${spelling}^${BASE64}`)
    assert.match(ack[1]!, /^MSA\|AA/, ack.join('\n'))
    assert.equal(ack.length, 2, 'no doubts')
    const [form] = (await newest())!['presentedForm'] as { contentType: string; data: string }[]
    assert.equal(form!.contentType, 'application/pdf')
    assert.deepEqual(Buffer.from(form!.data, 'base64'), PDF)
  })
}

test('a PDF is queued to be read for proposals, once for each version', async () => {
  await send(`^application^pdf^Base64^${BASE64}`)
  const waiting = await home.store.jobs.list(TENANT, 'waiting', 1000)
  const mine = waiting.filter(({ kind }) => kind === 'read-document')
  assert.ok(mine.length > 0)
  assert.equal(new Set(mine.map(({ key }) => key)).size, mine.length)
})

test('hexadecimal, line breaks inside Base64, and plain text', async () => {
  assert.match((await send(`^application^pdf^Hex^${PDF.toString('hex')}`))[1]!, /^MSA\|AA/)
  assert.deepEqual(
    Buffer.from(((await newest())!['presentedForm'] as { data: string }[])[0]!.data, 'base64'),
    PDF,
  )
  const lines = BASE64.match(/.{1,20}/g)!.join('\\.br\\')
  assert.match((await send(`^application^pdf^Base64^${lines}`))[1]!, /^MSA\|AA/)
  assert.match((await send('^text^plain^A^one \\T\\ two'))[1]!, /^MSA\|AA/)
  const [form] = (await newest())!['presentedForm'] as { contentType: string; data: string }[]
  assert.equal(form!.contentType, 'text/plain')
  assert.equal(Buffer.from(form!.data, 'base64').toString(), 'one & two')
})

for (const [what, value, place, code] of [
  ['no encoding, all earlier components empty', `^^^^${BASE64}`, '5^1^4', 'HL7_ED_ENCODING'],
  ['the data alone', BASE64, '5^1^4', 'HL7_ED_ENCODING'],
  ['an encoding that nobody knows', `^application^pdf^uuencode^${BASE64}`, '5^1^4', 'HL7_ED_ENCODING'],
  ['no data', '^application^pdf^Base64^', '5^1^5', 'HL7_ED_DATA'],
  ['nothing at all', '', '5^1^4', 'HL7_ED_ENCODING'],
  ['hexadecimal that is none', '^application^pdf^Hex^XYZ', '5^1^5', 'HL7_ED_DATA'],
  [
    'called a PDF, and none',
    `^application^pdf^Base64^${Buffer.from('hello world').toString('base64')}`,
    '5^1^5',
    'HL7_ED_NOT_PDF',
  ],
  [
    'encoded twice',
    `^application^pdf^Base64^${Buffer.from(BASE64).toString('base64')}`,
    '5^1^5',
    'HL7_ED_NOT_PDF',
  ],
] as const) {
  test(`refused with its place: ${what}`, async () => {
    const before = (await home.of('DocumentReference')).length
    const ack = await send(value)
    assert.match(ack[1]!, /^MSA\|AE/, ack.join('\n'))
    assert.match(
      ack[2]!,
      new RegExp(`^ERR\\|\\|OBX\\^1\\^${place.replaceAll('^', '\\^')}\\|.*\\|E\\|${code}\\|`),
    )
    assert.equal((await home.of('DocumentReference')).length, before)
  })
}

test('a PDF that was cut is kept, and the sender warned', async () => {
  const ack = await send(`^application^pdf^Base64^${PDF.subarray(0, 20).toString('base64')}...`)
  assert.match(ack[1]!, /^MSA\|AA/)
  assert.ok(
    ack.some((line) => /^ERR\|\|OBX\^1\^5\^1\|.*\|W\|/.test(line)),
    ack.join('\n'),
  )
})

test('every spelling of the collected snippets, and the wrong one by its place', {
  skip: needs('interop/hl7v2/snippets/obx-ed-pdf-variants.txt'),
}, async () => {
  const lines = readFileSync(sharedData('interop/hl7v2/snippets/obx-ed-pdf-variants.txt')!, 'utf8').split(
    /\r?\n/,
  )
  let expected = 'AA'
  for (const line of lines) {
    if (/^# wrong/.test(line)) expected = 'AE'
    if (!line.startsWith('OBX')) continue
    const ack = await home.send(
      msh('ORU^R01^ORU_R01'),
      PID,
      `OBR|1||D${++filler}^LAB|R^Report^L|||||||||||||||||||||F`,
      line,
    )
    assert.match(ack[1]!, new RegExp(`^MSA\\|${expected}`), `${line}\n${ack.join('\n')}`)
    if (expected === 'AE') assert.match(ack[2]!, /^ERR\|\|OBX\^1\^5\^1\^4\|/)
  }
  assert.equal(expected, 'AE')
})

test('a reference pointer is kept as an address', async () => {
  const ack = await home.send(
    msh('ORU^R01^ORU_R01'),
    PID,
    `OBR|1||D${++filler}^LAB|R^Report^L|||||||||||||||||||||F`,
    'OBX|1|RP|PDF^Report^L||https://lab.example.org/r/1^LAB&1.2.3&ISO^application^pdf||||||F',
  )
  assert.match(ack[1]!, /^MSA\|AA/, ack.join('\n'))
  const [form] = (await newest())!['presentedForm'] as { url: string; contentType: string }[]
  assert.deepEqual([form!.url, form!.contentType], ['https://lab.example.org/r/1', 'application/pdf'])
})

test('MDM: a document with a number of its own, joined to the report of its filler number, replaced and cancelled', async () => {
  const txa = (status: string) =>
    `TXA|1|GR^Genetic report|PDF|20261120||20261120100000+0100||||||DOC1^LAB|||MDM1^LAB||${status}||AV`
  const obx = `OBX|1|ED|GR^Genetic report||LAB^AP^^Base64^${BASE64}`
  await home.send(
    msh('ORU^R01^ORU_R01'),
    PID,
    'OBR|1||MDM1^LAB|PGX^Panel^L|||||||||||||||||||||F',
    'OBX|1|NM|29463-7^Body weight^LN||70|kg^kg^UCUM|||||F',
  )
  const count = (await home.of('DocumentReference')).length
  assert.match((await home.send(msh('MDM^T02^MDM_T02'), PID, txa('AU'), obx))[1]!, /^MSA\|AA/)
  const reports = async () =>
    (await home.of('DiagnosticReport')).filter((one) => JSON.stringify(one['identifier']).includes('"MDM1"'))
  const [report, second] = await reports()
  assert.equal(second, undefined)
  assert.equal((report!['result'] as unknown[]).length, 1)
  assert.equal((report!['presentedForm'] as unknown[]).length, 1)
  assert.match(JSON.stringify(report!['code']), /PGX/, 'the document does not rename the report')
  const mine = async () =>
    (await home.of('DocumentReference')).filter((one) =>
      JSON.stringify(one['identifier'] ?? '').includes('"DOC1"'),
    )
  assert.equal((await mine())[0]!['docStatus'], 'final')
  assert.match((await home.send(msh('MDM^T11^MDM_T01'), PID, txa('AU')))[1]!, /^MSA\|AA/)
  assert.equal((await mine())[0]!['status'], 'entered-in-error')
  assert.equal((await home.of('DocumentReference')).length, count + 1)
  assert.match((await home.send(msh('MDM^T02^MDM_T02'), PID, 'TXA|1|GR', obx))[1]!, /^MSA\|AE/)
})
