/** Adds a value to a statement and returns its placeholder. */
export type Bind = (value: unknown) => string

/** Values of one statement, in the order in which its text names them. */
export class Values {
  readonly list: unknown[] = []

  readonly bind: Bind = (value) => `$${this.list.push(value)}`
}
