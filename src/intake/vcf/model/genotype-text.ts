import type { Minor } from './version.ts'

/** What a GT says of the shape of its genotype. */
export interface GenotypeShape {
  /** How many alleles are named, missing ones included. */
  readonly ploidy: number
  /** The greatest allele number; -1 when all are missing. */
  readonly greatest: number
}

const UP_TO_43 = /^(?:\.|\d{1,9})(?:[/|](?:\.|\d{1,9}))*$/
/** From 4.4 on each allele may have its own phase, the first one too. */
const FROM_44 = /^[/|]?(?:\.|\d{1,9})(?:[/|](?:\.|\d{1,9}))*$/
const KEPT = 4096
/** A longer text is no genotype of any living thing, and would fill the stack of the pattern. */
const LONGEST = 10_000

/** Reads GT texts; the few that a file uses over and over are read once. */
export class GenotypeTexts {
  readonly #pattern: RegExp
  readonly #seen = new Map<string, GenotypeShape | undefined>()

  constructor(minor: Minor) {
    this.#pattern = minor < 4 ? UP_TO_43 : FROM_44
  }

  /** Undefined when the text is no genotype. */
  read(text: string): GenotypeShape | undefined {
    if (this.#seen.has(text)) return this.#seen.get(text)
    const shape = text.length <= LONGEST && this.#pattern.test(text) ? shapeOf(text) : undefined
    if (this.#seen.size < KEPT && text.length < 32) this.#seen.set(text, shape)
    return shape
  }
}

function shapeOf(text: string): GenotypeShape {
  const alleles = text.replace(/^[/|]/, '').split(/[/|]/)
  let greatest = -1
  for (const allele of alleles) if (allele !== '.') greatest = Math.max(greatest, Number(allele))
  return { ploidy: alleles.length, greatest }
}

export interface PhasedAllele {
  /** Undefined where it is missing. */
  readonly allele: number | undefined
  readonly phased: boolean
}

/** The alleles of a well-formed GT. The first one's own sign may be left out: "/" when any other is "/" (VCF 4.4 on). */
export function phasedAlleles(text: string): readonly PhasedAllele[] {
  const whole = /^[/|]/.test(text) ? text : `${text.includes('/') ? '/' : '|'}${text}`
  return [...whole.matchAll(/([/|])([^/|]+)/g)].map(([, sign, allele]) => ({
    allele: allele === '.' ? undefined : Number(allele),
    phased: sign === '|',
  }))
}

/** How many genotypes `alleles` alleles form at a ploidy: (alleles + ploidy - 1) choose ploidy (section 1.6.2, GL). */
export function genotypeCount(alleles: number, ploidy: number): number {
  let count = 1
  for (let i = 1; i <= ploidy; i++) count = (count * (alleles + i - 1)) / i
  return Math.round(count)
}
