import { Fault } from '../../terms/fault.ts'
import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

export type SearchParameterType =
  | 'token'
  | 'string'
  | 'reference'
  | 'date'
  | 'quantity'
  | 'number'
  | 'uri'
  | 'composite'

/** One part of a composite parameter; `expression` starts at the element that the composite's own expression finds. */
export interface SearchComponent {
  readonly code: string
  readonly type: SearchParameterType
  readonly expression: string
}

/** One search parameter of one resource type (FHIR R4, "SearchParameter"), its expression narrowed to that type. */
export interface SearchParameter {
  /** Resource type, or "Resource" for those that every type has. */
  readonly base: string
  readonly code: string
  readonly type: SearchParameterType
  readonly expression: string
  /** Types that a reference may point at; of those that are served. */
  readonly targets: readonly string[]
  readonly components: readonly SearchComponent[]
}

/** What search, _summary and _elements need to know of one element of a type. */
export interface ElementShape {
  /** Types it may have: several for a choice ("value[x]"); "@Path" when it has the content of another element. */
  readonly types: readonly string[]
  /** The JSON property carries the type: valueQuantity. */
  readonly choice: boolean
  readonly mandatory: boolean
  readonly summary: boolean
  readonly list: boolean
  /** Code system of a plain code whose value set is required and made of one system. */
  readonly system: string | undefined
}

export interface SearchFacts {
  readonly parameters: readonly SearchParameter[]
  /** By path, choice elements without "[x]": "Observation.value". */
  readonly elements: ReadonlyMap<string, ElementShape>
  /** Resource types in the compartment of a patient, and the reference parameters that put them there. */
  readonly patientCompartment: ReadonlyMap<string, readonly string[]>
}

const TYPES: readonly string[] = [
  'token',
  'string',
  'reference',
  'date',
  'quantity',
  'number',
  'uri',
  'composite',
]

/** Search parameters, elements and the patient compartment of the pack "fhir-r4-search" in force. */
export function searchFacts(facts: Facts): SearchFacts {
  return facts.derived('search-facts', () => {
    const pack = facts.pack('fhir-r4-search')
    const parameters = readTable(
      pack.text('parameters.tsv'),
      ['base', 'code', 'type', 'expression', 'targets', 'components'],
      'fhir-r4-search/parameters.tsv',
    ).map((row) => ({
      base: row.base,
      code: row.code,
      type: typeOf(row.type, `${row.base}.${row.code}`),
      expression: row.expression,
      targets: words(row.targets),
      components: row.components === '' ? [] : row.components.split(' ; ').map(componentOf),
    }))
    const elements = new Map(
      readTable(
        pack.text('elements.tsv'),
        ['path', 'types', 'flags', 'system'],
        'fhir-r4-search/elements.tsv',
      ).map((row) => [
        row.path.replace('[x]', ''),
        {
          types: words(row.types),
          choice: row.path.endsWith('[x]'),
          mandatory: row.flags.includes('m'),
          summary: row.flags.includes('s'),
          list: row.flags.includes('l'),
          system: row.system === '' ? undefined : row.system,
        },
      ]),
    )
    const patientCompartment = new Map(
      readTable(
        pack.text('patient-compartment.tsv'),
        ['type', 'parameters'],
        'fhir-r4-search/patient-compartment.tsv',
      ).map((row) => [row.type, words(row.parameters)]),
    )
    return { parameters, elements, patientCompartment }
  })
}

function words(cell: string): string[] {
  return cell === '' ? [] : cell.split(' ')
}

function componentOf(text: string): SearchComponent {
  const [code, type, ...expression] = text.split(':')
  return { code: code ?? '', type: typeOf(type ?? '', text), expression: expression.join(':') }
}

function typeOf(text: string, where: string): SearchParameterType {
  if (!TYPES.includes(text)) {
    throw new Fault(
      'SEARCH_PARAMETER_TYPE',
      where,
      `"${text}" is not a kind of search parameter`,
      `Use one of ${TYPES.join(', ')}.`,
    )
  }
  return text as SearchParameterType
}
