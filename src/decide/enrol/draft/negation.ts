const NEGATION =
  /\b(?:no|not|without|absence of|lack(?:ing|s)?(?: of)?|negative for|free of|never|nor|na[iï]ve to)\b(?:\s+(?:a|an|any|the|known|have|has|had|having|be|been|harbou?r(?:ing)?|activating|actionable|sensitizing|sensitising|documented|evidence|history|of|presence|detectable|currently|active|prior|previous|previously|clinical|signs?|symptoms?|or|received|treated|treatment|therapy|with|exposure|to|in|concurrent|use|used|tumou?rs?|genomic|somatic|germline|must|express(?:ing)?|is|are|be))*\s+$/i
/** Right before a state: "negative HIV test". */
const NEGATIVE = /\b(?:sero-?)?negative(?:ly)?\s+(?:\w+\s+){0,3}$/i

/** Where a negation begins that ends right before a place; undefined when there is none. */
export function negationBefore(text: string, place: number): number | undefined {
  const from = Math.max(0, place - 100)
  const before = text.slice(from, place)
  const match = NEGATION.exec(before)
  return match === null ? undefined : from + match.index
}

/** The same of a result: "negative serology for hepatitis B". */
export function negativeBefore(text: string, place: number): number | undefined {
  const from = Math.max(0, place - 60)
  const match = NEGATIVE.exec(text.slice(from, place))
  return match === null ? undefined : from + match.index
}
