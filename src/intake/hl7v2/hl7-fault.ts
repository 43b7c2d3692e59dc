import { Fault } from '../../terms/fault.ts'

/** A place in a message, as ERR-2 (ERL) names it. Numbers are 1-based; segments are counted among those of one name. */
export interface Hl7Place {
  readonly segment: string
  readonly occurrence: number
  readonly field?: number
  readonly repetition?: number
  readonly component?: number
  readonly subcomponent?: number
}

/**
 * HL7 table 0357, message error condition codes, as far as they are used. 200 to 203 refuse the kind of message as
 * such, 207 a failure of our own: both are answered AR. The others are answered AE.
 */
export const ERROR_CONDITIONS = {
  '100': 'Segment sequence error',
  '101': 'Required field missing',
  '102': 'Data type error',
  '103': 'Table value not found',
  '104': 'Value too long',
  '200': 'Unsupported message type',
  '201': 'Unsupported event code',
  '202': 'Unsupported processing id',
  '203': 'Unsupported version id',
  '204': 'Unknown key identifier',
  '205': 'Duplicate key identifier',
  '207': 'Application internal error',
} as const
export type ErrorCondition = keyof typeof ERROR_CONDITIONS

/**
 * What is wrong with a message, and where. The texts quote codes of the standard, never what a field says of a person:
 * they are sent back to the sender and kept in logs.
 */
export class Hl7Fault extends Fault {
  readonly condition: ErrorCondition
  readonly place: Hl7Place | undefined

  constructor(
    code: string,
    condition: ErrorCondition,
    place: Hl7Place | undefined,
    what: string,
    mend: string,
  ) {
    super(code, place === undefined ? 'message' : placeWords(place), what, mend)
    this.name = 'Hl7Fault'
    this.condition = condition
    this.place = place
  }
}

/** "OBX[3]-5.4", as engineers write it: the third OBX, field 5, component 4. */
export function placeWords(place: Hl7Place): string {
  const { segment, occurrence, field, repetition, component, subcomponent } = place
  let text = occurrence > 1 ? `${segment}[${occurrence}]` : segment
  if (field === undefined) return text
  text += `-${field}`
  if (repetition !== undefined && repetition > 1) text += `[${repetition}]`
  if (component !== undefined) text += `.${component}`
  if (subcomponent !== undefined) text += `.${subcomponent}`
  return text
}
