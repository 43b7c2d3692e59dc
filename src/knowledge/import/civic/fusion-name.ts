/** Names that catalogues still use in fusions. */
const PARTNERS: Readonly<Record<string, string>> = { ABL: 'ABL1', MLL: 'KMT2A', NPM: 'NPM1' }

/** A fusion, alone or with a change: "EML4-ALK", "BCR::ABL1 T315I", "ALK FUSION G1202R"; undefined: it is none. */
export function fusionOfName(
  gene: string,
  name: string,
  change: (text: string) => string | undefined,
): string | undefined {
  const any = new RegExp(`^(?:${gene} |v::)?(?:${gene} )?(?:fusion|fusions|rearrangement)$`, 'i')
  if (any.test(name) && !(gene === 'VHL')) return `${gene} fusion`
  const found = /^([A-Za-z0-9]+(?:-[A-Z])?)(?:::|-)([A-Za-z0-9]+)(?: +(.*))?$/.exec(name)
  const pair =
    /^fusion /i.exec(name) !== null
      ? { text: `${gene} fusion`, rest: name.slice('fusion '.length) }
      : found !== null && [found[1], found[2]].some((one) => partner(one!) === gene)
        ? { text: `${partner(found[1]!)}::${partner(found[2]!)}`, rest: found[3] ?? '' }
        : undefined
  if (pair === undefined || /^(?:P-LOOP|NON-)/i.test(name)) return undefined
  const rest = pair.rest
    .trim()
    .replace(/^fusions?$/i, '')
    .replace(/^and /i, '')
  if (rest === '') return pair.text
  if (/^[A-Za-z]\d+;[A-Za-z]\d+$/.test(rest)) return `${pair.text} ${rest}`
  const also = change(rest)
  return also === undefined ? undefined : `${pair.text} AND ${/ OR /.test(also) ? `(${also})` : also}`
}

function partner(name: string): string {
  return PARTNERS[name] ?? name
}
