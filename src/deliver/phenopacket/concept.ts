import type { OntologyClass, PhenopacketQuantity, TimeElement } from '../../record/phenopacket.ts'
import { curieOfCoding, prefixOf } from '../../terms/curie.ts'

export interface Concept {
  readonly coding?: readonly { readonly system?: string; readonly code?: string; readonly display?: string }[]
  readonly text?: string
}

/** The first coding of a system that has a prefix, else the first; undefined when there is no code to name it by. */
export function ontologyClassOf(concept: unknown): OntologyClass | undefined {
  const { coding = [], text } = (concept ?? {}) as Concept
  const coded = coding.flatMap(({ system, code, display }) => {
    const id = curieOfCoding(system, code)
    return id === undefined ? [] : [{ id, label: display || text || id }]
  })
  return coded.find(({ id }) => prefixOf(id) !== undefined) ?? coded[0]
}

interface Quantity {
  readonly value?: number
  readonly unit?: string
  readonly system?: string
  readonly code?: string
}

/** Undefined without a value: a comparator alone is no measurement. */
export function quantityOf(value: unknown, range: unknown): PhenopacketQuantity | undefined {
  const quantity = value as Quantity & { comparator?: string }
  if (typeof quantity.value !== 'number' || quantity.comparator !== undefined) return undefined
  const id = curieOfCoding(quantity.system, quantity.code) ?? quantity.unit
  const unit = { id: id ?? 'UCUM:1', label: quantity.unit ?? quantity.code ?? 'no unit' }
  const [first] = (range as readonly { low?: Quantity; high?: Quantity }[] | undefined) ?? []
  const [low, high] = [first?.low?.value, first?.high?.value]
  return {
    unit,
    value: quantity.value,
    ...(low === undefined || high === undefined ? {} : { referenceRange: { unit, low, high } }),
  }
}

const LETTERS: Readonly<Record<string, string>> = { a: 'Y', mo: 'M', wk: 'W', d: 'D' }

/** A date or time as an instant; a part of a date is no instant, and is left out. */
function instantOf(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return `${text}T00:00:00Z`
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text) ? text : undefined
}

/** element[x] of a resource as a time; undefined where it is absent, or said in words alone. */
export function timeOf(
  resource: Readonly<Record<string, unknown>>,
  element: string,
): TimeElement | undefined {
  const timestamp = instantOf(resource[`${element}DateTime`])
  if (timestamp !== undefined) return { timestamp }
  const age = resource[`${element}Age`] as Quantity | undefined
  const letter = LETTERS[age?.code ?? '']
  if (letter !== undefined && Number.isInteger(age?.value))
    return { age: { iso8601duration: `P${age!.value}${letter}` } }
  const period = resource[`${element}Period`] as { start?: string; end?: string } | undefined
  const [start, end] = [instantOf(period?.start), instantOf(period?.end)]
  if (start !== undefined && end !== undefined) return { interval: { start, end } }
  const single = start ?? end
  return single === undefined ? undefined : { timestamp: single }
}
