import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { recordFromStatements } from '../../src/app/exchange/record-from-resources.ts'
import { type Resource, TENANT_COMPARTMENT } from '../../src/record/resource.ts'
import type { Derivation } from '../../src/store/messages/derived-record-store.ts'
import { patientId } from '../../src/terms/ids.ts'
import { msh, PID, TENANT, type TestExchange, testExchange } from './exchange-home.ts'

const KEY = { tenant: TENANT, patient: patientId('p1') }
const ACT = { at: '2026-11-22T10:00:00Z', by: 'test' }
let home: TestExchange
/** Resources that were read for the typed record since the last look. */
let read: string[] = []
before(async () => {
  home = await testExchange()
  await home.add('p1')
})
beforeEach(() => {
  read = []
})
after(() => home.close())

const result = (line: number, gene: string, alleles: string, status = 'F') => [
  `OBX|${line}|CWE|48018-6^Gene studied [ID]^LN|${line}a|${gene}^HGNC||||||${status}`,
  `OBX|${line + 1}|ST|84413-4^Genotype display name^LN|${line}a|${alleles}||||||${status}`,
]
const report = (lines: readonly (readonly string[])[], status = 'F') =>
  home.send(
    msh('ORU^R01^ORU_R01'),
    PID,
    `OBR|1|P1^EHR|F1^LAB|51969-4^Genetic analysis report^LN|||20261120|||||||||||||||20261122100000+0100|||${status}`,
    ...lines.flat(),
  )

/** Derives anew, noting what is read, and returns whether the record changed by that. */
function derive(change: Partial<Derivation> = {}): Promise<boolean> {
  const derivation = { ...home.services.derivation, ...change }
  const noting: Derivation = {
    ...derivation,
    statementOf(resource) {
      read.push(`${resource.resourceType}/${resource.id}`)
      return derivation.statementOf(resource)
    },
  }
  return home.store.derived.derive(KEY, noting, ACT)
}

async function write(resource: Resource & { readonly id: string }, compartment: string): Promise<void> {
  const [one] = await home.services.writesOf([resource], KEY.patient)
  await home.store.resources.commit(
    TENANT,
    [{ ...one!, compartment: compartment as typeof KEY.patient }],
    ACT,
  )
}

/** The record is what follows from every resource as it is now, read one by one. */
async function isUpToDate(): Promise<readonly (string | undefined)[]> {
  const all: Resource[] = []
  for (const type of ['MedicationRequest', 'Observation', 'Medication']) {
    const own = [...(await home.of(type))]
    all.push(...own.sort((a, b) => (a.id! < b.id! ? -1 : 1)))
  }
  const expected = recordFromStatements(all.flatMap((one) => home.services.derivation.statementOf(one) ?? []))
  const { record } = (await home.store.records.get(KEY))!
  const plain = (value: unknown) => JSON.parse(JSON.stringify(value))
  assert.deepEqual(plain(record.outsideCalls), plain(expected.outsideCalls))
  assert.deepEqual(plain(record.drugs), plain(expected.drugs))
  assert.deepEqual(plain(record.measurements), plain(expected.measurements))
  return record.outsideCalls.map(({ gene, diplotype }) => `${gene} ${diplotype}`).sort()
}

test('a message reads what it brings, and nothing that has not changed', async () => {
  await report([result(1, 'HGNC:2621^CYP2C19', '*1/*2'), result(3, 'HGNC:2625^CYP2D6', '*4/*4')])
  assert.deepEqual(await isUpToDate(), ['CYP2C19 *1/*2', 'CYP2D6 *4/*4'])
  assert.equal(await derive(), false)
  assert.deepEqual(read, [])
  await report([result(1, 'HGNC:2621^CYP2C19', '*2/*2', 'C')], 'C')
  assert.deepEqual(await isUpToDate(), ['CYP2C19 *2/*2', 'CYP2D6 *4/*4'])
  assert.equal(await derive(), false)
  assert.deepEqual(read, [])
})

test('what another wire wrote is read, once; what says nothing is not read again', async () => {
  const [genotype] = await home.of('Observation')
  await write({ ...genotype!, id: genotype!.id!, status: 'preliminary' }, KEY.patient)
  assert.equal(await derive(), true)
  assert.deepEqual(read, [`Observation/${genotype!.id}`])
  assert.equal((await isUpToDate()).length, 1)
  read = []
  assert.equal(await derive(), false)
  assert.deepEqual(read, [])
  await write({ ...genotype!, id: genotype!.id! }, KEY.patient)
  assert.equal(await derive(), true)
  assert.equal((await isUpToDate()).length, 2)
})

test('a drug follows the Medication that its order refers to', async () => {
  const medication = (text: string) => ({ resourceType: 'Medication', id: 'm1', code: { text } })
  await write(medication('codeine'), TENANT_COMPARTMENT)
  await write(
    {
      resourceType: 'MedicationRequest',
      id: 'r1',
      status: 'active',
      intent: 'order',
      subject: { reference: 'Patient/p1' },
      medicationReference: { reference: 'Medication/m1' },
    },
    KEY.patient,
  )
  assert.equal(await derive(), true)
  assert.deepEqual(read, ['MedicationRequest/r1', 'Medication/m1'])
  await write(medication('tramadol'), TENANT_COMPARTMENT)
  read = []
  assert.equal(await derive(), true)
  assert.deepEqual(read, ['Medication/m1'])
  await isUpToDate()
})

test('what was deleted says nothing any more', async () => {
  const [genotype] = await home.of('Observation')
  await home.store.resources.commit(
    TENANT,
    [
      {
        ...{ type: 'Observation', id: genotype!.id!, action: 'delete', compartment: KEY.patient },
        ...{ json: undefined, index: [], labels: [], codes: [] },
      },
    ],
    ACT,
  )
  assert.equal(await derive(), true)
  assert.deepEqual(read, ['Medication/m1'])
  assert.equal((await isUpToDate()).length, 1)
})

test('another edition of the rules reads everything anew', async () => {
  assert.equal(await derive({ edition: 'another' }), false)
  assert.equal(read.length, (await home.of('Observation')).length + 2)
})
