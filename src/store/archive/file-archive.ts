import type { SourceFile } from '../../record/genotype.ts'
import type { PatientKey } from '../person.ts'
import type { ReceivedFile } from './received-file.ts'

/** A file kept for a person. */
export interface ArchivedFile extends SourceFile {
  readonly sha256: string
  readonly bytes: number
  readonly receivedAt: string
  /** Where it lies, sealed. */
  readonly path: string
  /** The bytes as received. Throws VAULT_TAMPERED. */
  read(): AsyncIterable<Uint8Array>
}

export interface Archive {
  /**
   * Copies a file, as it arrives, to the waiting room, sealed, and flushes it to disk. `read()` it, then hand it to
   * `records.ingest` or call `discard()`. What a crash leaves behind is deleted at the next start.
   */
  receive(name: string, content: AsyncIterable<Uint8Array>): Promise<ReceivedFile>
  /** Files of one person, oldest first. */
  list(key: PatientKey): Promise<readonly ArchivedFile[]>
  /** Deletes what processes that died left behind. Runs whenever a store is opened. Returns how many files it deleted. */
  sweep(): Promise<number>
}
