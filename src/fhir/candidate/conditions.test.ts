import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInFacts } from '../../../test/trials/matchminer-run.ts'
import type { Resource } from '../../record/resource.ts'
import { conditionsAmong } from './conditions.ts'

const facts = builtInFacts()
const ICD10 = 'http://hl7.org/fhir/sid/icd-10-cm'
const SNOMED = 'http://snomed.info/sct'
const condition = (code: string, rest: object = {}, system = ICD10, display?: string): Resource => ({
  resourceType: 'Condition',
  id: code,
  code: { coding: [{ system, code, ...(display === undefined ? {} : { display }) }] },
  ...rest,
})
const of = (...resources: Resource[]) => conditionsAmong(resources, facts)
const keysOf = (...resources: Resource[]) => of(...resources).present.map(({ key }) => key)
const status = (code: string) => ({ clinicalStatus: { coding: [{ code }] } })
const verified = (code: string) => ({ verificationStatus: { coding: [{ code }] } })

test('conditions that are present, by the beginning of their code', () => {
  assert.deepEqual(keysOf(condition('I50.22')), ['heart-failure'])
  assert.deepEqual(keysOf(condition('I5022')), ['heart-failure'])
  assert.deepEqual(keysOf(condition('I50.22', {}, 'urn:oid:2.16.840.1.113883.6.90')), ['heart-failure'])
  assert.deepEqual(keysOf(condition('Z33.1', status('active'))), ['pregnancy'])
  assert.deepEqual(keysOf(condition('Z33.1', status('resolved'))), [])
  assert.deepEqual(keysOf(condition('K74.60', verified('refuted'))), [])
  assert.deepEqual(keysOf(condition('I50.22', {}, 'http://example.org/local')), [])
})

test('what was not confirmed is possible, neither present nor left out', () => {
  const found = of(condition('I50.22', verified('provisional'), ICD10, 'Heart failure'))
  assert.deepEqual(found.present, [])
  assert.deepEqual(found.possible, [
    {
      key: 'heart-failure',
      words: 'heart failure or cardiomyopathy',
      seen: 'I50.22 (Heart failure)',
      doubt: 'provisional',
    },
  ])
})

test('a code of another system is read by its name, which is said; a name that denies it is not read so', () => {
  const named = (display: string) => of(condition('77386006', {}, SNOMED, display))
  const [pregnant] = named('Pregnant (finding)').present
  assert.deepEqual(pregnant, {
    key: 'pregnancy',
    words: 'pregnancy',
    seen: 'SNOMED CT 77386006 (Pregnant (finding))',
    byName: true,
  })
  const keys = (display: string) => named(display).present.map(({ key }) => key)
  assert.deepEqual(keys('Congestive heart failure'), ['heart-failure'])
  assert.deepEqual(keys('Non-ischemic cardiomyopathy'), ['heart-failure'])
  assert.deepEqual(keys('Chronic viral hepatitis B without delta-agent'), ['hepatitis-b'])
  assert.deepEqual(keys('Prolonged QT interval'), ['long-qt'])
  assert.deepEqual(keys('Pregnancy, high risk'), ['pregnancy'])
  for (const name of [
    'Not pregnant',
    'Family history of long QT syndrome',
    'Pregnancy excluded',
    'At risk of heart failure',
    'Hepatitis B immune',
    'Screening for hepatitis B',
  ]) {
    const { present, possible, notUnderstood } = named(name)
    assert.deepEqual([present, possible], [[], []], name)
    assert.deepEqual(notUnderstood, [{ says: `SNOMED CT 77386006 (${name})`, named: true }])
  }
  for (const name of [
    'Suspected heart failure',
    'History of pulmonary embolism',
    'Pregnancy test positive',
  ]) {
    const { present, possible } = named(name)
    assert.equal(present.length, 0, name)
    assert.equal(possible.length, 1, name)
    assert.equal(possible[0]!.doubt, 'its name leaves it open')
  }
})

test('a code goes before a name, and what holds before what may', () => {
  const found = of(
    condition('84114007', {}, SNOMED, 'Heart failure'),
    condition('I50.9'),
    condition('I42.0', verified('differential')),
  )
  assert.deepEqual(found.present, [
    { key: 'heart-failure', words: 'heart failure or cardiomyopathy', seen: 'I50.9' },
  ])
  assert.deepEqual(found.possible, [])
})

test('what is not understood is told, never dropped; a tumour is neither', () => {
  const found = of(
    condition('38341003', {}, SNOMED),
    condition('X1', {}, 'http://example.org/local', 'Gout'),
    { resourceType: 'Condition', id: 'none' },
    condition('C34.1'),
    condition('254637007', {}, SNOMED, 'Non-small cell lung cancer'),
    condition('E11.9', {}, ICD10, 'Diabetes'),
  )
  assert.deepEqual(found.notUnderstood, [
    { says: 'SNOMED CT 38341003', named: false },
    { says: 'a condition without code or name', named: false },
    { says: 'local X1 (Gout)', named: true },
  ])
  assert.equal(found.recorded, 4)
})
