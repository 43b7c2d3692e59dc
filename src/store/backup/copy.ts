import { databaseError } from '../database/database-fault.ts'
import { clientOf, type Queries } from '../database/query.ts'

/** What the driver's connection does for COPY; its published types leave it out. */
interface CopyConnection {
  query(text: string): void
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
  sendCopyFail(message: string): void
  readonly stream: {
    pause(): void
    resume(): void
    readonly writableNeedDrain: boolean
    once(event: 'drain', listener: () => void): void
  }
}

/** Bytes held before the server is made to wait. */
const ENOUGH = 4 << 20

/** What the driver tells a statement of its own. */
class CopyStatement {
  readonly #text: string
  protected connection: CopyConnection | undefined
  ended = false
  error: Error | undefined
  #wake: () => void = () => undefined

  constructor(text: string) {
    this.#text = text
  }
  submit(connection: unknown): void {
    this.connection = connection as CopyConnection
    this.connection.query(this.#text)
  }
  /** Resolves when something has happened since the last call. */
  async change(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve
    })
  }
  protected tell(): void {
    this.#wake()
  }
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handlePortalSuspended(): void {}
  handleEmptyQuery(): void {}
  handleCommandComplete(_message: unknown): void {}
  handleReadyForQuery(): void {
    this.ended = true
    this.tell()
  }
  handleError(error: Error): void {
    this.error = error
    this.ended = true
    this.tell()
  }
}

class CopyOut extends CopyStatement {
  rows: Buffer[] = []
  #bytes = 0

  handleCopyData(message: { readonly chunk: Buffer }): void {
    // The driver writes the next message over this one.
    this.rows.push(Buffer.from(message.chunk))
    this.#bytes += message.chunk.length
    if (this.#bytes > ENOUGH) this.connection?.stream.pause()
    this.tell()
  }
  take(): Buffer[] {
    const rows = this.rows
    this.rows = []
    this.#bytes = 0
    this.connection?.stream.resume()
    return rows
  }
}

/** Lines of "copy … to stdout", in groups; in the text format each line is a row. */
export async function* copyOut(queries: Queries, text: string): AsyncIterable<readonly Buffer[]> {
  const statement = new CopyOut(text)
  clientOf(queries).query(statement)
  while (!statement.ended || statement.rows.length > 0) {
    if (statement.rows.length === 0) {
      await statement.change()
      continue
    }
    yield statement.take()
  }
  if (statement.error !== undefined) throw databaseError(statement.error)
}

class CopyIn extends CopyStatement {
  ready = false
  rows = 0

  handleCopyInResponse(): void {
    this.ready = true
    this.tell()
  }
  override handleCommandComplete(message: { readonly text?: string }): void {
    this.rows = Number(/^COPY (\d+)$/.exec(message.text ?? '')?.[1] ?? 0)
  }
  async send(chunk: Buffer): Promise<void> {
    const { connection } = this
    connection!.sendCopyFromChunk(chunk)
    if (!connection!.stream.writableNeedDrain) return
    // A server that refuses a row reads no further: then the end is told instead.
    await Promise.race([
      new Promise<void>((resolve) => connection!.stream.once('drain', resolve)),
      this.change(),
    ])
  }
  finish(): void {
    this.connection!.endCopyFrom()
  }
  fail(): void {
    this.connection!.sendCopyFail('the backup could not be read')
  }
}

/** Runs "copy … from stdin" with these bytes. Returns how many rows were stored. */
export async function copyIn(queries: Queries, text: string, chunks: AsyncIterable<Buffer>): Promise<number> {
  const statement = new CopyIn(text)
  clientOf(queries).query(statement)
  while (!statement.ready && !statement.ended) await statement.change()
  let failure: unknown
  if (!statement.ended) {
    try {
      for await (const chunk of chunks) {
        if (statement.ended) break
        await statement.send(chunk)
      }
      if (!statement.ended) statement.finish()
    } catch (error) {
      failure = error
      if (!statement.ended) statement.fail()
    }
    while (!statement.ended) await statement.change()
  }
  if (failure !== undefined) throw failure
  if (statement.error !== undefined) throw databaseError(statement.error)
  return statement.rows
}
