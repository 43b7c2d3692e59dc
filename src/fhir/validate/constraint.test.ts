import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { evalFhirPathTyped, parseFhirPath } from '@medplum/core'
import { Facts } from '../../knowledge/facts.ts'
import { fhirDefinitions } from '../../knowledge/fhir/definitions.ts'
import { fails, HOLDS_WITHOUT } from './constraint.ts'
import { TypeModels } from './type-model.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const types = new TypeModels(fhirDefinitions(Facts.find([join(root, 'facts')])))
const constraints = types.of('Observation')!.constraints

const CODE = { coding: [{ system: 'urn:s', code: 'a' }] }

/** An Observation in which every one of the five could be broken, but for one property. */
const full = {
  resourceType: 'Observation',
  status: 'final',
  code: CODE,
  valueString: 'x',
  dataAbsentReason: { text: 'none' },
  component: [{ code: CODE, valueString: 'y' }],
  contained: [
    {
      resourceType: 'Patient',
      meta: { versionId: '1', security: [{ code: 'R' }] },
      contained: [{ resourceType: 'Patient' }],
    },
  ],
}

test('an invariant that is not evaluated where a property is missing would hold there', () => {
  for (const [expression, property] of HOLDS_WITHOUT) {
    const constraint = constraints.find((one) => one.expression === expression)
    assert.ok(constraint !== undefined, `${expression} is in the definitions`)
    const scope = { resource: full, rootResource: full }
    assert.equal(fails(constraint, 'Observation', full, scope), true, `${constraint.key} can be broken`)
    const { [property as keyof typeof full]: _gone, ...without } = full
    const typed = { type: 'Observation', value: without }
    const variables = { '%context': typed, '%resource': typed, '%rootResource': typed }
    const [result] = evalFhirPathTyped(parseFhirPath(expression), [typed], variables)
    assert.equal(result?.value, true, constraint.key)
    assert.equal(
      fails(constraint, 'Observation', without, { resource: without, rootResource: without }),
      false,
    )
  }
})
