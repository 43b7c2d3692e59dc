import type { CallColumns } from '../../record/variant-calls.ts'

/** More filters than these are kept under one name: a call set has a dozen. */
const FILTERS = 250

/** Columns that grow. */
export class CallColumnsBuilder {
  #room = 1 << 14
  #count = 0
  #chromosome = new Uint8Array(this.#room)
  #position = new Int32Array(this.#room)
  #allele = new Int32Array(this.#room)
  #genotype = new Uint8Array(this.#room)
  #filter = new Uint8Array(this.#room)
  #depth = new Int32Array(this.#room)
  #quality = new Int32Array(this.#room)
  readonly #alleles = new Map<string, number>()
  readonly #filters = new Map<string, number>()

  get count(): number {
    return this.#count
  }

  add(
    chromosome: number,
    position: number,
    ref: string,
    alt: string,
    genotype: number,
    filter: string,
    depth: number,
    quality: number,
  ): void {
    if (this.#count === this.#room) this.#grow()
    const i = this.#count
    this.#chromosome[i] = chromosome
    this.#position[i] = position
    this.#allele[i] = placeIn(this.#alleles, `${ref} ${alt}`)
    this.#genotype[i] = genotype
    const known = this.#filters.size < FILTERS || this.#filters.has(filter)
    this.#filter[i] = placeIn(this.#filters, known ? filter : 'other')
    this.#depth[i] = depth
    this.#quality[i] = quality
    this.#count += 1
  }

  columns(): CallColumns {
    const count = this.#count
    return {
      count,
      chromosome: this.#chromosome.slice(0, count),
      position: this.#position.slice(0, count),
      allele: this.#allele.slice(0, count),
      genotype: this.#genotype.slice(0, count),
      filter: this.#filter.slice(0, count),
      depth: this.#depth.slice(0, count),
      quality: this.#quality.slice(0, count),
      alleles: [...this.#alleles.keys()],
      filters: [...this.#filters.keys()],
    }
  }

  #grow(): void {
    this.#room *= 2
    const bytes = (old: Uint8Array) => {
      const wider = new Uint8Array(this.#room)
      wider.set(old)
      return wider
    }
    const numbers = (old: Int32Array) => {
      const wider = new Int32Array(this.#room)
      wider.set(old)
      return wider
    }
    this.#chromosome = bytes(this.#chromosome)
    this.#position = numbers(this.#position)
    this.#allele = numbers(this.#allele)
    this.#genotype = bytes(this.#genotype)
    this.#filter = bytes(this.#filter)
    this.#depth = numbers(this.#depth)
    this.#quality = numbers(this.#quality)
  }
}

function placeIn(table: Map<string, number>, text: string): number {
  let place = table.get(text)
  if (place === undefined) {
    place = table.size
    table.set(text, place)
  }
  return place
}
