export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Equal as JSON, the order of keys left aside. */
export function equalJson(one: unknown, other: unknown): boolean {
  if (Array.isArray(one))
    return (
      Array.isArray(other) && one.length === other.length && one.every((item, i) => equalJson(item, other[i]))
    )
  if (!isObject(one)) return one === other
  if (!isObject(other)) return false
  const keys = Object.keys(one)
  return keys.length === Object.keys(other).length && keys.every((key) => equalJson(one[key], other[key]))
}

/**
 * FHIR pattern[x]: everything that the pattern names is in the value, and each item of a list is matched by some item
 * of the value's list (hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.pattern_x_).
 */
export function matchesPattern(pattern: unknown, value: unknown): boolean {
  if (Array.isArray(pattern))
    return Array.isArray(value) && pattern.every((item) => value.some((one) => matchesPattern(item, one)))
  if (!isObject(pattern)) return pattern === value
  return isObject(value) && Object.keys(pattern).every((key) => matchesPattern(pattern[key], value[key]))
}

/** Whether objects and lists lie in one another more than so many levels deep. */
export function deeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  for (const one of Array.isArray(value) ? value : Object.values(value))
    if (deeperThan(one, levels - 1)) return true
  return false
}
