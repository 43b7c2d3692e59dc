import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { LONG } from './allele-key.ts'

/**
 * The sites of one window: keys in ascending order and, for each column, the text of the value as the source wrote it.
 * Equal texts are kept once.
 */
export interface SiteWindow {
  readonly keys: Uint32Array
  /** Entries with the code LONG, ascending, and their alleles as "REF>ALT". */
  readonly longEntries: Uint32Array
  readonly longTexts: Texts
  readonly columns: readonly Column[]
}

interface Column {
  /** Per entry the number of its text; 0 is no value. */
  readonly values: Uint32Array
  readonly texts: Texts
}

/** Texts one after the other: text n is bytes[ends[n - 1], ends[n]). */
interface Texts {
  readonly ends: Uint32Array
  readonly bytes: Uint8Array
}

/** Bytes of one window, unpacked: the most, and the room that is set aside at once. */
const LARGEST = 1 << 30
const ROOM = 1 << 17

/** One site on its way into a window; `values` has a text for each column, empty for none. */
export interface Site {
  readonly key: number
  /** "REF>ALT" when the code of the key is LONG, else empty. */
  readonly alleles: string
  readonly values: readonly string[]
}

/** Of a site that is named more than once: the value that comes first, or the highest or lowest of each column. */
export type Several = 'first' | 'highest' | 'lowest'

/**
 * A window as it is stored, and how many sites are in it. A site named twice counts once; "differing" are those of which the
 * values were not the same. Throws RangeError where the highest or lowest is asked for of what is no number.
 */
export function packWindow(
  sites: readonly Site[],
  columns: number,
  several: Several = 'first',
): { bytes: Buffer; sites: number; repeated: number; differing: number } {
  const sorted = sites.toSorted(
    (a, b) => a.key - b.key || (a.alleles < b.alleles ? -1 : a.alleles > b.alleles ? 1 : 0),
  )
  const unique: Site[] = []
  let differing = 0
  for (const one of sorted) {
    const before = unique.at(-1)
    if (before === undefined || before.key !== one.key || before.alleles !== one.alleles) unique.push(one)
    else if (one.values.some((value, column) => value !== before.values[column])) {
      differing += 1
      if (several !== 'first') unique[unique.length - 1] = { ...before, values: best(before, one, several) }
    }
  }
  const long = unique.flatMap((one, i) => ((one.key & LONG) === LONG ? [i] : []))
  const parts: Uint8Array[] = []
  const words = (values: ArrayLike<number>) => parts.push(bytesOf(Uint32Array.from(values)))
  const texts = (list: readonly string[]) => {
    const bytes = Buffer.from(list.join(''))
    let end = 0
    words([list.length, bytes.length])
    words(list.map((text) => (end += Buffer.byteLength(text))))
    parts.push(bytes, new Uint8Array(-bytes.length & 3))
  }
  words([unique.length, long.length])
  words(unique.map(({ key }) => key))
  words(long)
  texts(long.map((i) => unique[i]!.alleles))
  for (let column = 0; column < columns; column++) {
    const numbers = new Map([['', 0]])
    words(
      unique.map(({ values }) => {
        const text = values[column]!
        const known = numbers.get(text)
        if (known !== undefined) return known
        numbers.set(text, numbers.size)
        return numbers.size - 1
      }),
    )
    texts([...numbers.keys()])
  }
  const bytes = zstdCompressSync(Buffer.concat(parts), {
    params: { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 },
  })
  return { bytes, sites: unique.length, repeated: sites.length - unique.length, differing }
}

function best(a: Site, b: Site, several: 'highest' | 'lowest'): readonly string[] {
  return a.values.map((value, column) => {
    const other = b.values[column]!
    if (value === '' || value === other) return other
    if (other === '') return value
    const [mine, theirs] = [Number(value), Number(other)]
    if (Number.isNaN(mine) || Number.isNaN(theirs))
      throw new RangeError(`of "${value}" and "${other}" neither is the ${several}`)
    return theirs > mine === (several === 'highest') ? other : value
  })
}

/** Throws RangeError or the error of zstd where the bytes are not a window. */
export function unpackWindow(packed: Uint8Array, columns: number): SiteWindow {
  const bytes = zstdDecompressSync(packed, { maxOutputLength: LARGEST, chunkSize: ROOM })
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : Buffer.from(new Uint8Array(bytes))
  let at = 0
  const words = (count: number) => {
    const part = new Uint32Array(aligned.buffer, aligned.byteOffset + at, count)
    at += 4 * count
    return part
  }
  const texts = (): Texts => {
    const [count, size] = words(2) as unknown as readonly [number, number]
    const ends = words(count)
    const part = aligned.subarray(at, at + size)
    at += (size + 3) & ~3
    return { ends, bytes: part }
  }
  const [count, long] = words(2) as unknown as readonly [number, number]
  const keys = words(count)
  const longEntries = words(long)
  const longTexts = texts()
  return {
    keys,
    longEntries,
    longTexts,
    columns: Array.from({ length: columns }, () => ({ values: words(count), texts: texts() })),
  }
}

/** First entry with a key not below this one; looks forward from `near` first, where a sorted file will find it. */
export function seek(keys: Uint32Array, key: number, near: number): number {
  let low = 0
  let high = keys.length
  if (near > 0 && keys[near - 1]! < key) {
    low = near
    let step = 1
    while (low < high && keys[low]! < key) {
      const next = low + step
      if (next >= high || keys[next]! >= key) {
        low += 1
        high = Math.min(next, high)
        break
      }
      low = next + 1
      step *= 2
    }
  }
  while (low < high) {
    const middle = (low + high) >> 1
    if (keys[middle]! < key) low = middle + 1
    else high = middle
  }
  return low
}

/** Whether the alleles of an entry with the code LONG are these. */
export function hasAlleles(window: SiteWindow, entry: number, alleles: string): boolean {
  const place = seek(window.longEntries, entry, 0)
  const { ends, bytes } = window.longTexts
  const from = place === 0 ? 0 : ends[place - 1]!
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, ends[place]! - from).toString('utf8') === alleles
}

function bytesOf(words: Uint32Array): Uint8Array {
  return new Uint8Array(words.buffer)
}
