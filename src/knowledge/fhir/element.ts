import { Fault } from '../../terms/fault.ts'

/** A data type that an element may have, with the profiles it must conform to and what it may point to. */
export interface TypeRef {
  /** FHIR type name, "CodeableConcept"; the FHIRPath types of ids read "string". */
  readonly code: string
  /** Canonical URLs; a value conforms to at least one. Empty: any. */
  readonly profiles: readonly string[]
  /** Canonical URLs of what a Reference or canonical points to. Empty: anything. */
  readonly targets: readonly string[]
}

export interface Binding {
  readonly strength: 'required' | 'extensible' | 'preferred'
  /** Canonical URL without version. */
  readonly valueSet: string
  /** Value set that bounds even an extensible or preferred binding (elementdefinition-maxValueSet). */
  readonly outermost: string | undefined
}

/** What the value itself is held to. `fixed`: equal; `pattern`: contains it. */
export interface ValueRule {
  readonly fixed?: unknown
  readonly pattern?: unknown
  readonly minValue?: unknown
  readonly maxValue?: unknown
  /** Characters. */
  readonly maxLength?: number
}

export interface Slicing {
  readonly rules: 'open' | 'closed' | 'openAtEnd'
  readonly ordered: boolean
  readonly discriminators: readonly { readonly type: string; readonly path: string }[]
}

/**
 * One row of an element table. In the table of a type everything is stated; in the table of a profile `undefined`
 * means "as the type says", and rows that say nothing beyond the type are left out.
 */
export interface ElementRow {
  /** Element id below the type, "" for the type itself: "value[x]", "component:gene-studied.code". */
  readonly path: string
  readonly min: number
  /** Infinity for "*". */
  readonly max: number
  readonly types: readonly TypeRef[] | undefined
  /** Path, below the same type, of the element whose children this one has too (contentReference). */
  readonly sameAs: string | undefined
  readonly binding: Binding | undefined
  readonly value: ValueRule | undefined
  readonly slicing: Slicing | undefined
  /** Keys of constraints of the same table. */
  readonly constraints: readonly string[]
  /** Part of the summary; modifies the meaning of what holds it. Stated for types only. */
  readonly isSummary: boolean
  readonly isModifier: boolean
}

export const ELEMENT_COLUMNS = [
  'owner',
  'path',
  'card',
  'types',
  'binding',
  'value',
  'slicing',
  'constraints',
  'flags',
] as const

const CORE = 'http://hl7.org/fhir/StructureDefinition/'
const CORE_VALUE_SET = 'http://hl7.org/fhir/ValueSet/'

/** One line of an element table, without the newline. */
export function writeElement(owner: string, row: ElementRow): string {
  const { min, max, types, sameAs, binding, value, slicing } = row
  const cells = [
    owner,
    row.path,
    `${min}..${max === Number.POSITIVE_INFINITY ? '*' : max}`,
    sameAs !== undefined ? `=${sameAs}` : (types ?? []).map(writeType).join(' '),
    binding === undefined ? '' : writeBinding(binding),
    value === undefined ? '' : JSON.stringify(value),
    slicing === undefined ? '' : writeSlicing(slicing),
    row.constraints.join(' '),
    `${row.isSummary ? 'S' : ''}${row.isModifier ? 'M' : ''}`,
  ]
  return cells.join('\t').replace(/\t+$/, '')
}

/** Reads one line back. `where` names the file for a fault. Throws FHIR_TABLE_MALFORMED. */
export function readElement(line: string, where: string): ElementRow {
  const [owner, path = '', card = '', types = '', binding, value, slicing, constraints, flags = ''] =
    line.split('\t')
  const bounds = /^(\d+)\.\.(\d+|\*)$/.exec(card)
  if (owner === undefined || bounds === null)
    throw new Fault(
      'FHIR_TABLE_MALFORMED',
      where,
      `"${line.slice(0, 80)}" is not an element row`,
      'Restore the pack, or import the guide again.',
    )
  return {
    path,
    min: Number(bounds[1]),
    max: bounds[2] === '*' ? Number.POSITIVE_INFINITY : Number(bounds[2]),
    types: types === '' || types.startsWith('=') ? undefined : types.split(' ').map(readType),
    sameAs: types.startsWith('=') ? types.slice(1) : undefined,
    binding: binding ? readBinding(binding) : undefined,
    value: value ? (JSON.parse(value) as ValueRule) : undefined,
    slicing: slicing ? readSlicing(slicing) : undefined,
    constraints: constraints ? constraints.split(' ') : [],
    isSummary: flags.includes('S'),
    isModifier: flags.includes('M'),
  }
}

/** A canonical URL as a table writes it: core definitions by their last word. */
export function shortUrl(url: string, core: string = CORE): string {
  return url.startsWith(core) && !url.slice(core.length).includes('/') ? url.slice(core.length) : url
}

export function longUrl(text: string, core: string = CORE): string {
  return text.includes(':') ? text : `${core}${text}`
}

function writeType(type: TypeRef): string {
  const list = (urls: readonly string[]) => urls.map((url) => shortUrl(url)).join('|')
  return `${type.code}${type.profiles.length > 0 ? `[${list(type.profiles)}]` : ''}${type.targets.length > 0 ? `(${list(type.targets)})` : ''}`
}

function readType(text: string): TypeRef {
  const [, code = '', profiles, targets] = /^([^[(]+)(?:\[([^\]]*)\])?(?:\((.*)\))?$/.exec(text) ?? []
  const list = (cell: string | undefined) => (cell ? cell.split('|').map((url) => longUrl(url)) : [])
  return { code, profiles: list(profiles), targets: list(targets) }
}

function writeBinding({ strength, valueSet, outermost }: Binding): string {
  const short = (url: string) => shortUrl(url, CORE_VALUE_SET)
  return `${strength} ${short(valueSet)}${outermost === undefined ? '' : ` within ${short(outermost)}`}`
}

function readBinding(text: string): Binding {
  const [strength, valueSet = '', , outermost] = text.split(' ')
  return {
    strength: strength as Binding['strength'],
    valueSet: longUrl(valueSet, CORE_VALUE_SET),
    outermost: outermost === undefined ? undefined : longUrl(outermost, CORE_VALUE_SET),
  }
}

function writeSlicing({ rules, ordered, discriminators }: Slicing): string {
  const by = discriminators.map(({ type, path }) => `${type}:${path}`)
  return [rules, ...(ordered ? ['ordered'] : []), ...by].join(' ')
}

function readSlicing(text: string): Slicing {
  const [rules, ...rest] = text.split(' ')
  const by = rest.filter((word) => word !== 'ordered')
  return {
    rules: rules as Slicing['rules'],
    ordered: rest.includes('ordered'),
    discriminators: by.map((word) => ({
      type: word.slice(0, word.indexOf(':')),
      path: word.slice(word.indexOf(':') + 1),
    })),
  }
}
