/**
 * Input that cannot be used. The code never changes between versions, so that a program may act on it;
 * `where` names the file, line, field or option, and `mend` tells the reader what to do about it.
 * A fault is the user's to mend; a bug throws a plain Error.
 */
export class Fault extends Error {
  readonly code: string
  readonly where: string
  readonly what: string
  readonly mend: string

  constructor(code: string, where: string, what: string, mend: string) {
    super(`${what} (${where}). ${mend}`)
    this.name = 'Fault'
    this.code = code
    this.where = where
    this.what = what
    this.mend = mend
  }

  toJSON(): { code: string; where: string; what: string; mend: string } {
    return { code: this.code, where: this.where, what: this.what, mend: this.mend }
  }
}
