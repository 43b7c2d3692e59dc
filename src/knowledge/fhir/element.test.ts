import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ElementRow, readElement, writeElement } from './element.ts'

const EMPTY: ElementRow = {
  path: 'x',
  min: 0,
  max: 1,
  types: undefined,
  sameAs: undefined,
  binding: undefined,
  value: undefined,
  slicing: undefined,
  constraints: [],
  isSummary: false,
  isModifier: false,
}
const core = (name: string) => `http://hl7.org/fhir/StructureDefinition/${name}`

const ROWS: readonly (readonly [line: string, row: ElementRow])[] = [
  ['T\tx\t0..1', EMPTY],
  ['T\t\t0..*', { ...EMPTY, path: '', max: Number.POSITIVE_INFINITY }],
  [
    'T\tx\t1..1\tReference(Patient|http://a.example.org/b) string',
    {
      ...EMPTY,
      min: 1,
      types: [
        { code: 'Reference', profiles: [], targets: [core('Patient'), 'http://a.example.org/b'] },
        { code: 'string', profiles: [], targets: [] },
      ],
    },
  ],
  [
    'T\tx\t0..1\tQuantity[SimpleQuantity]',
    { ...EMPTY, types: [{ code: 'Quantity', profiles: [core('SimpleQuantity')], targets: [] }] },
  ],
  ['T\tx\t0..1\t=referenceRange', { ...EMPTY, sameAs: 'referenceRange' }],
  [
    'T\tx\t0..1\t\textensible a within http://b.example.org/c',
    {
      ...EMPTY,
      binding: {
        strength: 'extensible',
        valueSet: 'http://hl7.org/fhir/ValueSet/a',
        outermost: 'http://b.example.org/c',
      },
    },
  ],
  ['T\tx\t0..1\t\t\t{"fixed":"a b"}', { ...EMPTY, value: { fixed: 'a b' } }],
  [
    'T\tx\t0..1\t\t\t\tclosed ordered value:code.coding profile:resolve()\tobs-6 obs-7\tSM',
    {
      ...EMPTY,
      slicing: {
        rules: 'closed',
        ordered: true,
        discriminators: [
          { type: 'value', path: 'code.coding' },
          { type: 'profile', path: 'resolve()' },
        ],
      },
      constraints: ['obs-6', 'obs-7'],
      isSummary: true,
      isModifier: true,
    },
  ],
]

for (const [line, row] of ROWS) {
  test(`a row and its line: ${line.replaceAll('\t', ' ')}`, () => {
    assert.equal(writeElement('T', row), line)
    assert.deepEqual(readElement(line, 'types.tsv'), row)
  })
}

test('a line that is no element row is refused', () => {
  assert.throws(() => readElement('T\tx\tmany', 'types.tsv'), { code: 'FHIR_TABLE_MALFORMED' })
})
