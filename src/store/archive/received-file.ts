/** A file that lies in the archive's waiting room: complete, on disk, and not yet anyone's. */
export interface ReceivedFile {
  readonly name: string
  /** Of the bytes as received, hexadecimal. */
  readonly sha256: string
  readonly bytes: number
  /** Where it lies, sealed, until it is ingested or discarded. */
  readonly path: string
  /** The bytes as received, from the beginning each time. Throws VAULT_TAMPERED. */
  read(): AsyncIterable<Uint8Array>
  /** Deletes it. Does nothing once it was ingested. */
  discard(): Promise<void>
}
