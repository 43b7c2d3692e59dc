/**
 * What goes with records that 42 CFR Part 2 may protect (section 2.32 asks that whoever receives them is told), in our
 * own words. A header holds it as it is: ASCII, one line.
 */
export const PART_2_NOTICE =
  'Records about treatment of substance use disorders in this answer are protected by 42 CFR Part 2: do not pass them on, or use them in a proceeding against the person, unless the person agreed in writing or the rule allows it.'

/** Name of the header of an answer that carries it. */
export const NOTICE_HEADER = 'redisclosure-notice'

/** Labels of records about the use of substances and its treatment (v3-ActCode). */
const PART_2_LABELS = new Set(
  ['ETH', 'ETHUD', 'OPIOIDUD', 'SUD'].map(
    (code) => `http://terminology.hl7.org/CodeSystem/v3-ActCode|${code}`,
  ),
)

/** Whether a resource with these security labels may be such a record. */
export function mayBePart2(labels: readonly string[]): boolean {
  return labels.some((label) => PART_2_LABELS.has(label))
}
