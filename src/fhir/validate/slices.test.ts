import assert from 'node:assert/strict'
import { test } from 'node:test'
import { repositoryDefinitions } from '../../../test/support/fhir-definitions.ts'
import { validateResource } from './validate.ts'

type Json = Record<string, unknown>

const CORE = 'http://hl7.org/fhir/StructureDefinition/'
const GENOMICS = 'http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition/'

function errors(resource: Json, resolve?: (reference: string) => Json | undefined): string[] {
  return validateResource(repositoryDefinitions(), resource, resolve === undefined ? {} : { resolve })
    .filter((one) => one.severity === 'error')
    .map((one) => `${one.expression}: ${one.words}`)
}

const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] })
const mmHg = (value: number) => ({ value, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' })

/** Blood pressure: category and components sliced by system and code, two levels down. */
const BLOOD_PRESSURE: Json = {
  resourceType: 'Observation',
  meta: { profile: [`${CORE}bp`] },
  status: 'final',
  category: [
    {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }],
    },
  ],
  code: loinc('85354-9'),
  subject: { reference: 'Patient/p1' },
  effectiveDateTime: '2026-01-01',
  component: [
    { code: loinc('8480-6'), valueQuantity: mmHg(120) },
    { code: loinc('8462-4'), valueQuantity: mmHg(80) },
  ],
}

test('slices by value at a deeper path', () => {
  assert.deepEqual(errors(BLOOD_PRESSURE), [])
  const [systolic, diastolic] = BLOOD_PRESSURE['component'] as [Json, Json]
  assert.match(
    errors({ ...BLOOD_PRESSURE, component: [systolic] }).join(),
    /"DiastolicBP": at least 1 required/,
  )
  assert.match(
    errors({ ...BLOOD_PRESSURE, component: [systolic, diastolic, diastolic] }).join(),
    /"DiastolicBP": at most 1/,
  )
  const inPascal = { ...systolic, valueQuantity: { ...mmHg(16), code: 'kPa' } }
  assert.match(errors({ ...BLOOD_PRESSURE, component: [inPascal, diastolic] }).join(), /must be "mm\[Hg\]"/)
  const asText = { code: systolic['code'], valueString: '120' }
  assert.match(
    errors({ ...BLOOD_PRESSURE, component: [asText, diastolic] }).join(),
    /has type string; allowed: Quantity/,
  )
  assert.match(
    errors({ ...BLOOD_PRESSURE, category: [{ text: 'vitals' }] }).join(),
    /"VSCat": at least 1 required/,
  )
})

test('a profile inherits the constraints of the profile it is derived from', () => {
  const { effectiveDateTime: _day, ...undated } = BLOOD_PRESSURE
  assert.match(errors(undated).join(), /"effective\[x\]": at least 1 required/)
  assert.match(errors({ ...BLOOD_PRESSURE, effectiveDateTime: '2026' }).join(), /vs-1/)
})

/** Lipid profile: closed slices of results, told apart by the code of what they refer to. */
test('closed slices by resolve(): unresolved references are in doubt, resolved ones are not', () => {
  const report = (...references: string[]): Json => ({
    resourceType: 'DiagnosticReport',
    meta: { profile: [`${CORE}lipidprofile`] },
    status: 'final',
    code: loinc('57698-3'),
    result: references.map((reference) => ({ reference })),
  })
  const hdl = { coding: [{ system: 'http://loinc.org', code: '2085-9', display: 'HDL Cholesterol' }] }
  const lab: Record<string, Json> = {
    'Observation/hdl': { resourceType: 'Observation', status: 'final', code: hdl },
    'Observation/na': { resourceType: 'Observation', status: 'final', code: loinc('2951-2') },
  }
  const resolve = (reference: string) => lab[reference]
  const minimum = errors(report('Observation/hdl'), resolve).join('\n')
  assert.match(minimum, /Triglyceride": at least 1/i)
  assert.doesNotMatch(minimum, /allows only the kinds/)
  assert.match(errors(report('Observation/na'), resolve).join(), /allows only the kinds/)
  assert.doesNotMatch(errors(report('Observation/hdl')).join(), /Triglyceride": at least/i)
})

/** Variant of Genomics Reporting. */
const VARIANT: Json = {
  resourceType: 'Observation',
  meta: { profile: [`${GENOMICS}variant`] },
  status: 'final',
  category: [
    {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }],
    },
    { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'GE' }] },
  ],
  code: loinc('69548-6'),
  valueCodeableConcept: loinc('LA9633-4'),
  component: [{ code: loinc('69547-8'), valueString: 'G' }],
}

test('slices by pattern, by type of a choice, and extensions by url', () => {
  assert.deepEqual(errors(VARIANT), [])
  assert.match(
    errors({ ...VARIANT, category: [(VARIANT['category'] as Json[])[0]] }).join(),
    /"geCategory": at least 1/,
  )
  assert.match(errors({ ...VARIANT, code: loinc('69547-8') }).join(), /"code" must contain/)
  assert.match(
    errors({
      ...VARIANT,
      component: [{ code: loinc('69547-8'), valueCodeableConcept: { text: 'G' } }],
    }).join(),
    /"component:ref-allele.value\[x\]" has type CodeableConcept; allowed: string/,
  )
  // A choice narrowed for one type leaves the others as they were.
  const { valueCodeableConcept: _value, ...bare } = VARIANT
  assert.deepEqual(errors({ ...bare, valueString: 'present' }), [])
  assert.match(
    errors({ ...bare, valueCodeableConcept: { text: 'present' } }).join(),
    /required value set http:\/\/loinc.org\/vs\/LL1971-2/,
  )
  const secondary = (value: Json) => ({ url: `${CORE}observation-secondaryFinding`, ...value })
  const found = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'ACMG' }] }
  assert.deepEqual(
    errors({ ...VARIANT, extension: [secondary({ valueCodeableConcept: { text: 'x', ...found } })] }),
    [],
  )
  assert.match(errors({ ...VARIANT, extension: [secondary({ valueString: 'x' })] }).join(), /has type string/)
  const twice = secondary({ valueCodeableConcept: found })
  assert.match(errors({ ...VARIANT, extension: [twice, twice] }).join(), /"secondary-finding": at most 1/)
})

test('slices by profile: what a reference resolves to decides, claimed or met', () => {
  const implication: Json = {
    ...VARIANT,
    meta: { profile: [`${GENOMICS}therapeutic-implication`] },
    code: {
      coding: [
        {
          system: 'http://hl7.org/fhir/uv/genomics-reporting/CodeSystem/tbd-codes-cs',
          code: 'therapeutic-implication',
        },
      ],
    },
    component: [],
    derivedFrom: [{ reference: 'Observation/v' }],
  }
  const { valueCodeableConcept: _value, component: _none, ...rest } = implication
  const { meta: _meta, ...unclaimed } = VARIANT
  assert.deepEqual(errors(rest), [])
  for (const target of [VARIANT, unclaimed])
    assert.deepEqual(
      errors(rest, () => target),
      [],
    )
  assert.match(errors(rest, () => ({ resourceType: 'Patient' })).join(), /points to Patient/)
})
