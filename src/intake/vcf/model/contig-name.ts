import type { Minor } from './version.ts'

/** From 4.3 on what section 1.4.7 allows; before, what would break a record or a breakend is ruled out. */
const FROM_43 = /^[0-9A-Za-z!#$%&+./:;?@^_|~-][0-9A-Za-z!#$%&*+./:;=?@^_|~-]*$/
const UP_TO_42 = /^[^\s,<>[\]]+$/

export function isContigName(text: string, minor: Minor): boolean {
  return (minor < 3 ? UP_TO_42 : FROM_43).test(text)
}
