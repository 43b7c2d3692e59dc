import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { discard } from '../../src/app/exchange/replay.ts'
import type { Resource } from '../../src/record/resource.ts'
import { patientId } from '../../src/terms/ids.ts'
import { msh, PID, TENANT, type TestExchange, testExchange } from './exchange-home.ts'

const ACT = { at: '2026-11-22T12:00:00Z', by: 'test' }
let home: TestExchange
before(async () => {
  home = await testExchange()
  await home.add('p1')
})
after(() => home.close())

const ORU = 'ORU^R01^ORU_R01'
const PDF = Buffer.from('%PDF-1.4\n%%EOF\n').toString('base64')
const obr = (filler: string, status: string, at = '20261122100000+0100') =>
  `OBR|1|P-${filler}^EHR|${filler}^LAB|PGX^Pharmacogenetics^L|||20261120|||||||||||||||${at}|||${status}`
const obx = (n: number, type: string, code: string, sub: string, value: string, status: string) =>
  `OBX|${n}|${type}|${code}|${sub}|${value}||||||${status}`
const genotype = (filler: string, status: string, diplotype: string, phenotype: string, at?: string) => [
  msh(ORU),
  PID,
  obr(filler, status, at),
  obx(1, 'CWE', '48018-6^Gene studied [ID]^LN', '1a', 'HGNC:2621^CYP2C19^HGNC', status),
  obx(2, 'ST', '84413-4^Genotype display name^LN', '1a', diplotype, status),
  obx(3, 'CWE', "53040-2^Genetic variation's effect on drug metabolism^LN", '1a', phenotype, status),
]
const INTERMEDIATE = 'LA10317-8^Intermediate metabolizer^LN'
const POOR = 'LA9657-3^Poor metabolizer^LN'

async function record() {
  return (await home.store.records.get({ tenant: TENANT, patient: patientId('p1') }))!.record
}
const withCode = (resources: readonly Resource[], code: string) =>
  resources.filter((one) => JSON.stringify(one['code']).includes(`"${code}"`))

test('preliminary, final, corrected, cancelled: one result, never two; only what stands is in the record', async () => {
  const steps = [
    ['P', '*1/*2', INTERMEDIATE, 'preliminary', undefined],
    ['F', '*1/*2', INTERMEDIATE, 'final', '*1/*2'],
    ['C', '*2/*2', POOR, 'corrected', '*2/*2'],
    ['X', '', '', 'cancelled', undefined],
  ] as const
  for (const [i, [status, diplotype, phenotype, expected, inRecord]] of steps.entries()) {
    const ack = await home.send(...genotype('F1', status, diplotype, phenotype, `202611221${i}0000+0100`))
    assert.match(ack[1]!, /^MSA\|AA\|C\d+/, ack.join('\n'))
    const genotypes = withCode(await home.of('Observation'), '84413-4')
    assert.equal(genotypes.length, 1)
    assert.equal(genotypes[0]!['status'], expected)
    assert.equal((await home.of('DiagnosticReport')).length, 1)
    const calls = (await record()).outsideCalls
    assert.deepEqual(
      calls.map((one) => [one.gene, one.diplotype, one.phenotype]),
      inRecord === undefined
        ? []
        : [['CYP2C19', inRecord, inRecord === '*1/*2' ? 'Intermediate Metabolizer' : 'Poor Metabolizer']],
    )
  }
})

test('an older report that comes late changes nothing', async () => {
  await home.send(...genotype('F2', 'F', '*1/*17', INTERMEDIATE, '20261122120000+0100'))
  const ack = await home.send(...genotype('F2', 'P', '*1/*1', INTERMEDIATE, '20261122110000+0100'))
  assert.match(ack[1]!, /^MSA\|AA/)
  const found = withCode(await home.of('Observation'), '84413-4').filter(
    (one) => (one['valueCodeableConcept'] as { text: string } | undefined)?.text === '*1/*17',
  )
  assert.deepEqual(
    found.map((one) => one['status']),
    ['final'],
  )
})

test('a preliminary result never takes the place of a final or corrected one, however new it is', async () => {
  const known = (lines: readonly string[]) =>
    lines.map((line) => line.replace('PGX^Pharmacogenetics^L', '51969-4^Report^LN'))
  for (const [i, settled] of (['F', 'C'] as const).entries()) {
    const filler = `F2${i}`
    const mine = async (type: string) =>
      (await home.of(type)).filter((one) => JSON.stringify(one['identifier'] ?? '').includes(`"${filler}"`))
    await home.send(...known(genotype(filler, settled, '*2/*2', POOR, '20261122120000+0100')))
    const before = (await record()).outsideCalls
    const [report] = await mine('DiagnosticReport')
    for (const status of ['P', 'R', 'I', 'S']) {
      const ack = await home.send(
        ...known(genotype(filler, status, '*1/*1', INTERMEDIATE, '20261122130000+0100')),
        'NTE|1||Preliminary words',
      )
      assert.match(ack[1]!, /^MSA\|AA/, ack.join('\n'))
      assert.match(ack[2]!, /\|W\|HL7_FINAL_ON_FILE\|/)
      assert.deepEqual((await record()).outsideCalls, before, `${settled} then ${status}`)
      const [after] = await mine('DiagnosticReport')
      assert.equal(after!['status'], report!['status'])
      assert.deepEqual(after!['result'], report!['result'])
    }
    const waiting = await home.store.messages.list(TENANT, { states: ['partly-filed'], limit: 50 })
    assert.equal(waiting.length, 4)
    for (const one of waiting) await discard(home.services, one.id, { act: ACT }, { by: 'test' })
    await home.send(...genotype(filler, 'C', '*1/*2', INTERMEDIATE, '20261122140000+0100'))
    assert.ok(
      (await record()).outsideCalls.some((one) => one.diplotype === '*1/*2'),
      'a correction does',
    )
    await home.send(...genotype(filler, 'X', '', '', '20261122150000+0100'))
  }
})

test('a final and a preliminary result that come at the same moment: the final one stays, whichever is faster', async () => {
  for (let i = 0; i < 12; i++) {
    const filler = `F3${i}-`
    const both = [
      genotype(filler, 'F', '*2/*2', POOR, '20261122120000+0100'),
      genotype(filler, 'P', '*1/*1', INTERMEDIATE, '20261122130000+0100'),
    ]
    if (i % 2 === 1) both.reverse()
    const acks = await Promise.all(both.map((message) => home.send(...message)))
    for (const ack of acks) assert.match(ack[1]!, /^MSA\|AA/, ack.join('\n'))
    const [report] = (await home.of('DiagnosticReport')).filter((one) =>
      JSON.stringify(one['identifier']).includes(`"${filler}"`),
    )
    const [{ reference }] = report!['result'] as [{ reference: string }]
    const found = (await home.of('Observation')).find((one) => one.id === reference.split('/')[1])!
    assert.equal(report!['status'], 'final')
    assert.equal(found['status'], 'final')
    assert.match(JSON.stringify(found), /\*2\/\*2/)
    await home.send(...genotype(filler, 'X', '', '', '20261122150000+0100'))
  }
})

test('a PDF and the discrete results of the same filler number are one report, whichever comes first', async () => {
  const pdf = [
    msh(ORU),
    PID,
    obr('F3', 'F'),
    obx(1, 'ED', 'PDF^Report^L', '', `^application^pdf^Base64^${PDF}`, 'F'),
  ]
  await home.send(...pdf)
  await home.send(...genotype('F3', 'F', '*1/*1', 'LA25391-6^Normal metabolizer^LN'))
  const reports = (await home.of('DiagnosticReport')).filter((one) =>
    JSON.stringify(one['identifier']).includes('"F3"'),
  )
  assert.equal(reports.length, 1)
  const [report] = reports
  assert.equal((report!['result'] as unknown[]).length, 2)
  const [form] = report!['presentedForm'] as { contentType: string; data: string }[]
  assert.equal(form!.contentType, 'application/pdf')
  assert.equal(form!.data, PDF)
  const documents = await home.of('DocumentReference')
  assert.deepEqual(documents[0]!['context'], { related: [{ reference: `DiagnosticReport/${report!.id}` }] })
})

test('a withdrawn document leaves the report, and stays readable by itself', async () => {
  await home.send(
    msh(ORU),
    PID,
    obr('F3', 'C', '20261122130000+0100'),
    obx(1, 'ED', 'PDF^Report^L', '', `^application^pdf^Base64^${PDF}`, 'W'),
  )
  const [report] = (await home.of('DiagnosticReport')).filter((one) =>
    JSON.stringify(one['identifier']).includes('"F3"'),
  )
  assert.equal(report!['presentedForm'], undefined)
  assert.equal((report!['result'] as unknown[]).length, 2)
  const [document] = await home.of('DocumentReference')
  assert.equal(document!['status'], 'entered-in-error')
})

test('267 lines of a narrative are one text, not 267 observations', async () => {
  const before = (await home.of('Observation')).length
  const lines = Array.from({ length: 267 }, (_, i) =>
    obx(i + 1, 'TX', 'RPT^Pathology report^L', String(i + 1), `line ${i + 1}`, 'F'),
  )
  await home.send(msh(ORU), PID, obr('F4', 'F'), ...lines)
  assert.equal((await home.of('Observation')).length, before)
  const [report] = (await home.of('DiagnosticReport')).filter((one) =>
    JSON.stringify(one['identifier']).includes('"F4"'),
  )
  const [form] = report!['presentedForm'] as { contentType: string; data: string }[]
  const text = Buffer.from(form!.data, 'base64').toString('utf8')
  assert.equal(text.split('\n').length, 267)
  assert.match(text, /^line 1\n.*\nline 267$/s)
})

test('corrections alone replace what they name and leave the rest', async () => {
  const variant = (status: string, ...lines: readonly string[]) => [
    msh(ORU),
    PID,
    obr('F5', status),
    ...lines,
  ]
  await home.send(
    ...variant(
      'F',
      obx(1, 'CWE', '48018-6^Gene studied [ID]^LN', '2a', 'HGNC:2621^CYP2C19^HGNC', 'F'),
      obx(2, 'ST', '81290-9^Genomic DNA change (gHGVS)^LN', '2a', 'NC_000010.11:g.94781859G>A', 'F'),
      obx(3, 'CWE', '53034-5^Allelic state^LN', '2a', 'LA6706-1^Heterozygous^LN', 'F'),
    ),
  )
  await home.send(
    ...variant('C', obx(1, 'CWE', '53034-5^Allelic state^LN', '2a', 'LA6705-3^Homozygous^LN', 'C')),
  )
  const [one] = withCode(await home.of('Observation'), '69548-6')
  const text = JSON.stringify(one!['component'])
  assert.equal(one!['status'], 'corrected')
  assert.match(text, /94781859G>A/)
  assert.match(text, /LA6705-3/)
  assert.doesNotMatch(text, /LA6706-1/)
  assert.doesNotMatch(JSON.stringify(one), /corrections-only|withdrawn/)
})

test('weight and drugs of other wires are derived as well, and withdrawn with their resource', async () => {
  await home.send(
    msh(ORU),
    PID,
    obr('F6', 'F'),
    obx(1, 'NM', '29463-7^Body weight^LN', '', '72', 'F').replace('|72||', '|72|kg^kg^UCUM|'),
  )
  assert.deepEqual((await record()).measurements, [{ kind: 'weight', value: 72, unit: 'kg' }])
  await home.send(
    msh(ORU),
    PID,
    obr('F6', 'C', '20261122140000+0100'),
    obx(1, 'NM', '29463-7^Body weight^LN', '', '', 'W'),
  )
  assert.deepEqual((await record()).measurements, [])
})

test('results under one OBX-4 that cannot be told apart are kept one by one, with a warning, and out of the record', async () => {
  const before = (await record()).outsideCalls.length
  const ack = await home.send(
    msh(ORU),
    PID,
    obr('F7', 'F'),
    obx(1, 'CWE', '48018-6^Gene studied [ID]^LN', '', 'HGNC:2621^CYP2C19^HGNC', 'F'),
    obx(2, 'ST', '84413-4^Genotype display name^LN', '', '*2/*2', 'F'),
    obx(3, 'CWE', '48018-6^Gene studied [ID]^LN', '', 'HGNC:2625^CYP2D6^HGNC', 'F'),
    obx(4, 'ST', '84413-4^Genotype display name^LN', '', '*4/*4', 'F'),
  )
  assert.match(ack[1]!, /^MSA\|AA/)
  assert.ok(
    ack.some((line) => /^ERR\|\|OBX\^1\^4\^1\|.*\|W\|HL7_GROUP_AMBIGUOUS\|/.test(line)),
    ack.join('\n'),
  )
  assert.equal((await record()).outsideCalls.length, before)
})
