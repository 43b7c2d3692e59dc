import { Hl7Fault } from '../hl7-fault.ts'
import type { MessageContent, MessageContext } from '../message-context.ts'
import { readIdentifiers, readPatient } from '../segment/patient-view.ts'
import { onlyPid } from './result-message.ts'

/** Events after which the person exists: admission, registration, and the adding of a person. */
const REGISTER = new Set(['A01', 'A04', 'A28'])
/** Two records of one person become one: patient identifier list, and its older forms. */
const MERGE = new Set(['A40', 'A34', 'A18'])

/**
 * Reads ADT: who a person is (A01, A04, A08, A28, A31), or that two records are of one person (A40, A34, A18).
 * Throws HL7_NO_MERGE_IDENTIFIER, and what `onlyPid` and `readPatient` throw.
 */
export function readAdmissionMessage(context: MessageContext): MessageContent {
  const { header, coder, message } = context
  const authorities = { sender: header.sender, translate: coder.translate }
  const common = { warnings: [], unmapped: [], assumed: [], resources: () => [] }
  const event = header.event ?? ''
  if (!MERGE.has(event)) {
    const patient = readPatient(onlyPid(context), authorities)
    return { kind: 'identity', patient, registers: REGISTER.has(event), ...common }
  }
  const pairs = message.segments.filter(({ name }) => name === 'MRG')
  const [mrg, second] = pairs
  if (second !== undefined) {
    throw new Hl7Fault(
      'HL7_TWO_MERGES',
      '100',
      second.place(),
      'the message merges more than one pair of records',
      'Send one message for each merge.',
    )
  }
  const patient = readPatient(onlyPid(context), authorities)
  const retired = mrg === undefined ? [] : readIdentifiers(mrg, 1, authorities)
  if (retired.length === 0) {
    throw new Hl7Fault(
      'HL7_NO_MERGE_IDENTIFIER',
      '101',
      { segment: 'MRG', occurrence: 1, field: 1 },
      'the message does not say which record is merged into that of PID',
      'Send the identifier that is given up, with its authority, in MRG-1.',
    )
  }
  return { kind: 'merge', patient, retired, ...common }
}
