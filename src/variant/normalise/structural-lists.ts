/** INFO keys with so many values for each ALT allele (VCF 4.4, section 3), which no Number can say. */
const EACH: Readonly<Record<string, number>> = {
  CIPOS: 2,
  CIEND: 2,
  CILEN: 2,
  CICN: 2,
  MEINFO: 4,
  METRANS: 4,
}
/** The same for each repeat sequence of a tandem repeat; RN says how many an ALT allele has. */
const REPEATED: Readonly<Record<string, number>> = { RUS: 1, RUL: 1, RUC: 1, RB: 1, CIRUC: 2, CIRB: 2 }

/**
 * The values of a structural key for new alleles; `from` says which old allele each is, REF first. Undefined where the key is
 * another, or does not have as many values as `alts` alleles ask for: up to 4.3 a record has one pair, whatever its ALTs.
 */
export function structuralValues(
  key: string,
  text: string,
  repeats: string | undefined,
  alts: number,
  from: readonly (number | undefined)[],
): string | undefined {
  const widths = widthsOf(key, repeats, alts)
  const values = text.split(',')
  if (widths === undefined || values.length !== widths.reduce((sum, one) => sum + one, 0)) return undefined
  const starts = widths.map((_, i) => widths.slice(0, i).reduce((sum, one) => sum + one, 0))
  const made = from.slice(1).flatMap((old) => {
    if (old === undefined || old === 0) return new Array<string>(EACH[key] ?? 0).fill('.')
    return values.slice(starts[old - 1], starts[old - 1]! + widths[old - 1]!)
  })
  return made.length === 0 ? '.' : made.join(',')
}

function widthsOf(key: string, repeats: string | undefined, alts: number): number[] | undefined {
  if (Object.hasOwn(EACH, key)) return new Array<number>(alts).fill(EACH[key]!)
  if (!Object.hasOwn(REPEATED, key)) return undefined
  const counts = repeats?.split(',') ?? new Array<string>(alts).fill('1')
  if (counts.length !== alts) return undefined
  return counts.map((one) => (/^\d{1,6}$/.test(one) ? Number(one) : 0) * REPEATED[key]!)
}
