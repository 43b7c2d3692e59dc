import { createHash } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Fault } from '../../terms/fault.ts'
import { TAR_END, type TarMember, tarHeader, tarMembers, tarPadding } from './tar.ts'

/** A member that was written, and what it must be when it is read. */
interface Written {
  readonly name: string
  readonly bytes: number
  /** Hexadecimal. */
  readonly sha256: string
}

/** A backup being written: beside its place under another name, until it is whole and on disk. */
export class BackupWriter {
  readonly written: Written[] = []
  readonly #path: string
  readonly #draft: string
  readonly #file: FileHandle
  readonly #seconds: number

  private constructor(path: string, draft: string, file: FileHandle, seconds: number) {
    this.#path = path
    this.#draft = draft
    this.#file = file
    this.#seconds = seconds
  }

  /** Throws BACKUP_EXISTS, BACKUP_DISK. `at` is an ISO 8601 instant. */
  static async create(path: string, at: string): Promise<BackupWriter> {
    const draft = `${path}.partial`
    const there = await open(path).catch(() => undefined)
    await there?.close()
    if (there !== undefined) {
      throw new Fault(
        'BACKUP_EXISTS',
        path,
        'there is a file of this name already',
        'Choose another name; a backup never replaces another.',
      )
    }
    const file = await open(draft, 'w', 0o600).catch((error) => {
      throw diskFault(error, path)
    })
    return new BackupWriter(path, draft, file, Math.floor(Date.parse(at) / 1000))
  }

  async add(name: string, content: Buffer): Promise<void> {
    await this.addStream(name, content.length, [content])
  }

  /** Throws Error when the bytes are not as many as was said. */
  async addStream(
    name: string,
    size: number,
    chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  ): Promise<void> {
    const hash = createHash('sha256')
    let bytes = 0
    await this.#write(tarHeader(name, size, this.#seconds))
    for await (const chunk of chunks) {
      hash.update(chunk)
      bytes += chunk.length
      await this.#write(chunk)
    }
    if (bytes !== size) throw new Error(`a member of the backup has ${bytes} bytes instead of ${size}`)
    await this.#write(tarPadding(size))
    this.written.push({ name, bytes, sha256: hash.digest('hex') })
  }

  /** Makes it whole: on disk, under its name. Returns its size, bytes. */
  async finish(): Promise<number> {
    await this.#write(TAR_END)
    await this.#file.sync().catch((error) => {
      throw diskFault(error, this.#path)
    })
    const { size } = await this.#file.stat()
    await this.#file.close()
    await rename(this.#draft, this.#path)
    const folder = await open(dirname(this.#path))
    await folder.sync()
    await folder.close()
    return size
  }

  /** Leaves nothing behind. */
  async abandon(): Promise<void> {
    await this.#file.close().catch(() => undefined)
    await rm(this.#draft, { force: true })
  }

  async #write(bytes: Uint8Array): Promise<void> {
    await this.#file.writeFile(bytes).catch((error) => {
      throw diskFault(error, this.#path)
    })
  }
}

/** A backup that is read. */
export class BackupReader {
  readonly path: string
  readonly #file: FileHandle
  readonly #members: ReadonlyMap<string, TarMember>

  private constructor(path: string, file: FileHandle, members: readonly TarMember[]) {
    this.path = path
    this.#file = file
    this.#members = new Map(members.map((one) => [one.name, one]))
  }

  /** Throws FILE_NOT_FOUND, BACKUP_UNREADABLE. */
  static async open(path: string): Promise<BackupReader> {
    const file = await open(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT')
        throw new Fault('FILE_NOT_FOUND', path, 'there is no such file', 'Check the path and the spelling.')
      throw unreadable(path, `the file cannot be read (${error.code})`)
    })
    const members = await tarMembers(file).catch(() => undefined)
    if (members === undefined) {
      await file.close()
      throw unreadable(path, 'the file is not a whole backup of Garrod')
    }
    return new BackupReader(path, file, members)
  }

  get names(): readonly string[] {
    return [...this.#members.keys()]
  }

  /** Throws BACKUP_UNREADABLE when it is not there. */
  async *read(name: string): AsyncIterable<Buffer> {
    const member = this.#members.get(name)
    if (member === undefined) throw unreadable(this.path, `the backup has no "${name}"`)
    for (let at = 0; at < member.size; ) {
      const chunk = Buffer.alloc(Math.min(1 << 20, member.size - at))
      const { bytesRead } = await this.#file.read(chunk, 0, chunk.length, member.start + at)
      if (bytesRead === 0) throw unreadable(this.path, `"${name}" ends too early`)
      at += bytesRead
      yield chunk.subarray(0, bytesRead)
    }
  }

  async text(name: string): Promise<string> {
    const chunks: Buffer[] = []
    for await (const chunk of this.read(name)) chunks.push(chunk)
    return Buffer.concat(chunks).toString('utf8')
  }

  async close(): Promise<void> {
    await this.#file.close()
  }
}

export function unreadable(path: string, what: string): Fault {
  return new Fault(
    'BACKUP_UNREADABLE',
    path,
    what,
    'Take another copy of the backup; do not rely on this one.',
  )
}

function diskFault(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (!['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'ENOENT', 'ENOTDIR', 'EIO'].includes(code ?? ''))
    return error
  return new Fault(
    'BACKUP_DISK',
    path,
    `the backup cannot be written (${code})`,
    'Name a folder that exists and has room; nothing half-written was left.',
  )
}
