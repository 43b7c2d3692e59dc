import { type AckCode, type AckError, type AckInput, ackText } from '../../deliver/hl7v2/ack.ts'
import { ERROR_CONDITIONS, type ErrorCondition, Hl7Fault } from '../../intake/hl7v2/hl7-fault.ts'
import type { Warning } from '../../intake/hl7v2/message-context.ts'
import type { Segment } from '../../intake/hl7v2/syntax/segment.ts'
import { Fault } from '../../terms/fault.ts'

/** Most ERR segments in one answer: a message of a thousand doubts is answered by the first. */
const MOST_ERRORS = 25

/** Header fields that an answer needs, from whatever could be read. */
export type AnswerTo = AckInput['to']

const NOTHING: AnswerTo = {
  sendingApplication: undefined,
  sendingFacility: undefined,
  receivingApplication: undefined,
  receivingFacility: undefined,
  event: undefined,
  controlId: undefined,
  processingId: undefined,
  version: undefined,
}

/** Reads what it can of MSH, also of a message that is refused for its header. */
export function answerTo(msh: Segment | undefined): AnswerTo {
  if (msh === undefined) return NOTHING
  return {
    sendingApplication: msh.text(3),
    sendingFacility: msh.text(4),
    receivingApplication: msh.text(5),
    receivingFacility: msh.text(6),
    event: msh.text(9, 2),
    controlId: msh.text(10),
    processingId: msh.text(11),
    version: msh.text(12),
  }
}

/** AR: this kind of message is not taken. AE: what it says cannot be used. */
export function ackCodeOf(fault: Fault): AckCode {
  return /^20[0-3]$/.test(conditionOf(fault)) ? 'AR' : 'AE'
}

/** Faults of other rooms by the condition that says it best; anything unforeseen is our own error. */
const CONDITIONS: Readonly<Record<string, ErrorCondition>> = {
  IDENTITY_CONTRADICTION: '204',
  IDENTITY_AMBIGUOUS: '204',
  PATIENT_UNKNOWN: '204',
  PATIENT_IDENTIFIER_TAKEN: '205',
  RESOURCE_OF_ANOTHER_PATIENT: '204',
  RESOURCE_INVALID: '102',
  MESSAGE_TOO_LONG: '104',
}

function conditionOf(fault: Fault): ErrorCondition {
  return fault instanceof Hl7Fault ? fault.condition : (CONDITIONS[fault.code] ?? '207')
}

export function errorOf(fault: Fault, severity: AckError['severity'] = 'E'): AckError {
  const condition = conditionOf(fault)
  return {
    place: fault instanceof Hl7Fault ? fault.place : undefined,
    condition,
    conditionText: ERROR_CONDITIONS[condition],
    severity,
    code: fault.code,
    text: `${fault.what}. ${fault.mend}`,
  }
}

/** A doubt about a message that was used all the same. */
export function warningOf({ code, place, text }: Warning): AckError {
  return { place, condition: '102', conditionText: ERROR_CONDITIONS['102'], severity: 'W', code, text }
}

export function acknowledgment(
  code: AckCode,
  to: AnswerTo,
  errors: readonly AckError[],
  at: Date,
  id: string,
): string {
  const controlId = id.replace(/[^A-Za-z0-9]/g, '').slice(0, 20)
  return ackText({ code, to, controlId, at: at.toISOString(), errors: errors.slice(0, MOST_ERRORS) })
}

/** A fault for anything that was thrown: what is not foreseen is not told to the other side. */
export function faultOf(error: unknown): Fault {
  if (error instanceof Fault) return error
  return new Fault(
    'EXCHANGE_FAILED',
    'message',
    'the message could not be processed for a reason that lies here',
    'Send it again later; tell the administrator of this server if it stays.',
  )
}
