import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { CallColumns } from '../../record/variant-calls.ts'

/** First byte of packed calls; a later layout gets the next number, and this one stays readable. */
const LAYOUT = 1

interface Tables {
  readonly count: number
  readonly alleles: readonly string[]
  readonly filters: readonly string[]
}

/**
 * Layout byte; length of the tables (4 bytes, little endian); then, compressed with Zstandard: the four-byte columns
 * position (differences), allele, depth and quality, the one-byte columns chromosome, genotype and filter, and the
 * tables as JSON. 30,000 calls take about 200 kB.
 */
export function packCalls(calls: CallColumns): Buffer {
  const { count, alleles, filters } = calls
  const steps = new Int32Array(count)
  for (let i = 0, last = 0; i < count; i++) {
    const position = calls.position[i]!
    steps[i] = position - last
    last = position
  }
  const tables = Buffer.from(JSON.stringify({ count, alleles, filters } satisfies Tables))
  const bytes = ({ buffer, byteOffset, byteLength }: Int32Array | Uint8Array) =>
    Buffer.from(buffer, byteOffset, byteLength)
  const plain = Buffer.concat([
    ...[steps, calls.allele, calls.depth, calls.quality].map(bytes),
    ...[calls.chromosome, calls.genotype, calls.filter].map(bytes),
    tables,
  ])
  const head = Buffer.alloc(5)
  head[0] = LAYOUT
  head.writeUInt32LE(tables.length, 1)
  return Buffer.concat([head, zstdCompressSync(plain)])
}

export function unpackCalls(packed: Uint8Array): CallColumns {
  if (packed[0] !== LAYOUT) throw new Error(`calls are packed in layout ${packed[0]}, not ${LAYOUT}`)
  const length = Buffer.from(packed.buffer, packed.byteOffset, 5).readUInt32LE(1)
  // A buffer of its own begins at an address that four-byte columns can be read from.
  const plain = new Uint8Array(zstdDecompressSync(packed.subarray(5)))
  const tables = plain.length - length
  const { count, alleles, filters } = JSON.parse(
    Buffer.from(plain.subarray(tables)).toString('utf8'),
  ) as Tables
  const numbers = (n: number) => new Int32Array(plain.buffer, plain.byteOffset + 4 * n * count, count)
  const bytes = (n: number) => plain.subarray(16 * count + n * count, 16 * count + (n + 1) * count)
  const position = numbers(0)
  for (let i = 1; i < count; i++) position[i]! += position[i - 1]!
  return {
    count,
    position,
    allele: numbers(1),
    depth: numbers(2),
    quality: numbers(3),
    chromosome: bytes(0),
    genotype: bytes(1),
    filter: bytes(2),
    alleles,
    filters,
  }
}
