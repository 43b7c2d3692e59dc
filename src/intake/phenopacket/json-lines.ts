/** Fields whose keys are the sender's own. */
export const MAPS: ReadonlySet<string> = new Set(['individualToFileIdentifiers', 'fileAttributes'])

/** A key as protobuf's JSON spells it: "phenotypic_features" is "phenotypicFeatures". */
export function camelCase(key: string): string {
  return key.replace(/(?<=[A-Za-z0-9])_([a-z0-9])/g, (_, next: string) => next.toUpperCase())
}

/**
 * On which line of a JSON text, 1-based, each value stands, by its path with keys in camelCase:
 * "phenotypicFeatures.0.type". The text must be JSON.
 */
export function jsonLines(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>()
  const token = /"(?:[^"\\]|\\.)*"|[{}[\],:\n]|[^\s{}[\],:"]+/g
  /** Open objects and arrays, each with where it is and the key or place it is at. */
  const open: {
    readonly path: string
    readonly array: boolean
    at: number
    key: string
    expectsKey: boolean
  }[] = []
  let line = 1
  const place = (): string => {
    const top = open.at(-1)
    if (top === undefined) return ''
    const own = top.array ? String(top.at) : top.key
    return top.path === '' ? own : `${top.path}.${own}`
  }
  for (const [word] of text.matchAll(token)) {
    const top = open.at(-1)
    if (word === '\n') line++
    else if (word === '{' || word === '[') {
      const path = place()
      if (!lines.has(path)) lines.set(path, line)
      open.push({ path, array: word === '[', at: 0, key: '', expectsKey: word === '{' })
    } else if (word === '}' || word === ']') open.pop()
    else if (word === ',') {
      if (top === undefined) continue
      if (top.array) top.at++
      else top.expectsKey = true
    } else if (word === ':') continue
    else if (top?.expectsKey === true) {
      const name = JSON.parse(word) as string
      top.key = MAPS.has(top.path.split('.').at(-1) ?? '') ? name : camelCase(name)
      top.expectsKey = false
      lines.set(place(), line)
    } else if (!lines.has(place())) lines.set(place(), line)
  }
  return lines
}
