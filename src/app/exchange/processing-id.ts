import { Hl7Fault } from '../../intake/hl7v2/hl7-fault.ts'
import type { Warning } from '../../intake/hl7v2/message-context.ts'
import type { Header } from '../../intake/hl7v2/segment/header.ts'
import { Fault } from '../../terms/fault.ts'

/**
 * What becomes of messages that are for training or debugging (MSH-11 T or D, HL7 table 0103). refuse: answered AR and
 * set aside as dealt with. quarantine: answered AR and listed for somebody to look at. file: filed like production, for
 * a server that is itself for training.
 */
export type TestMessages = 'refuse' | 'quarantine' | 'file'

const WAYS: readonly string[] = ['refuse', 'quarantine', 'file']

/** The site's choice, of GARROD_HL7_TEST; undefined: none was made. Throws HL7_TEST_SETTING. */
export function testMessagesOf(env: NodeJS.ProcessEnv): TestMessages | undefined {
  const chosen = env['GARROD_HL7_TEST'] || undefined
  if (chosen === undefined) return undefined
  if (WAYS.includes(chosen)) return chosen as TestMessages
  throw new Fault(
    'HL7_TEST_SETTING',
    'GARROD_HL7_TEST',
    `"${chosen}" is no way to deal with test messages`,
    'Set refuse (usual), quarantine, or file on a server that is for training.',
  )
}

/**
 * A message that must not become part of anybody's record. Throws HL7_NOT_PRODUCTION and HL7_PROCESSING_ID; returns a
 * doubt where the message does not say what it is for.
 */
export function checkProcessingId(
  { processingId }: Pick<Header, 'processingId'>,
  setting: TestMessages,
): readonly Warning[] {
  const place = { segment: 'MSH', occurrence: 1, field: 11 }
  switch (processingId) {
    case 'P':
      return []
    case 'T':
    case 'D':
      if (setting === 'file') return []
      throw new Hl7Fault(
        'HL7_NOT_PRODUCTION',
        '202',
        place,
        `the message is for ${processingId === 'T' ? 'training' : 'debugging'} (MSH-11 ${processingId}), and this server keeps the records of patients`,
        'Send it to a test server; a message about a patient has P in MSH-11.',
      )
    case undefined:
      return [
        {
          code: 'HL7_PROCESSING_ID_MISSING',
          place,
          text: 'MSH-11 is empty; the message was taken as production',
        },
      ]
    default:
      throw new Hl7Fault(
        'HL7_PROCESSING_ID',
        '202',
        place,
        'MSH-11 is not a value of table 0103',
        'Send P for production.',
      )
  }
}
