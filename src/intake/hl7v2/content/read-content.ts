import { Hl7Fault } from '../hl7-fault.ts'
import type { MessageContent, MessageContext } from '../message-context.ts'
import { readAdmissionMessage } from './admission-message.ts'
import { dateDoubts } from './date-doubts.ts'
import { readDocumentMessage } from './document-message.ts'
import { readOrderMessage } from './order-message.ts'
import { readResultMessage } from './result-message.ts'

type Reader = (context: MessageContext) => MessageContent

/** The messages that are read: type, event, and what reads them. */
const READERS: Readonly<Record<string, Readonly<Record<string, Reader>>>> = {
  ORU: events(readResultMessage, 'R01', 'R30', 'R31', 'R32'),
  OML: events(readOrderMessage, 'O21', 'O33', 'O35'),
  ORM: events(readOrderMessage, 'O01'),
  MDM: events(readDocumentMessage, 'T02', 'T04', 'T06', 'T08', 'T10', 'T11'),
  ADT: events(readAdmissionMessage, 'A01', 'A04', 'A08', 'A28', 'A31', 'A18', 'A34', 'A40'),
}

/** Reads what a message says. Throws HL7_TYPE or HL7_EVENT on one that is not read here, and the faults of its reader. */
export function readContent(context: MessageContext): MessageContent {
  const { header, message } = context
  const reader = READERS[header.type]
  if (reader === undefined) {
    throw new Hl7Fault(
      'HL7_TYPE',
      '200',
      message.msh.place(9, 1),
      `messages of type "${header.type.slice(0, 20)}" are not read here`,
      `Send ${Object.keys(READERS).join(', ')}.`,
    )
  }
  // Before 2.3.1 the event of an ADT stood in EVN-1 alone.
  const event = header.event ?? message.segments.find(({ name }) => name === 'EVN')?.text(1)
  const read = event === undefined ? undefined : reader[event]
  if (read === undefined) {
    throw new Hl7Fault(
      'HL7_EVENT',
      '201',
      message.msh.place(9, 2),
      event === undefined
        ? `the message does not say which event of ${header.type} it tells of`
        : `event "${event.slice(0, 20)}" of ${header.type} is not read here`,
      `Send ${Object.keys(reader).join(', ')}.`,
    )
  }
  const content = read(event === header.event ? context : { ...context, header: { ...header, event } })
  const doubts = dateDoubts(message.segments)
  return doubts.length === 0 ? content : { ...content, warnings: [...content.warnings, ...doubts] }
}

function events(reader: Reader, ...names: readonly string[]): Readonly<Record<string, Reader>> {
  return Object.fromEntries(names.map((name) => [name, reader]))
}
