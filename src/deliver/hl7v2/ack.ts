import { dateTimeText, escaped, segmentText } from './segment-text.ts'

/** Original acknowledgment mode: accepted, error in the content, refused as such. */
export type AckCode = 'AA' | 'AE' | 'AR'

/** One ERR segment (2.5.1). */
export interface AckError {
  /** ERR-2. */
  readonly place:
    | {
        readonly segment: string
        readonly occurrence: number
        readonly field?: number
        readonly repetition?: number
        readonly component?: number
        readonly subcomponent?: number
      }
    | undefined
  /** ERR-3: HL7 table 0357. */
  readonly condition: string
  readonly conditionText: string
  /** ERR-4: E the message was not used, W it was, I for information. */
  readonly severity: 'E' | 'W' | 'I'
  /** ERR-5: Garrod's own fault code. */
  readonly code: string
  /** ERR-8: for the people at the sender's end. No data about a person. */
  readonly text: string
}

export interface AckInput {
  readonly code: AckCode
  /** MSH of the message, as far as it could be read: the answer goes back the way it came. */
  readonly to: {
    readonly sendingApplication: string | undefined
    readonly sendingFacility: string | undefined
    readonly receivingApplication: string | undefined
    readonly receivingFacility: string | undefined
    readonly event: string | undefined
    readonly controlId: string | undefined
    readonly processingId: string | undefined
    readonly version: string | undefined
  }
  /** MSH-10 of the answer, up to 20 characters. */
  readonly controlId: string
  readonly at: string
  readonly errors: readonly AckError[]
}

/** The acknowledgment, each segment ended by CR. ASCII but for names of applications, which are sent as UTF-8. */
export function ackText({ code, to, controlId, at, errors }: AckInput): string {
  const names = [to.receivingApplication, to.receivingFacility, to.sendingApplication, to.sendingFacility]
  const segments = [
    segmentText(
      'MSH',
      undefined,
      names[0] ?? 'GARROD',
      names[1],
      names[2],
      names[3],
      dateTimeText(at),
      undefined,
      ['ACK', to.event, 'ACK'],
      controlId,
      to.processingId ?? 'P',
      to.version ?? '2.5.1',
      ...[undefined, undefined, undefined, undefined, undefined],
      names.some((name) => name !== undefined && /\P{ASCII}/u.test(name)) ? 'UNICODE UTF-8' : undefined,
    ).replace('MSH|', 'MSH|^~\\&'),
    segmentText('MSA', code, to.controlId, errors[0]?.text),
    ...errors.map(errText),
  ]
  return `${segments.join('\r')}\r`
}

function errText({ place, condition, conditionText, severity, code, text }: AckError): string {
  const number = (value: number | undefined) => (value === undefined ? undefined : String(value))
  const location =
    place === undefined
      ? undefined
      : [
          place.segment,
          number(place.occurrence),
          number(place.field),
          number(place.field === undefined ? undefined : (place.repetition ?? 1)),
          number(place.component),
          number(place.subcomponent),
        ]
  return segmentText(
    'ERR',
    undefined,
    location,
    [condition, conditionText, 'HL70357'],
    severity,
    [code],
    undefined,
    undefined,
    text,
  )
}

/** Several answers as a batch, as a batch was asked. */
export function ackBatch(acks: readonly string[], at: string): string {
  return `BHS|^~\\&|GARROD|||||${escaped(dateTimeText(at))}\r${acks.join('')}BTS|${acks.length}\r`
}
