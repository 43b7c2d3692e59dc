const NEGATION =
  /\b(?:no|not|without|absence of|lack(?:ing|s)?(?: of)?|negative for|free of|never|nor)\b(?:\s+(?:a|an|any|the|known|have|has|had|having|be|been|harbou?r(?:ing)?|activating|actionable|sensitizing|sensitising|documented|evidence|history|of|presence|detectable|currently|active|prior|previous|clinical|signs?|symptoms?|or|received|treated|treatment|therapy|with|exposure|to|in|concurrent|use))*\s+$/i

/** Where a negation begins that ends right before a place; undefined when there is none. */
export function negationBefore(text: string, place: number): number | undefined {
  const from = Math.max(0, place - 100)
  const match = NEGATION.exec(text.slice(from, place))
  return match === null ? undefined : from + match.index
}
