/** What was done to a log, as far as it can be told. */
export type Tampering =
  /** The text of an entry, its hash or its code is another than was written. */
  | 'altered'
  | 'deleted'
  /** A place holds an entry of another place. */
  | 'reordered'
  | 'inserted'
  /** The log is shorter than what was signed of it. */
  | 'rolled-back'
  /** What is searched by says something else than the entry. */
  | 'search-columns'
  /** A signed head, in the database or outside of it, is missing, altered, or not signed by our key. */
  | 'head'

/** One thing that is wrong with a log. */
export interface Finding {
  readonly kind: Tampering
  /** First and last entry that it is about. */
  readonly from: number | undefined
  readonly to: number | undefined
  readonly what: string
}

/** What checking one log came to. */
export interface LogReport {
  readonly tenant: string
  readonly entries: number
  /** Root over all entries, base64; undefined when the tree cannot be computed any more. */
  readonly root: string | undefined
  /** Signed heads that the tree was compared with: in the database, and outside of it. */
  readonly heads: number
  readonly anchors: number
  /** Empty: nothing was altered, deleted, reordered, inserted or rolled back. */
  readonly findings: readonly Finding[]
  /** What could not be checked, and why. */
  readonly gaps: readonly string[]
}
