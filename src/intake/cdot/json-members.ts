import { Fault } from '../../terms/fault.ts'

/** One member of an object that lies inside the outermost one. */
interface Member {
  readonly key: string
  /** JSON text of its value. */
  readonly value: string
}

/** No single member is held that is longer, in bytes. */
const LONGEST_MEMBER = 32 << 20
const [QUOTE, BACKSLASH, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST, COLON] = Buffer.from('"\\{}[]:')

/**
 * The members of one object of a JSON document, `{"name": {…}, "other": …}`, one after the other, without holding the document:
 * release files are longer than any text that the runtime can hold. Throws JSON_MALFORMED.
 */
export async function* membersOf(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  file: string,
): AsyncGenerator<Member> {
  const splitter = new Splitter(name, file)
  for await (const chunk of chunks)
    yield* splitter.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))
  splitter.end()
}

class Splitter {
  readonly #name: string
  readonly #file: string
  #depth = 0
  #quoted = false
  #escaped = false
  /** Bytes of the last string outside of a member's value: a key, once a colon follows. */
  #text: number[] = []
  #outer = ''
  #key = ''
  #held: Buffer[] = []
  #heldBytes = 0
  #found = false

  constructor(name: string, file: string) {
    this.#name = name
    this.#file = file
  }

  *push(chunk: Buffer): Generator<Member> {
    let from = this.#inside() ? 0 : -1
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!
      if (this.#quoted) {
        if (this.#escaped) this.#escaped = false
        else if (byte === BACKSLASH) this.#escaped = true
        else if (byte === QUOTE) this.#quoted = false
        if (this.#quoted && this.#depth <= 2 && from < 0) this.#letter(byte)
        continue
      }
      if (byte === QUOTE) {
        this.#quoted = true
        if (this.#depth <= 2) this.#text = []
      } else if (byte === OPEN || byte === OPEN_LIST) {
        if (this.#depth === 2 && byte === OPEN && this.#outer === this.#name) from = i
        this.#depth++
      } else if (byte === CLOSE || byte === CLOSE_LIST) {
        this.#depth--
        if (this.#depth < 0) throw this.#malformed('a bracket closes that was never opened')
        if (this.#depth === 2 && from >= 0) {
          yield { key: this.#key, value: this.#take(chunk.subarray(from, i + 1)) }
          from = -1
        }
      } else if (byte === COLON && this.#depth <= 2) this.#named()
    }
    if (from >= 0) this.#hold(chunk.subarray(from))
  }

  end(): void {
    if (this.#depth !== 0 || this.#quoted) throw this.#malformed('the file ends in the middle')
    if (!this.#found) throw this.#malformed(`it has no "${this.#name}"`)
  }

  #inside(): boolean {
    return this.#heldBytes > 0
  }

  #letter(byte: number): void {
    if (this.#text.length > 10_000) throw this.#malformed('a name is longer than 10,000 bytes')
    this.#text.push(byte)
  }

  #named(): void {
    const key = Buffer.from(this.#text).toString('utf8')
    if (this.#depth === 1) {
      this.#outer = key
      if (key === this.#name) this.#found = true
    } else this.#key = key
  }

  #hold(bytes: Buffer): void {
    this.#heldBytes += bytes.length
    if (this.#heldBytes > LONGEST_MEMBER)
      throw this.#malformed(`"${this.#key}" is longer than ${LONGEST_MEMBER} bytes`)
    this.#held.push(Buffer.from(bytes))
  }

  #take(last: Buffer): string {
    const text = Buffer.concat([...this.#held, last]).toString('utf8')
    this.#held = []
    this.#heldBytes = 0
    return text
  }

  #malformed(what: string): Fault {
    return new Fault(
      'JSON_MALFORMED',
      this.#file,
      `this is not the JSON that was expected: ${what}`,
      'Copy the file again, whole.',
    )
  }
}
