import { Fault } from '../../terms/fault.ts'

/** Parameters of one call, by name; each occurrence is a condition of its own, a comma inside it separates alternatives. */
export class Asked {
  readonly #values: ReadonlyMap<string, readonly string[]>

  constructor(values: ReadonlyMap<string, readonly string[]>) {
    this.#values = values
  }

  /** Occurrences of a parameter, each as its alternatives. */
  conditions(name: string): readonly (readonly string[])[] {
    return (this.#values.get(name) ?? []).map((value) =>
      value
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    )
  }

  /** Every value, however it was sent. */
  all(name: string): readonly string[] {
    return this.conditions(name).flat()
  }

  /** Throws PARAMETER_MISSING. */
  required(name: string): readonly string[] {
    const values = this.all(name)
    if (values.length > 0) return values
    throw new Fault('PARAMETER_MISSING', name, `the parameter "${name}" is missing`, `Send ${name}=….`)
  }

  /** Throws PARAMETER_MALFORMED. */
  flag(name: string): boolean {
    const [value] = this.all(name)
    if (value === undefined || value === 'false') return false
    if (value === 'true') return true
    throw new Fault('PARAMETER_MALFORMED', name, `"${value}" is neither true nor false`, 'Use true or false.')
  }

  /** Throws PARAMETER_UNKNOWN: a condition that is not understood must not be left out. */
  only(names: readonly string[]): void {
    for (const name of this.#values.keys()) {
      if (names.includes(name) || name.startsWith('_')) continue
      throw new Fault(
        'PARAMETER_UNKNOWN',
        name,
        `the operation has no parameter "${name}"`,
        `It has ${names.join(', ')}.`,
      )
    }
  }
}

/** Whether any of the tokens names one of the codings: "system|code", "code" or a display. */
export function tokenNames(
  token: string,
  coded: readonly { system: string | undefined; code: string | undefined; display: string | undefined }[],
): boolean {
  const bar = token.indexOf('|')
  if (bar < 0) return coded.some((one) => one.code === token || one.display === token)
  const [system, code] = [token.slice(0, bar), token.slice(bar + 1)]
  return coded.some((one) => one.system === system && one.code === code)
}
