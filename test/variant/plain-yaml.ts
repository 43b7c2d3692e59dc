/** Reads the YAML that GA4GH's validation files use: nested maps and lists, flow lists of numbers, quoted and bare scalars. */
export function plainYaml(text: string): unknown {
  const lines = text
    .split('\n')
    .map((line) => line.replace(/(^|\s)#(?=[^"']*$).*$/, '').trimEnd())
    .filter((line) => line.trim() !== '')
    .map((line) => ({ indent: line.search(/\S/), text: line.trim() }))
  let at = 0

  function block(indent: number): unknown {
    return lines[at]!.text.startsWith('-') ? list(indent) : map(indent)
  }

  function list(indent: number): unknown[] {
    const items: unknown[] = []
    while (at < lines.length && lines[at]!.indent === indent && /^-(\s|$)/.test(lines[at]!.text)) {
      const line = lines[at]!
      const rest = line.text.slice(1).trim()
      if (rest === '') {
        at++
        items.push(block(lines[at]!.indent))
      } else {
        lines[at] = { indent: indent + (line.text.length - rest.length), text: rest }
        items.push(/^[\w"]+:(\s|$)/.test(rest) ? map(lines[at]!.indent) : scalar(lines[at++]!.text))
      }
    }
    return items
  }

  function map(indent: number): Record<string, unknown> {
    const members: Record<string, unknown> = {}
    while (at < lines.length && lines[at]!.indent === indent && !/^-(\s|$)/.test(lines[at]!.text)) {
      const [, key = '', rest = ''] = /^"?([^":]+)"?:\s*(.*)$/.exec(lines[at]!.text) ?? []
      at++
      if (rest !== '') members[key] = scalar(rest)
      else {
        const next = lines[at]
        const inside =
          next !== undefined &&
          (next.indent > indent || (next.indent === indent && next.text.startsWith('-')))
        members[key] = inside ? block(next.indent) : null
      }
    }
    return members
  }
  return lines.length === 0 ? null : block(lines[0]!.indent)
}

function scalar(text: string): unknown {
  if (text.startsWith('['))
    return text
      .slice(1, -1)
      .split(',')
      .map((one) => scalar(one.trim()))
  if (text.startsWith("'")) return text.slice(1, -1).replaceAll("''", "'")
  if (text.startsWith('"')) return JSON.parse(text)
  if (text === 'null' || text === '~') return null
  return /^-?[0-9]+$/.test(text) ? Number(text) : text
}
