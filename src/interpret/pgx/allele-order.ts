/**
 * Order of allele names as reports print them: the reference first, then star alleles and c. names by number, combined
 * names ("[a + b]") last, fewer parts before more. Negative when `a` comes first.
 */
export function compareAlleles(a: string, b: string): number {
  if (a === b) return 0
  const rank = rankOf(a) - rankOf(b)
  if (rank !== 0) return rank
  if (a.startsWith('[')) {
    const parts = partsOf(a).length - partsOf(b).length
    if (parts !== 0) return parts
  }
  return natural(a, b)
}

function partsOf(combination: string): string[] {
  return combination.split(' + ')
}

function rankOf(name: string): number {
  if (name === 'Reference') return 0
  return name.startsWith('[') ? 2 : 1
}

const PARTS = /\d+|\D+/g

/** Runs of digits compare as numbers, everything else by code unit. */
function natural(a: string, b: string): number {
  const left = a.match(PARTS) ?? []
  const right = b.match(PARTS) ?? []
  for (let i = 0; i < left.length && i < right.length; i++) {
    const x = left[i]!
    const y = right[i]!
    if (x === y) continue
    const [xNumber, yNumber] = [Number(x), Number(y)]
    if (!Number.isNaN(xNumber) && !Number.isNaN(yNumber)) {
      if (xNumber !== yNumber) return xNumber - yNumber
      continue
    }
    return x < y ? -1 : 1
  }
  if (left.length !== right.length) return left.length - right.length
  return a < b ? -1 : 1
}

/** "*1/*4": the two names in report order. */
export function diplotypeName(a: string, b: string): string {
  return compareAlleles(a, b) <= 0 ? `${a}/${b}` : `${b}/${a}`
}
