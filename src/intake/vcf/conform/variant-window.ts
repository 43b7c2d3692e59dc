import { createHash } from 'node:crypto'
import { allLetters } from '../model/all-letters.ts'

interface Spelled {
  readonly line: number
  /** 1-based. */
  readonly position: number
  /** Upper case. */
  readonly ref: string
  readonly alternate: string
  readonly info: string
}

interface Twin {
  readonly line: number
  /** Same POS, REF and ALT; otherwise the same change of sequence written at another POS or with other shared bases. */
  readonly sameSpelling: boolean
}

const MOST = 10_000
const LONGEST_KEY = 200
const BASES = /^[ACGTN]+$/i

/**
 * The variants at and after the position that is being read, each without the bases that REF and ALT share.
 * A record seldom reaches further than its own REF, so what lies before the present POS is let go.
 */
export class VariantWindow {
  readonly #at = new Map<number, Map<string, { readonly line: number; readonly spelling: string }>>()
  #size = 0

  clear(): void {
    this.#at.clear()
    this.#size = 0
  }

  moveTo(position: number): void {
    for (const [at, variants] of this.#at)
      if (at < position) {
        this.#size -= variants.size
        this.#at.delete(at)
      }
  }

  /** The earlier record that says the same, if there is one. */
  add({ line, position, ref, alternate, info }: Spelled): Twin | undefined {
    const plain = allLetters(ref, BASES) && allLetters(alternate, BASES)
    const { skipped, key } = plain
      ? trimmed(ref, alternate.toUpperCase())
      : // Symbols of one place are told apart by their lengths, breakends by their events: all of it is in INFO.
        { skipped: 0, key: `${ref}>${alternate} ${/^[*]$/.test(alternate) ? '' : info}` }
    const spelling = short(`${position} ${ref}>${alternate.toUpperCase()}`)
    const variants = this.#at.get(position + skipped) ?? new Map()
    const name = short(key)
    const earlier = variants.get(name)
    if (earlier !== undefined)
      return earlier.line === line
        ? undefined
        : { line: earlier.line, sameSpelling: earlier.spelling === spelling }
    if (this.#size >= MOST) return undefined
    variants.set(name, { line, spelling })
    this.#at.set(position + skipped, variants)
    this.#size++
    return undefined
  }
}

/** Shared bases are taken off at the end, then at the beginning; one base of each allele always stays. */
function trimmed(ref: string, alternate: string): { readonly skipped: number; readonly key: string } {
  let refEnd = ref.length
  let altEnd = alternate.length
  while (refEnd > 1 && altEnd > 1 && ref[refEnd - 1] === alternate[altEnd - 1]) {
    refEnd--
    altEnd--
  }
  let skipped = 0
  while (refEnd - skipped > 1 && altEnd - skipped > 1 && ref[skipped] === alternate[skipped]) skipped++
  return { skipped, key: `${ref.slice(skipped, refEnd)}>${alternate.slice(skipped, altEnd)}` }
}

/** Long keys are held as their hash, so that a window of long alleles stays small. */
function short(key: string): string {
  return key.length <= LONGEST_KEY ? key : createHash('sha256').update(key).digest('base64')
}
