/** One element of a resource as it may arrive. */
export type Element = Readonly<Record<string, unknown>>

export function object(value: unknown): Element | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Element) : undefined
}

export function items(value: unknown): readonly Element[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : []
  return list.map(object).filter((one) => one !== undefined)
}

export function word(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

export interface Coded {
  readonly system?: string
  readonly code?: string
  readonly display?: string
}

/** Codings of a CodeableConcept; its text is one more, without a code. */
export function codings(concept: unknown): readonly Coded[] {
  const value = object(concept)
  const text = word(value?.['text'])
  return [
    ...items(value?.['coding']).map((one): Coded => {
      const [system, code, display] = [word(one['system']), word(one['code']), word(one['display'])]
      return {
        ...(system === undefined ? {} : { system }),
        ...(code === undefined ? {} : { code }),
        ...(display === undefined ? {} : { display }),
      }
    }),
    ...(text === undefined ? [] : [{ display: text }]),
  ]
}
