import type { Resource } from '../../record/resource.ts'
import type { PatientId } from '../../terms/ids.ts'
import { resourceId } from './fhir-id.ts'
import { LOINC_NAMES } from './genomics/genomic-code.ts'
import type { Hl7Place } from './hl7-fault.ts'
import type { Header } from './segment/header.ts'
import type { PatientView } from './segment/patient-view.ts'
import type { Hl7Message } from './syntax/message.ts'
import type { CodeMap } from './value/code-map.ts'
import type { Coder, SentCode } from './value/coded.ts'
import { offsetOf } from './value/date-time.ts'

/** What is known about a sender before its message is read. */
export interface SenderKnowledge {
  readonly codes: CodeMap
  /** Offset of its clock, "+0100", where its messages name none. */
  readonly offset: string | undefined
  /** HGNC ids by gene symbol. */
  readonly genes: ReadonlyMap<string, string>
}

/** Everything that reading one message takes. */
export interface MessageContext {
  readonly message: Hl7Message
  readonly header: Header
  readonly coder: Coder
  readonly offset: string | undefined
  readonly genes: ReadonlyMap<string, string>
  /** URI of the message, for `meta.source`. */
  readonly source: string
  /**
   * Id of what an order number and a place name. Numbers of one facility are the same whichever of its applications
   * sends them.
   */
  readonly id: (...parts: readonly string[]) => string
}

/** A doubt about what was read: AA all the same, with ERR severity W. */
export interface Warning {
  readonly code: string
  readonly place: Hl7Place | undefined
  readonly text: string
}

/** What a message says, before it is known whose chart it belongs to. */
export interface MessageContent {
  readonly kind: 'result' | 'order' | 'document' | 'identity' | 'merge'
  readonly patient: PatientView
  /** For a merge: the identifiers that are given up (MRG-1). */
  readonly retired?: PatientView['identifiers']
  /** For identity: the person may be registered by this message. */
  readonly registers?: boolean
  readonly warnings: readonly Warning[]
  /** Codes that no terminology and no code map explains. */
  readonly unmapped: readonly SentCode[]
  /** Local codes read as LOINC, for the work list. */
  readonly assumed: readonly SentCode[]
  /** The resources, once it is known who it is. */
  readonly resources: (patient: PatientId) => readonly Resource[]
}

export function messageContext(
  message: Hl7Message,
  header: Header,
  { codes, offset, genes }: SenderKnowledge,
): MessageContext {
  const sender = header.sender
  const scope = header.sendingFacility ?? header.sendingApplication ?? ''
  return {
    message,
    header,
    coder: { sender, translate: (system, code) => codes.translate(system, code), loincNames: LOINC_NAMES },
    offset: offsetOf(header.sentAt) ?? offset,
    genes,
    source: `urn:hl7v2:${encodeURIComponent(sender)}:${encodeURIComponent(header.controlId)}`,
    id: (...parts) => resourceId(scope, ...parts),
  }
}
