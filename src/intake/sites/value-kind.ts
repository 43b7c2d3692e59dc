/** What all values of a column so far are; "none" where there was none. */
export type Kind = 'none' | 'whole' | 'number' | 'text'

const WHOLE = /^[-+]?\d{1,9}$/
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/

/** The kind of a column once it has this value too; empty is no value. */
export function kindOf(value: string, before: Kind): Kind {
  if (value === '' || before === 'text') return before
  if (!NUMBER.test(value)) return 'text'
  return before !== 'number' && WHOLE.test(value) ? 'whole' : 'number'
}
