/** Numbers that repeat: the same seed gives the same inputs on every machine (mulberry32). */
export class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** A whole number from 0 to below `sides`. */
  roll(sides: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(1, sides)
  }

  pick<T>(from: readonly T[]): T {
    return from[this.roll(from.length)]!
  }
}

const LONGEST = 1 << 17
/** What breaks readers: separators, brackets, signs, huge numbers, bytes that are no text, prototypes of objects. */
const TOKENS = [
  '',
  '\t',
  '\n',
  '\r',
  ' ',
  ',',
  ';',
  ':',
  '=',
  '.',
  '|',
  '/',
  '%',
  '"',
  '\\',
  '<',
  '>',
  '[',
  ']',
  '(',
  ')',
  '{',
  '}',
  '##',
  '#CHROM\t',
  '0',
  '-1',
  '1e309',
  'NaN',
  '4294967296',
  '99999999999999999999',
  '-2147483648',
  '\u0000',
  '\ufeff',
  '\u2028',
  '\ud83e\uddec',
  '__proto__',
  'constructor',
  'N'.repeat(300),
  '*',
  '<*>',
  'END=1',
  '././.',
  '\xff\xfe',
].map((text) => Buffer.from(text))

/** One to eight small damages to a file that was readable. */
export function mutate(seed: Uint8Array, others: readonly Uint8Array[], dice: Dice): Buffer {
  let bytes = Buffer.from(seed)
  for (let n = 1 + dice.roll(8); n > 0; n--)
    bytes = damage(bytes, others, dice).subarray(0, LONGEST) as Buffer<ArrayBuffer>
  return bytes
}

function damage(bytes: Buffer, others: readonly Uint8Array[], dice: Dice): Buffer {
  const at = dice.roll(bytes.length + 1)
  const run = 1 + dice.roll(dice.pick([2, 20, 400]))
  switch (dice.roll(8)) {
    case 0: {
      const flipped = Buffer.from(bytes)
      if (at < bytes.length) flipped[at]! ^= 1 << dice.roll(8)
      return flipped
    }
    case 1:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + run)])
    case 2:
      return Buffer.concat([bytes.subarray(0, at), dice.pick(TOKENS), bytes.subarray(at)])
    case 3:
      return Buffer.concat([bytes.subarray(0, at), dice.pick(TOKENS), bytes.subarray(at + run)])
    case 4: {
      const piece = bytes.subarray(at, at + run)
      const copies = Array.from({ length: dice.pick([2, 3, 50]) }, () => piece)
      return Buffer.concat([bytes.subarray(0, at), ...copies, bytes.subarray(at + run)])
    }
    case 5: {
      const other = dice.pick(others)
      const from = dice.roll(other.length + 1)
      return Buffer.concat([bytes.subarray(0, at), other.subarray(from, from + run), bytes.subarray(at)])
    }
    case 6:
      return bytes.subarray(0, at)
    default:
      return swapped(bytes, dice)
  }
}

/** Two fields change places, in whatever the file separates its fields with. */
function swapped(bytes: Buffer, dice: Dice): Buffer {
  const mark = dice.pick(['\t', '\n', ';', ',', ':', '|'])
  const fields = bytes.toString('latin1').split(mark)
  const [a, b] = [dice.roll(fields.length), dice.roll(fields.length)]
  const held = fields[a]!
  fields[a] = fields[b]!
  fields[b] = held
  return Buffer.from(fields.join(mark), 'latin1')
}
