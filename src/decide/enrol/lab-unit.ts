/** A unit as a multiple of one of its dimension. Catalytic activity, INR and the like have one unit in use, and are compared as written. */
interface Scale {
  readonly dimension: 'mass' | 'cells' | 'substance'
  /** g/L, cells/L, mol/L */
  readonly factor: number
}

const PREFIX: Readonly<Record<string, number>> = { '': 1, m: 1e-3, u: 1e-6, n: 1e-9, p: 1e-12 }
const VOLUME: Readonly<Record<string, number>> = { L: 1, dL: 1e-1, mL: 1e-3, uL: 1e-6, mm3: 1e-6 }

/** Molar masses in g/mol, from the standard atomic weights (IUPAC 2021), of what trials ask for in either kind of unit. */
const MOLAR: Readonly<Record<string, number>> = {
  creatinine: 113.12,
  bilirubin: 584.67,
  glucose: 180.16,
  calcium: 40.078,
}

/** How near to the limit a value may not come when molar masses, which laboratories round, stand between. */
const NEAR = 0.005

/** UCUM, and what laboratories and trials write instead: "10^9/L", "K/uL", "cells/mm3", "µmol/l". */
function scaleOf(unit: string): Scale | undefined {
  const plain = unit
    .trim()
    .replaceAll(/[µμ]/g, 'u')
    .replace(/^cells?\//i, '/')
    .replace(/mm\^?3|cumm|cmm/i, 'mm3')
    .replace(/([dmu]?)[lL]$/, '$1L')
  const cells =
    /^(?:(?:x\s*)?10(?:\*|\^|\*\*)(?<power>\d{1,2})|(?<thousand>[Kk]|thou)|(?<giga>G))?\/(?<volume>L|dL|mL|uL|mm3)$/.exec(
      plain,
    )?.groups
  if (cells !== undefined) {
    const count =
      cells['power'] !== undefined
        ? 10 ** Number(cells['power'])
        : cells['thousand']
          ? 1e3
          : cells['giga']
            ? 1e9
            : 1
    return { dimension: 'cells', factor: count / VOLUME[cells['volume']!]! }
  }
  const amount = /^(?<prefix>[munp]?)(?<kind>g|mol)\/(?<volume>L|dL|mL|uL)$/.exec(plain)?.groups
  if (amount === undefined) return undefined
  return {
    dimension: amount['kind'] === 'g' ? 'mass' : 'substance',
    factor: PREFIX[amount['prefix']!]! / VOLUME[amount['volume']!]!,
  }
}

/**
 * A value of one unit in another; undefined where nobody can tell: another dimension, or a substance without a molar mass here.
 * `limit`: a value that comes too near to it by way of a molar mass is not told either.
 */
export function inUnit(
  test: string,
  value: number,
  from: string,
  to: string,
  limit: number,
): number | undefined {
  const [here, there] = [scaleOf(from), scaleOf(to)]
  if (here === undefined || there === undefined) return undefined
  const base = value * here.factor
  if (here.dimension === there.dimension) return tidy(base / there.factor)
  const molar = MOLAR[test.toLowerCase().replace(/^(serum|total|plasma)\s+/, '')]
  if (molar === undefined || here.dimension === 'cells' || there.dimension === 'cells') return undefined
  const found = (here.dimension === 'mass' ? base / molar : base * molar) / there.factor
  return Math.abs(found - limit) < NEAR * Math.abs(limit) ? undefined : tidy(found)
}

/** Without the dust of binary fractions: 90 g/L is 9 g/dL. */
function tidy(value: number): number {
  return Number(value.toPrecision(12))
}
