/**
 * A place of a window and a small change, exactly, in 32 bits: the upper 20 are the base in a window of 2^20 bases, the lower
 * 12 the change where REF and ALT have at most five bases together and one of the eight shapes below, else LONG, and then the
 * alleles are kept as text beside it. Two different changes never have the same key and the same text.
 * The division into windows of 2^20 bases follows echtvar (Pedersen & de Ridder 2023, Nucleic Acids Res 51:e3).
 */
export const WINDOW_BITS = 20
export const WINDOW = 1 << WINDOW_BITS
export const LONG = 4095

/** First code of each shape, [REF length][ALT length]; -1 where a shape has none. */
const FIRST: readonly (readonly number[])[] = [
  [],
  [-1, 0, 16, 144, 912],
  [-1, 80, 656],
  [-1, 400],
  [-1, 1936],
]

/** Bases as 0 to 3 whatever their case, 4 for every other byte. */
const BASE = new Uint8Array(256).fill(4)
for (const [code, letters] of ['Aa', 'Cc', 'Gg', 'Tt'].entries())
  for (const letter of letters) BASE[letter.charCodeAt(0)] = code

/** One change in its shortest spelling, as places in the bytes; [from, to). */
export class Change {
  /** 1-based position of the first base of REF after trimming. */
  position = 0
  refFrom = 0
  refTo = 0
  altFrom = 0
  altTo = 0
  /** The 12 bits of the key. */
  code = LONG

  /**
   * Sets the change to REF and one ALT with the bases taken off that both have at the end, then at the start; one base of each
   * stays. Without a reference sequence it is not moved to the left. False for an ALT that is not bases ("<DEL>", "*", ".").
   */
  set(
    bytes: Uint8Array,
    position: number,
    refFrom: number,
    refTo: number,
    altFrom: number,
    altTo: number,
  ): boolean {
    const first = bytes[altFrom]!
    if (BASE[first] === 4 && !isLetterN(first)) return false
    let r = refTo
    let a = altTo
    while (r - refFrom > 1 && a - altFrom > 1 && sameBase(bytes[r - 1]!, bytes[a - 1]!)) {
      r -= 1
      a -= 1
    }
    let skipped = 0
    while (
      r - refFrom - skipped > 1 &&
      a - altFrom - skipped > 1 &&
      sameBase(bytes[refFrom + skipped]!, bytes[altFrom + skipped]!)
    )
      skipped += 1
    this.position = position + skipped
    this.refFrom = refFrom + skipped
    this.refTo = r
    this.altFrom = altFrom + skipped
    this.altTo = a
    this.code = this.#codeIn(bytes)
    return this.code !== LONG || onlyLetters(bytes, altFrom, altTo)
  }

  /** "REF>ALT" in capitals: what tells changes with the code LONG apart. */
  text(bytes: Buffer): string {
    const ref = bytes.toString('latin1', this.refFrom, this.refTo)
    return `${ref}>${bytes.toString('latin1', this.altFrom, this.altTo)}`.toUpperCase()
  }

  #codeIn(bytes: Uint8Array): number {
    const refLength = this.refTo - this.refFrom
    const altLength = this.altTo - this.altFrom
    if (refLength + altLength > 5) return LONG
    const first = FIRST[refLength]?.[altLength] ?? -1
    if (first < 0) return LONG
    let code = 0
    for (let p = this.refFrom; p < this.refTo; p++) {
      const base = BASE[bytes[p]!]!
      if (base === 4) return LONG
      code = code * 4 + base
    }
    for (let p = this.altFrom; p < this.altTo; p++) {
      const base = BASE[bytes[p]!]!
      if (base === 4) return LONG
      code = code * 4 + base
    }
    return first + code
  }
}

/** The key of a position within its window and a code; a whole number below 2^32. */
export function keyOf(position: number, code: number): number {
  return (((position & (WINDOW - 1)) << 12) | code) >>> 0
}

function sameBase(a: number, b: number): boolean {
  return a === b || (a ^ b) === 32
}

function isLetterN(letter: number): boolean {
  return letter === 78 || letter === 110
}

function onlyLetters(bytes: Uint8Array, from: number, to: number): boolean {
  for (let p = from; p < to; p++) {
    const letter = bytes[p]! | 32
    if (letter < 97 || letter > 122) return false
  }
  return true
}
