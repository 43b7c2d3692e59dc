/** First byte of packed calls; a later layout gets the next number, and this one stays readable. */
const LAYOUT = 1

/** Genomes that carry one variant, as numbers in growing order. */
export interface StretchVariant {
  /** Bases from the start of the stretch. */
  readonly offset: number
  /** "REF ALT", trimmed. */
  readonly allele: string
  readonly oneCopy: readonly number[]
  readonly moreCopies: readonly number[]
}

/**
 * Packs the variants of one stretch: layout byte; the alleles, each once; then by variant the step from the offset before,
 * the place of its allele, and the genomes with one copy and with more, as steps. All numbers are of variable length (LEB128),
 * so that a call of one genome takes about five bytes, and of many about one.
 */
export class StretchPacker {
  readonly #alleles = new Map<string, number>()
  readonly #body = new Bytes()
  #last = 0

  /** In the order of their offsets. */
  add(offset: number, allele: string, oneCopy: readonly number[], moreCopies: readonly number[]): void {
    let place = this.#alleles.get(allele)
    if (place === undefined) {
      place = this.#alleles.size
      this.#alleles.set(allele, place)
    }
    this.#body.number(offset - this.#last)
    this.#last = offset
    this.#body.number(place)
    this.#numbers(oneCopy)
    this.#numbers(moreCopies)
  }

  #numbers(list: readonly number[]): void {
    this.#body.number(list.length)
    let last = 0
    for (const one of list) {
      this.#body.number(one - last)
      last = one
    }
  }

  /** What was packed; the packer is empty then. */
  packed(): Buffer {
    const head = new Bytes()
    head.number(LAYOUT)
    head.number(this.#alleles.size)
    for (const allele of this.#alleles.keys()) head.text(allele)
    const packed = Buffer.concat([head.taken(), this.#body.taken()])
    this.#alleles.clear()
    this.#last = 0
    return packed
  }
}

/** Every variant of a packed stretch, in the order of their offsets; with `offsets`, those that begin there alone. */
export function* unpackStretch(packed: Buffer, offsets?: ReadonlySet<number>): Generator<StretchVariant> {
  const reader = new Reader(packed)
  const layout = reader.number()
  if (layout !== LAYOUT) throw new Error(`a stretch is packed in layout ${layout}, not ${LAYOUT}`)
  const alleles = Array.from({ length: reader.number() }, () => reader.text())
  let offset = 0
  while (!reader.ended) {
    offset += reader.number()
    const place = reader.number()
    if (offsets?.has(offset) === false) {
      reader.skip(reader.number())
      reader.skip(reader.number())
      continue
    }
    yield { offset, allele: alleles[place]!, oneCopy: reader.numbers(), moreCopies: reader.numbers() }
  }
}

/** Bytes that grow. */
class Bytes {
  #bytes = Buffer.allocUnsafe(1 << 12)
  #length = 0

  /** A whole number from 0 on, seven bits a byte, the lowest first. */
  number(value: number): void {
    this.#room(8)
    let left = value
    while (left > 127) {
      this.#bytes[this.#length++] = (left % 128) | 128
      left = Math.floor(left / 128)
    }
    this.#bytes[this.#length++] = left
  }

  text(value: string): void {
    this.number(value.length)
    this.#room(value.length)
    this.#length += this.#bytes.write(value, this.#length, 'latin1')
  }

  taken(): Buffer {
    const bytes = this.#bytes.subarray(0, this.#length)
    this.#bytes = Buffer.allocUnsafe(1 << 12)
    this.#length = 0
    return bytes
  }

  #room(more: number): void {
    if (this.#length + more <= this.#bytes.length) return
    const wider = Buffer.allocUnsafe(Math.max(2 * this.#bytes.length, this.#length + more))
    this.#bytes.copy(wider, 0, 0, this.#length)
    this.#bytes = wider
  }
}

class Reader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get ended(): boolean {
    return this.#at >= this.#bytes.length
  }

  number(): number {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#bytes[this.#at++]
      if (byte === undefined) throw new Error('a packed stretch ends too early')
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
  }

  numbers(): number[] {
    const list: number[] = []
    let last = 0
    for (let left = this.number(); left > 0; left--) {
      last += this.number()
      list.push(last)
    }
    return list
  }

  /** Steps over so many numbers. */
  skip(count: number): void {
    for (let left = count; left > 0; this.#at++) {
      if (this.ended) throw new Error('a packed stretch ends too early')
      if (this.#bytes[this.#at]! < 128) left -= 1
    }
  }

  text(): string {
    const length = this.number()
    const text = this.#bytes.toString('latin1', this.#at, this.#at + length)
    this.#at += length
    return text
  }
}
