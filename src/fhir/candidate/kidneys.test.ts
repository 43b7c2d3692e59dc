import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInFacts } from '../../../test/trials/matchminer-run.ts'
import { KIDNEYS } from '../../knowledge/tumor/label-conditions.ts'
import type { Resource } from '../../record/resource.ts'
import { conditionsAmong } from './conditions.ts'

const facts = builtInFacts()
const ICD10 = 'http://hl7.org/fhir/sid/icd-10-cm'
const condition = (code: string, display?: string, system = ICD10): Resource => ({
  resourceType: 'Condition',
  id: code,
  code: { coding: [{ system, code, ...(display === undefined ? {} : { display }) }] },
})
const result = (loinc: string, value: number, unit: string, rest: object = {}): Resource => ({
  resourceType: 'Observation',
  id: `${loinc}-${value}`,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: loinc }] },
  valueQuantity: { value, unit, ...('comparator' in rest ? { comparator: rest.comparator } : {}) },
  ...rest,
})
const on = (day: string) => ({ effectiveDateTime: day })
const kidneys = (...resources: Resource[]) =>
  conditionsAmong(resources, facts).present.filter(({ key }) => key === KIDNEYS)
const cleared = (...resources: Resource[]) => kidneys(...resources).map(({ clearance }) => clearance)

test('a stage is told by the code, else by the name; kidney failure without a stage leaves the clearance open', () => {
  assert.deepEqual(cleared(condition('N18.4')), [{ low: 15, high: 29 }])
  assert.deepEqual(cleared(condition('N1832')), [{ low: 30, high: 44 }])
  assert.deepEqual(cleared(condition('N18.6')), [{ low: 0, high: 14 }])
  assert.deepEqual(cleared(condition('Z99.2')), [{ low: 0, high: 14 }])
  assert.deepEqual(cleared(condition('N18.9')), [undefined])
  assert.deepEqual(cleared(condition('N17.9')), [undefined])
  assert.deepEqual(cleared(condition('N18.9', 'Chronic kidney disease, stage 3b')), [{ low: 30, high: 44 }])
  const snomed = (name: string) => condition('1', name, 'http://snomed.info/sct')
  assert.deepEqual(cleared(snomed('Chronic kidney disease stage 4 (disorder)')), [{ low: 15, high: 29 }])
  assert.deepEqual(cleared(snomed('End stage renal disease')), [{ low: 0, high: 14 }])
  assert.deepEqual(cleared(snomed('Acute kidney injury')), [undefined])
  assert.deepEqual(cleared(snomed('No renal impairment')), [])
})

test('a name that spans stages leaves the clearance between them', () => {
  const spanning = 'Hypertensive chronic kidney disease with stage 1 through stage 4 chronic kidney disease'
  assert.deepEqual(cleared(condition('I12.9', spanning)), [{ low: 15 }])
  assert.deepEqual(cleared(condition('I12.0', 'Hypertensive chronic kidney disease with stage 5')), [
    { low: 0, high: 14 },
  ])
})

test('of two stages the worse stands', () => {
  assert.deepEqual(cleared(condition('N18.31'), condition('N18.4')), [{ low: 15, high: 29 }])
  assert.deepEqual(cleared(condition('N18.9'), condition('N18.4')), [{ low: 15, high: 29 }])
})

test('the newest number is read, of one day the lowest, with its bounds; other units, withdrawn results and normal kidneys are not', () => {
  assert.deepEqual(kidneys(result('98979-8', 28, 'mL/min/{1.73_m2}', on('2026-10-02'))), [
    {
      key: KIDNEYS,
      words: 'impaired kidneys',
      seen: 'eGFR 28 mL/min per 1.73 m², 2026-10-02',
      clearance: { low: 28, high: 28 },
    },
  ])
  const old = result('98979-8', 70, 'mL/min/{1.73_m2}', on('2025-10-02'))
  assert.deepEqual(cleared(old, result('35591-6', 41.5, 'mL/min', on('2026-01-01'))), [
    { low: 41.5, high: 41.5 },
  ])
  const [one, two] = [44, 38].map((value) => result('33914-3', value, 'mL/min/1.73m2', on('2026-01-01')))
  assert.deepEqual(cleared(one!, two!), [{ low: 38, high: 38 }])
  assert.deepEqual(cleared(result('33914-3', 60, 'mL/min/1.73m2', { comparator: '>' })), [{ low: 60 }])
  assert.equal(cleared(result('33914-3', 15, 'mL/min/1.73m2', { comparator: '<' }))[0]!.low, 0)
  assert.deepEqual(cleared(result('2164-2', 28, 'L/24.h')), [])
  assert.deepEqual(cleared(result('2160-0', 28, 'mL/min')), [])
  assert.deepEqual(cleared(result('33914-3', 95, 'mL/min')), [])
  assert.deepEqual(cleared({ ...one!, status: 'entered-in-error' }), [])
})

test('a number within the stage stands for it; where the two differ both are told', () => {
  const staged = condition('N18.4')
  assert.deepEqual(cleared(staged, result('98979-8', 22, 'mL/min', on('2026-01-01'))), [
    { low: 22, high: 22 },
  ])
  assert.deepEqual(cleared(staged, result('98979-8', 55, 'mL/min', on('2026-01-01'))), [
    { low: 15, high: 29 },
    { low: 55, high: 55 },
  ])
})
