/** A reader of foreign bytes. It may answer or throw a Fault; anything else is a defect. */
export interface FuzzedParser {
  readonly name: string
  readonly seeds: () => readonly Uint8Array[]
  readonly read: (bytes: Buffer) => unknown
}
