import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Fault } from '../../terms/fault.ts'
import { featuresOfDocument } from './read-features.ts'

const feature = fc.record(
  {
    type: fc.oneof(
      fc.record({ id: fc.constantFrom('HP:0001250', 'x', ''), label: fc.string() }, { requiredKeys: [] }),
      fc.jsonValue(),
    ),
    excluded: fc.oneof(fc.boolean(), fc.jsonValue()),
    negated: fc.oneof(fc.boolean(), fc.jsonValue()),
    onset: fc.jsonValue(),
  },
  { requiredKeys: [] },
)
const packet = fc.record(
  {
    id: fc.oneof(fc.string(), fc.jsonValue()),
    subject: fc.oneof(fc.record({ sex: fc.constantFrom('MALE', 2, 'm') }), fc.jsonValue()),
    phenotypicFeatures: fc.oneof(fc.array(feature, { maxLength: 4 }), fc.jsonValue()),
    measurements: fc.jsonValue(),
    biosamples: fc.jsonValue(),
    interpretations: fc.jsonValue(),
    metaData: fc.oneof(
      fc.record({ phenopacketSchemaVersion: fc.constantFrom('1.0', '2.0', '3') }),
      fc.jsonValue(),
    ),
  },
  { requiredKeys: [] },
)
const document = fc.oneof(
  packet,
  fc.record({ proband: packet, relatives: fc.jsonValue() }),
  fc.record({ members: fc.array(packet, { maxLength: 3 }) }),
  fc.array(packet, { maxLength: 3 }),
  fc.jsonValue(),
)

/** What a document gives; a fault is an answer, anything else that is thrown is a defect. */
function answered<T>(read: () => T): T | Fault {
  try {
    return read()
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
}

test('any document is read or refused, and each feature is observed or excluded as it says', () => {
  fc.assert(
    fc.property(document, (given) => {
      const people = answered(() => featuresOfDocument(JSON.stringify(given), 'any.json'))
      if (people instanceof Fault) return
      for (const read of people) {
        const person = answered(read)
        if (person instanceof Fault) continue
        for (const { id, excluded } of person.features) assert.ok(id !== '' && typeof excluded === 'boolean')
      }
    }),
    { numRuns: 400 },
  )
})

test('any text is JSON or refused', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      answered(() => featuresOfDocument(text, 'any.json'))
    }),
    { numRuns: 100 },
  )
})

test('a fault names the line of the member', () => {
  const text =
    '{\n"members": [\n{"id": "a", "subject": {"id": "a"}},\n{"id": "b",\n"phenotypicFeatures": [\n{"type": {"id": 7}}]}]}'
  const [first, second] = featuresOfDocument(text, 'cohort.json')
  assert.equal(first!().id, 'a')
  const fault = answered(second!)
  assert.ok(fault instanceof Fault)
  assert.match(fault.message, /members\[1\]\.phenotypicFeatures\[0\]\.type\.id \(line 6\)/)
})
