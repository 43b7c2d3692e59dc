import { crc32, gunzipSync } from 'node:zlib'
import { blockSize, LONGEST_BLOCK, textSize } from './block.ts'
import { LIBDEFLATE_WASM } from './libdeflate.ts'

/**
 * The text of bgzip blocks that follow one another, or the byte at which the first block begins that does not check (wrong
 * DEFLATE stream, length or CRC-32). `size`: bytes of text that the blocks say they hold, LONGEST_BLOCK each at most.
 * The text is lent: it is good until the thread inflates again.
 */
export type Inflate = (blocks: Buffer, size: number) => Buffer | number

/** By zlib, which Node always has. */
export const inflateByZlib: Inflate = (blocks, size) => {
  try {
    const room = Math.max(size, 64)
    const text = gunzipSync(blocks, { chunkSize: room, maxOutputLength: room })
    if (text.length === size) return text
  } catch {
    // Told below, block by block.
  }
  for (let at = 0; at < blocks.length; ) {
    const next = at + blockSize(blocks, at)
    try {
      const text = gunzipSync(blocks.subarray(at, next), { maxOutputLength: LONGEST_BLOCK })
      if (text.length !== textSize(blocks, next)) return at
    } catch {
      return at
    }
    at = next
  }
  return 0
}

/** The part of WebAssembly that is used: the types of Node do not name it. */
interface WebAssemblyOfNode {
  Module: new (bytes: Uint8Array) => object
  Instance: new (module: object) => { readonly exports: unknown }
}

interface Libdeflate {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }
  readonly __heap_base: { readonly value: number }
  inflate(from: number, size: number, to: number, textSize: number): number
}

const PAGE = 65536

/** By libdeflate as WebAssembly, a third faster; undefined where the runtime has no WebAssembly. */
export function inflateByLibdeflate(): Inflate | undefined {
  const { WebAssembly } = globalThis as unknown as { readonly WebAssembly?: WebAssemblyOfNode }
  if (WebAssembly === undefined) return undefined
  let module: Libdeflate
  try {
    const compiled = new WebAssembly.Module(Buffer.from(LIBDEFLATE_WASM, 'base64'))
    module = new WebAssembly.Instance(compiled).exports as Libdeflate
  } catch {
    return undefined
  }
  const start = module.__heap_base.value
  let memory = Buffer.from(module.memory.buffer)
  return (blocks, size) => {
    const text = start + blocks.length
    const lacking = text + size - memory.length
    if (lacking > 0) {
      try {
        module.memory.grow(Math.ceil(lacking / PAGE))
      } catch {
        return inflateByZlib(blocks, size)
      }
      memory = Buffer.from(module.memory.buffer)
    }
    memory.set(blocks, start)
    let to = text
    for (let at = 0; at < blocks.length; ) {
      const next = at + blockSize(blocks, at)
      const header = 12 + blocks.readUInt16LE(at + 10)
      const made = textSize(blocks, next)
      if (module.inflate(start + at + header, next - at - header - 8, to, made) !== 0) return at
      if (crc32(memory.subarray(to, to + made)) !== blocks.readUInt32LE(next - 8)) return at
      to += made
      at = next
    }
    return memory.subarray(text, to)
  }
}

/** Bytes of text below which zlib is done before libdeflate, which each thread compiles while it runs, has come up with it. */
const WORTH_COMPILING = 16 << 20

let inflated = 0
let chosen: Inflate | undefined

/** By the way that is faster for as much text as this thread has inflated. */
export const inflateBlocks: Inflate = (blocks, size) => {
  if (chosen === undefined) {
    inflated += size
    if (inflated < WORTH_COMPILING) return inflateByZlib(blocks, size)
    chosen = inflateByLibdeflate() ?? inflateByZlib
  }
  return chosen(blocks, size)
}
