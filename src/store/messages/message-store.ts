import type { PatientId, TenantId } from '../../terms/ids.ts'
import type { Act } from '../person.ts'
import type { ResourceChange, ResourceWrite } from '../resources/resource-store.ts'
import type { Derivation } from './derived-record-store.ts'

/**
 * What became of a message. received: on disk, not looked at yet. processed: in the record. unmapped: in the record,
 * with codes of the sender that nobody has explained. partly-filed: in the record, but for what would have undone a
 * final result. unknown-patient: waits for somebody to say whose it is.
 * quarantined: cannot be used as it is. discarded: somebody decided that it will not be used. Of messages out:
 * waiting, sent, refused.
 */
export type MessageState =
  | 'received'
  | 'processed'
  | 'unmapped'
  | 'partly-filed'
  | 'unknown-patient'
  | 'quarantined'
  | 'discarded'
  | 'waiting'
  | 'sent'
  | 'refused'

/** Why a message waits or was refused. No data about a person. */
export interface MessageFault {
  readonly code: string
  readonly where: string
  readonly what: string
  readonly mend: string
}

/** A code of a message that nobody has explained, or that was read as LOINC because number and name agree. */
export interface LocalCode {
  readonly system: string
  readonly code: string
  readonly text: string | undefined
  readonly assumed: boolean
}

/** One message, without its content. */
export interface MessageLine {
  readonly id: string
  readonly direction: 'in' | 'out'
  /** "application|facility" of the sender; of the receiver for a message out. */
  readonly sender: string
  /** MSH-10; undefined when it could not be read. */
  readonly controlId: string | undefined
  /** "ORU^R01". */
  readonly type: string
  readonly state: MessageState
  readonly patient: PatientId | undefined
  readonly fault: MessageFault | undefined
  /** Doubts that the sender was told of. */
  readonly warnings: readonly string[]
  readonly unmapped: readonly LocalCode[]
  /** How often it was processed. */
  readonly attempts: number
  readonly receivedAt: string
  readonly changedAt: string
  readonly changedBy: string
}

export interface StoredMessage extends MessageLine {
  /** As received or sent. */
  readonly raw: Buffer
  /** What it was answered with. */
  readonly ack: string | undefined
}

export interface NewMessage {
  readonly id: string
  readonly sender: string
  readonly controlId: string | undefined
  readonly type: string
  readonly raw: Uint8Array
}

/** What becomes of a message, in the same transaction as it is kept. */
export interface Outcome {
  readonly state: MessageState
  readonly patient: PatientId | undefined
  readonly fault: MessageFault | undefined
  readonly warnings: readonly string[]
  readonly unmapped: readonly LocalCode[]
  readonly ack: string
  /** A person who is registered is among them, as a Patient. */
  readonly writes: readonly ResourceWrite[]
}

/** A message with this control id, or with these very bytes, came before. */
export interface Earlier {
  readonly id: string
  /** Whether the bytes are the same, too. */
  readonly same: boolean
  readonly state: MessageState
  readonly patient: PatientId | undefined
  readonly ack: string | undefined
}

export interface CodeMapEntry {
  readonly system: string
  readonly code: string
  readonly toSystem: string
  readonly toCode: string
  readonly toDisplay: string | undefined
}

/** One line of the work list. */
export interface UnmappedCode extends LocalCode {
  readonly sender: string
  /** Messages that hold it. */
  readonly messages: number
  readonly lastAt: string
}

export interface SenderSettings {
  readonly sender: string
  /** "+0100": offset of its clock, where its messages name none. */
  readonly utcOffset: string | undefined
  /** Whether its ADT may register people. */
  readonly registers: boolean
}

/** A system that messages are sent to. */
export interface Destination {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly tls: boolean
  /** MSH-5 and MSH-6 of what is sent there. */
  readonly application: string
  readonly facility: string
}

/** A message to be sent, as text. */
export interface MessageOut {
  readonly id: string
  readonly destination: string
  readonly controlId: string
  readonly type: string
  readonly patient: PatientId
  readonly text: string
}

export interface Messages {
  destinations(tenant: TenantId): Promise<readonly Destination[]>
  setDestination(tenant: TenantId, destination: Destination, act: Act): Promise<void>
  /** Returns whether there was one. */
  removeDestination(tenant: TenantId, name: string): Promise<boolean>
  /** Keeps a message that is to be sent: "waiting". Sealed under the key of its person. */
  keepOut(tenant: TenantId, message: MessageOut, act: Act): Promise<void>
  /** What the receiver said of it. */
  closeOut(
    tenant: TenantId,
    id: string,
    result: {
      readonly state: 'sent' | 'refused'
      readonly fault: MessageFault | undefined
      readonly ack: string
    },
    act: Act,
  ): Promise<void>
  /** Messages that are to be sent, oldest first. */
  waitingOut(tenant: TenantId): Promise<readonly string[]>
  /** The message with these bytes; else the one that has the control id. */
  earlier(
    tenant: TenantId,
    sender: string,
    controlId: string | undefined,
    raw: Uint8Array,
  ): Promise<Earlier | undefined>
  /**
   * Keeps a message and does what follows from it, the typed record by `derivation` included, in one transaction: when it
   * returns, everything is on disk. When
   * another message took the control id in the meantime, nothing is done and that one is returned. Throws what
   * `ResourceStore.commit` and `Patients` throw, and then keeps nothing.
   */
  take(
    tenant: TenantId,
    message: NewMessage,
    outcome: Outcome,
    act: Act,
    derivation?: Derivation,
  ): Promise<{ readonly taken: readonly ResourceChange[] } | { readonly earlier: Earlier }>
  /**
   * What became of a message that is kept already, in one transaction with its writes. Its content is sealed anew
   * under the key of its person. Throws MESSAGE_UNKNOWN, MESSAGE_CHANGED when somebody else settled it since.
   */
  settle(
    tenant: TenantId,
    id: string,
    outcome: Outcome,
    act: Act,
    expected: number,
    derivation?: Derivation,
  ): Promise<readonly ResourceChange[]>
  /** Throws MESSAGE_UNKNOWN; VAULT_SHREDDED when its person's key was destroyed. */
  read(tenant: TenantId, id: string): Promise<StoredMessage>
  /** Newest first. */
  list(
    tenant: TenantId,
    query: {
      readonly states?: readonly MessageState[]
      readonly sender?: string
      readonly limit: number
      /** Id of the last line of the page before. */
      readonly after?: string
    },
  ): Promise<readonly MessageLine[]>
  /** Messages received and not looked at, oldest first. */
  waiting(tenant: TenantId, limit: number): Promise<readonly string[]>
  unmapped(tenant: TenantId, sender: string | undefined): Promise<readonly UnmappedCode[]>
  /** Messages that hold a code that was not explained, oldest first. */
  withUnmapped(tenant: TenantId, sender: string): Promise<readonly string[]>
  codeMap(tenant: TenantId, sender: string): Promise<readonly CodeMapEntry[]>
  /** Adds rows or replaces those of the same system and code; with `only`, removes every other row. */
  setCodes(
    tenant: TenantId,
    sender: string,
    rows: readonly CodeMapEntry[],
    only: boolean,
    act: Act,
  ): Promise<void>
  /** Returns whether there was such a row. */
  removeCode(tenant: TenantId, sender: string, system: string, code: string): Promise<boolean>
  /** Everyone who sent something or has settings or a map. */
  senders(tenant: TenantId): Promise<readonly SenderSettings[]>
  sender(tenant: TenantId, sender: string): Promise<SenderSettings>
  setSender(tenant: TenantId, settings: SenderSettings, act: Act): Promise<void>
}
