/** Slots of the whole table: 12 bytes each, so at most 50 MB. */
const MOST_SLOTS = 1 << 22
const FIRST_SLOTS = 1 << 12
/** Slots that are looked at for one identifier; made identifiers that fall on the same slots cost no more than this. */
const LONGEST_PROBE = 64

/**
 * Identifiers of a file and the line each was first met on, in bounded memory: by two hashes of 32 bits, so that among three
 * million identifiers two are taken for one about once in four million files. Beyond three million further ones are compared with
 * those and not remembered.
 */
export class SeenIds {
  #slots = FIRST_SLOTS
  #taken = 0
  #first = new Uint32Array(FIRST_SLOTS)
  #second = new Uint32Array(FIRST_SLOTS)
  /** 1-based; 0: the slot is free. */
  #line = new Uint32Array(FIRST_SLOTS)

  /** The line on which it was met before; else remembers it. */
  add(id: string, line: number): number | undefined {
    const [first, second] = [hash(id, 0x811c9dc5, 0x01000193), hash(id, 0x9e3779b9, 0x5bd1e995)]
    const slot = this.#find(first, second)
    if (slot === undefined) return undefined
    if (this.#line[slot] !== 0) return this.#line[slot]
    if (this.#taken >= (this.#slots * 3) / 4) {
      if (this.#slots >= MOST_SLOTS) return undefined
      this.#grow()
      return this.add(id, line)
    }
    this.#put(slot, first, second, line)
    return undefined
  }

  #put(slot: number, first: number, second: number, line: number): void {
    this.#first[slot] = first
    this.#second[slot] = second
    this.#line[slot] = line
    this.#taken++
  }

  /** Where it stands, or the free slot where it belongs; undefined where too many stand before it. */
  #find(first: number, second: number): number | undefined {
    for (let step = 0; step < LONGEST_PROBE; step++) {
      const slot = (first + step) & (this.#slots - 1)
      if (this.#line[slot] === 0) return slot
      if (this.#first[slot] === first && this.#second[slot] === second) return slot
    }
    return undefined
  }

  #grow(): void {
    const [first, second, line] = [this.#first, this.#second, this.#line]
    this.#slots *= 2
    this.#taken = 0
    this.#first = new Uint32Array(this.#slots)
    this.#second = new Uint32Array(this.#slots)
    this.#line = new Uint32Array(this.#slots)
    for (const [i, at] of line.entries()) {
      if (at === 0) continue
      const slot = this.#find(first[i]!, second[i]!)
      if (slot !== undefined) this.#put(slot, first[i]!, second[i]!, at)
    }
  }
}

/** As FNV-1a over code units, with a last mixing; 32 bits. */
function hash(text: string, seed: number, factor: number): number {
  let value = seed
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), factor)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}
