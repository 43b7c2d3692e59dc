/** One ALT as the bases it changes on the genome, letters that REF and ALT share at their ends left out. */
export interface AlleleEdit {
  /** "substitution": as many bases as before; REF and ALT of one length. */
  readonly kind: 'substitution' | 'deletion' | 'insertion'
  /** Last base before the change that stays, and first after it that stays, counted from 0. */
  readonly left: number
  readonly right: number
  /** What stands between them now. */
  readonly bases: string
  /** REF and ALT as written, in capitals, and where REF begins, counted from 0. */
  readonly start: number
  readonly ref: string
  readonly alt: string
}

/** The edit of one ALT; undefined where ALT is REF. Ends are trimmed first, then beginnings. */
export function editOf(position: number, refText: string, altText: string): AlleleEdit | undefined {
  const ref = refText.toUpperCase()
  const alt = altText.toUpperCase()
  if (ref === alt) return undefined
  const shorter = Math.min(ref.length, alt.length)
  let end = 0
  while (end < shorter && ref[ref.length - 1 - end] === alt[alt.length - 1 - end]) end++
  let begin = 0
  while (begin < shorter - end && ref[begin] === alt[begin]) begin++
  // An insertion of what stands before it is put behind the record's first base, never before the record.
  if (alt.length > ref.length && end === ref.length) {
    end -= 1
    begin = 1
  }
  const start = position - 1
  const kind = ref.length === alt.length ? 'substitution' : ref.length > alt.length ? 'deletion' : 'insertion'
  return {
    kind,
    left: start + begin - 1,
    right: start + ref.length - end,
    bases: alt.slice(begin, alt.length - end),
    start,
    ref,
    alt,
  }
}
