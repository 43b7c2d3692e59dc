/** Whether a person must or must not be so. */
export type Side = 'inclusion' | 'exclusion'

/** Words of a heading; what tells of meeting criteria, or of an earlier trial, is none. */
const AHEAD = String.raw`(?:(?!(?:any|meet\w*|met|satisf\w+|fulfil\w*|previous|prior|not?|contra\S*|reasons?|rationale|has|have|with)\b)[a-z/-]+\s+){0,4}?`
const NAME = String.raw`(?<no>non[-\s]?|not\s)?(?<name>inclusion|exclusion|exclusionary|ineligibility)s?`
const CRITERIA = String.raw`\s+(?:criteri(?:on|a)|requirements?)`

/** "Key inclusion criteria for cohort A:", whole or in front of text; "Criteria for non-inclusion"; "Exclusion:". */
const HEADINGS: readonly RegExp[] = [
  new RegExp(
    String.raw`^[#*_\s]*${AHEAD}${NAME}${CRITERIA}(?<tail>[^:.\n]{0,60}?:|[^:.\n]{0,40}$)[*_\s]*`,
    'i',
  ),
  new RegExp(
    String.raw`^[#*_\s]*(?:(?:key|main|major|general|the)\s+)?criteri(?:on|a)\s+(?:for|of)\s+(?:the\s+)?${NAME}\b(?<tail>[^:.\n]{0,60}?:|[^:.\n]{0,40}$)[*_\s]*`,
    'i',
  ),
  new RegExp(
    String.raw`^[#*_\s]*(?:(?:key|main|major|general|patients?|subjects?|participants?|study|trial|specific|additional|other|cohort)\s+){0,2}${NAME}(?<tail>(?:\s*\([^)\n]{0,60}\))?[*_\s]*(?::|[-–]?\s*$))[*_\s]*`,
    'i',
  ),
]
const PEOPLE = '(?:patients?|subjects?|participants?|individuals|persons|people|volunteers|women|men|those)'
const OUT = String.raw`(?:(?:will|must|should|shall) be|are|is)\s+(?:to be\s+|also\s+)?(?:excluded|ineligible|not eligible|not to be (?:included|enrolled))|(?:will|must|should|shall|may|can)\s*not\s+(?:be (?:eligible|included|enrolled|entered)|enter|participate|take part)`
/** "Patients with any of the following will be excluded:" */
const SPOKEN: readonly RegExp[] = [
  new RegExp(
    String.raw`^[#*_\s]*(?:the following\s+)?${PEOPLE}\b[^.:\n]{0,120}?\b(?:${OUT})\b[^.:\n]{0,120}:[*_\s]*$`,
    'i',
  ),
  /^[#*_\s]*(?:not eligible|ineligible|excluded?)\b[^.:\n]{0,80}:[*_\s]*$/i,
  /^[#*_\s]*any of the following\b[^.:\n]{0,80}\bexclu[^.:\n]{0,80}:[*_\s]*$/i,
]

/**
 * The side that a line begins, and how many of its characters say so. `marked`: the line stood behind a bullet, where only
 * what says nothing else is a heading ("Previous inclusion in this study" is a criterion).
 */
export function sideHeading(
  line: string,
  marked: boolean,
): { readonly side: Side; readonly length: number } | undefined {
  for (const pattern of HEADINGS) {
    const { 0: whole, groups } = pattern.exec(line) ?? { 0: '', groups: undefined }
    if (groups === undefined) continue
    const { no, name = '', tail = '' } = groups
    if (marked && !tail.includes(':') && !/^\s*(?:\([^)]*\))?[*_\s]*$/.test(tail)) continue
    return {
      side: no === undefined && /^inclusion/i.test(name) ? 'inclusion' : 'exclusion',
      length: whole.length,
    }
  }
  return !marked && SPOKEN.some((one) => one.test(line))
    ? { side: 'exclusion', length: line.length }
    : undefined
}
