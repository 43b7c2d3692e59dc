import assert from 'node:assert/strict'
import { test } from 'node:test'
import { facts } from '../../../test/support/access.ts'
import { sensitivityRules } from '../../knowledge/access/sensitivity.ts'
import type { Resource } from '../../record/resource.ts'
import { aboutCodes, labelling, labelsOf } from './labels-of.ts'

const RULES = labelling(sensitivityRules(facts))
const LOINC = 'http://loinc.org'
const ICD = 'http://hl7.org/fhir/sid/icd-10-cm'
const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm'

const labels = (resource: Resource) => labelsOf(resource, RULES).map((one) => one.split('|')[1])
const observation = (more: object): Resource => ({ resourceType: 'Observation', ...more })
const coded = (system: string, code: string) => ({ coding: [{ system, code }] })

test('genetic data are labelled, by whichever sign', () => {
  const signs: readonly Resource[] = [
    observation({ code: coded(LOINC, '69548-6') }),
    observation({
      meta: { profile: ['http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition/variant|3.0.0'] },
    }),
    observation({ category: [coded('http://terminology.hl7.org/CodeSystem/v2-0074', 'GE')] }),
    observation({ code: coded(LOINC, '1-8'), component: [{ code: coded(LOINC, '48018-6') }] }),
    observation({ valueCodeableConcept: coded('http://www.genenames.org', 'HGNC:2621') }),
    { resourceType: 'DiagnosticReport', contained: [observation({ code: coded(LOINC, '84413-4') })] },
    {
      resourceType: 'DocumentReference',
      content: [{ attachment: { contentType: 'text/VCF; charset=utf-8' } }],
    },
    { resourceType: 'FamilyMemberHistory' },
    { resourceType: 'MolecularSequence' },
  ]
  for (const one of signs) assert.deepEqual(labels(one), ['GDIS'], JSON.stringify(one))
})

test('other sensitivities, both sides of the edge', () => {
  const rows: readonly (readonly [string, string, readonly string[]])[] = [
    [ICD, 'B20', ['HIV']],
    [ICD, 'B19.9', []],
    [ICD, 'F11.20', ['OPIOIDUD']],
    [ICD, 'F10.10', ['ETHUD']],
    [ICD, 'F14.1', ['SUD']],
    [ICD, 'F17.210', []],
    [ICD, 'F32.9', ['PSY']],
    [ICD, 'A54.0', ['STD']],
    [ICD, 'A49.9', []],
    [ICD, 'D57.1', ['SCA']],
    [LOINC, '20447-9', ['HIV']],
    [LOINC, '2345-7', []],
    [RXNORM, '6813', ['OPIOIDUD']],
    [RXNORM, '68130', []],
  ]
  for (const [system, code, expected] of rows)
    assert.deepEqual(labels(observation({ code: coded(system, code) })), expected, code)
})

test("a sender's labels stay, in one spelling", () => {
  const security = [
    { system: 'http://terminology.hl7.org/ValueSet/v3-InformationSensitivityPolicy', code: 'HIV' },
    { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' },
  ]
  assert.deepEqual(labelsOf(observation({ meta: { security } }), RULES), [
    'http://terminology.hl7.org/CodeSystem/v3-ActCode|HIV',
    'http://terminology.hl7.org/CodeSystem/v3-Confidentiality|R',
  ])
})

test('a laboratory value that says nothing sensitive has no label', () => {
  assert.deepEqual(labels(observation({ code: coded(LOINC, '718-7'), valueQuantity: { value: 14 } })), [])
})

test('what a resource is about', () => {
  assert.deepEqual(
    aboutCodes({
      resourceType: 'Observation',
      meta: { profile: ['http://example.org/profile'] },
      code: coded('http://loinc.org/', '718-7'),
      category: [coded('http://example.org/category', 'laboratory')],
    }),
    [
      'http://example.org/category|laboratory',
      'http://loinc.org|718-7',
      'urn:ietf:rfc:3986|http://example.org/profile',
    ],
  )
  assert.deepEqual(aboutCodes({ resourceType: 'Encounter', class: { system: 's', code: 'AMB' } }), ['s|AMB'])
})
