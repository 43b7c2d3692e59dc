/**
 * What goes with records that 42 CFR Part 2 may protect (section 2.32 asks that whoever receives them is told), in our
 * own words. A header holds it as it is: ASCII, one line.
 */
export const PART_2_NOTICE =
  'Records about treatment of substance use disorders in this answer are protected by 42 CFR Part 2: do not pass them on, or use them in a proceeding against the person, unless the person agreed in writing or the rule allows it.'

/** Name of the header of an answer that carries it. */
export const NOTICE_HEADER = 'redisclosure-notice'
