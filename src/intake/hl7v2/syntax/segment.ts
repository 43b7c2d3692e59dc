import type { Hl7Place } from '../hl7-fault.ts'
import type { Charset } from './charset.ts'
import type { Delimiters } from './delimiters.ts'
import { resolveEscapes } from './escape.ts'

/** How the text of a message is to be read. */
export interface Encoding {
  readonly delimiters: Delimiters
  readonly charset: Charset
}

/** One repetition of a field. Components and subcomponents are numbered from 1. */
export class Repetition {
  readonly raw: string
  readonly #encoding: Encoding

  constructor(raw: string, encoding: Encoding) {
    this.raw = raw
    this.#encoding = encoding
  }

  /** Text of a component, of its first subcomponent unless another is named; undefined when empty or "" (HL7 null). */
  text(component = 1, subcomponent = 1): string | undefined {
    const part = this.#part(component, subcomponent)
    if (part === '' || part === '""') return undefined
    const { delimiters, charset } = this.#encoding
    const text = resolveEscapes(part, delimiters, charset)
    return text.trim() === '' ? undefined : text
  }

  /** True where the sender says "" : delete what is known, as against leaving it. */
  isNull(component = 1): boolean {
    return this.#part(component, 1) === '""'
  }

  get components(): number {
    return this.raw.split(this.#encoding.delimiters.component).length
  }

  /** A field that the standard leaves undivided, although it may hold what looks like a component delimiter. */
  get whole(): string {
    const { delimiters, charset } = this.#encoding
    return resolveEscapes(this.raw, delimiters, charset)
  }

  #part(component: number, subcomponent: number): string {
    const { delimiters } = this.#encoding
    const part = this.raw.split(delimiters.component)[component - 1] ?? ''
    if (delimiters.subcomponent === undefined) return subcomponent === 1 ? part : ''
    return part.split(delimiters.subcomponent)[subcomponent - 1] ?? ''
  }
}

/** One segment. Fields are numbered as the standard numbers them: MSH-1 is the field delimiter itself. */
export class Segment {
  readonly name: string
  /** 1-based place among the segments of this name. */
  readonly occurrence: number
  readonly raw: string
  readonly #fields: readonly string[]
  readonly #encoding: Encoding

  constructor(raw: string, occurrence: number, encoding: Encoding) {
    this.name = raw.slice(0, 3)
    this.occurrence = occurrence
    this.raw = raw
    this.#encoding = encoding
    const parts = raw.split(encoding.delimiters.field)
    this.#fields = isHeader(this.name) ? [this.name, encoding.delimiters.field, ...parts.slice(1)] : parts
  }

  /** How many fields the segment has. */
  get length(): number {
    return this.#fields.length - 1
  }

  /** Field as sent, repetitions and escapes included; "" when absent. */
  sent(field: number): string {
    return this.#fields[field] ?? ''
  }

  isEmpty(field: number): boolean {
    return this.sent(field) === ''
  }

  /** Repetitions that hold anything, each with its 1-based place. */
  repetitions(field: number): readonly Repetition[] {
    const raw = this.sent(field)
    if (raw === '') return []
    const { repetition } = this.#encoding.delimiters
    const parts =
      repetition === undefined || (isHeader(this.name) && field === 2) ? [raw] : raw.split(repetition)
    return parts.map((part) => new Repetition(part, this.#encoding))
  }

  /** The first repetition, empty when there is none. */
  first(field: number): Repetition {
    return this.repetitions(field)[0] ?? new Repetition('', this.#encoding)
  }

  text(field: number, component = 1, subcomponent = 1): string | undefined {
    return this.first(field).text(component, subcomponent)
  }

  place(field?: number, component?: number, repetition?: number): Hl7Place {
    return {
      segment: this.name,
      occurrence: this.occurrence,
      ...(field === undefined ? {} : { field }),
      ...(repetition === undefined ? {} : { repetition }),
      ...(component === undefined ? {} : { component }),
    }
  }
}

/** Segments whose first field is the field delimiter. */
function isHeader(name: string): boolean {
  return name === 'MSH' || name === 'FHS' || name === 'BHS'
}
