import { Hl7Fault } from '../hl7-fault.ts'
import type { Hl7Message } from '../syntax/message.ts'

/** MSH, as far as it steers what happens. */
export interface Header {
  /** MSH-3 and MSH-4 as "application|facility": the sender that control ids and code maps belong to. */
  readonly sender: string
  readonly sendingApplication: string | undefined
  readonly sendingFacility: string | undefined
  readonly receivingApplication: string | undefined
  readonly receivingFacility: string | undefined
  /** MSH-7 as sent. */
  readonly sentAt: string | undefined
  /** MSH-9.1, MSH-9.2: ORU, R01. */
  readonly type: string
  readonly event: string | undefined
  readonly controlId: string
  /** MSH-11.1: P production, T training, D debugging. */
  readonly processingId: string | undefined
  readonly version: string
}

/** Versions that are read: fields used here have the same place in all of them. */
const VERSION = /^2\.(1|2|3(\.\d)?|4|5(\.\d)?|6|7(\.\d)?|8(\.\d)?)$/

/** Throws faults on the header fields without which nothing can be answered: MSH-9, MSH-10, MSH-12. */
export function readHeader({ msh }: Hl7Message): Header {
  const required = (field: number, name: string): string => {
    const text = msh.text(field)
    if (text !== undefined) return text
    throw new Hl7Fault('HL7_REQUIRED', '101', msh.place(field), `${name} is missing`, `Fill MSH-${field}.`)
  }
  const type = required(9, 'the message type').toUpperCase()
  const controlId = required(10, 'the message control id')
  const version = required(12, 'the version')
  if (!VERSION.test(version)) {
    throw new Hl7Fault(
      'HL7_VERSION',
      '203',
      msh.place(12, 1),
      'this version of HL7 v2 is not read',
      'Send 2.5.1, or another of 2.1 to 2.8.',
    )
  }
  const sendingApplication = msh.text(3)
  const sendingFacility = msh.text(4)
  return {
    sender: senderOf(sendingApplication, sendingFacility),
    sendingApplication,
    sendingFacility,
    receivingApplication: msh.text(5),
    receivingFacility: msh.text(6),
    sentAt: msh.text(7),
    type,
    event: msh.text(9, 2)?.toUpperCase(),
    controlId,
    processingId: msh.text(11)?.toUpperCase(),
    version,
  }
}

/** "GHH LAB|ELAB-3"; a part that is not sent is empty. */
function senderOf(application: string | undefined, facility: string | undefined): string {
  return `${application ?? ''}|${facility ?? ''}`
}
