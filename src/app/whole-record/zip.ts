import { crc32 } from 'node:zlib'

/** A file of an archive whose bytes are known: their number and checksum, and how to read them. */
export interface ZipMember {
  /** With "/" between folders. */
  readonly name: string
  readonly bytes: number
  readonly crc: number
  read(): AsyncIterable<Uint8Array>
}

/** Largest archive of the plain format, bytes, with room for its list: sizes are written as 32 bits. */
export const LARGEST_ZIP = 0xf000_0000
/** Most members of the plain format. */
const MOST = 0xffff
/** Names are UTF-8 (APPNOTE 6.3, general purpose bit 11). */
const UTF8 = 0x0800

/** Text as a member. */
export function zipText(name: string, text: string): ZipMember {
  const bytes = Buffer.from(text, 'utf8')
  return {
    name,
    bytes: bytes.length,
    crc: crc32(bytes),
    async *read() {
      yield bytes
    },
  }
}

/**
 * The members one after another as a ZIP archive, stored as they are: most are compressed already. Every program opens
 * it, since sizes and checksums stand before the bytes. Throws RangeError for what the plain format cannot hold, and when a member turns
 * out to have other bytes than it said.
 */
export async function* zipOf(members: readonly ZipMember[], at: Date): AsyncGenerator<Uint8Array> {
  if (members.length > MOST || sizeOf(members) > 0xffff_ffff)
    throw new RangeError('more than a ZIP archive holds')
  const listed: Buffer[] = []
  let offset = 0
  for (const member of members) {
    const common = headOf(member, at)
    const name = Buffer.from(member.name, 'utf8')
    const local = Buffer.concat([signature(0x04034b50), common, name])
    yield local
    let bytes = 0
    let crc = 0
    for await (const chunk of member.read()) {
      bytes += chunk.length
      crc = crc32(chunk, crc)
      yield chunk
    }
    if (bytes !== member.bytes || crc !== member.crc)
      throw new RangeError(`${member.name} is not what it was`)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    listed.push(Buffer.concat([signature(0x02014b50), version(), common, rest, name]))
    offset += local.length + bytes
  }
  const list = Buffer.concat(listed)
  yield list
  const end = Buffer.alloc(18)
  end.writeUInt16LE(members.length, 4)
  end.writeUInt16LE(members.length, 6)
  end.writeUInt32LE(list.length, 8)
  end.writeUInt32LE(offset, 12)
  yield Buffer.concat([signature(0x06054b50), end])
}

/** Bytes of the archive. */
export function sizeOf(members: readonly ZipMember[]): number {
  return members.reduce((sum, { name, bytes }) => sum + bytes + 30 + 46 + 2 * Buffer.byteLength(name), 22)
}

/** What the header before the bytes and the line of the list have in common, from "version needed" to "extra length". */
function headOf({ name, bytes, crc }: ZipMember, at: Date): Buffer {
  const head = Buffer.alloc(26)
  head.writeUInt16LE(20, 0)
  head.writeUInt16LE(UTF8, 2)
  head.writeUInt16LE((at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1), 6)
  const year = Math.max(0, at.getUTCFullYear() - 1980)
  head.writeUInt16LE((year << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(), 8)
  head.writeUInt32LE(crc, 10)
  head.writeUInt32LE(bytes, 14)
  head.writeUInt32LE(bytes, 18)
  head.writeUInt16LE(Buffer.byteLength(name), 22)
  return head
}

function version(): Buffer {
  const made = Buffer.alloc(2)
  made.writeUInt16LE(20)
  return made
}

function signature(number: number): Buffer {
  const four = Buffer.alloc(4)
  four.writeUInt32LE(number)
  return four
}
