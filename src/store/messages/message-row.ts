import type { PatientId } from '../../terms/ids.ts'
import type { LocalCode, MessageFault, MessageLine, MessageState } from './message-store.ts'

export interface MessageRow {
  message_id: string
  direction: 'in' | 'out'
  sender: string
  control_id: string | null
  type: string
  state: MessageState
  patient_id: PatientId | ''
  fault: MessageFault | null
  warnings: readonly string[]
  unmapped: readonly LocalCode[]
  attempts: number
  received_at: string
  changed_at: string
  changed_by: string
}

export const LINE_COLUMNS =
  'message_id, direction, sender, control_id, type, state, patient_id, fault, warnings, unmapped, attempts, ' +
  'received_at, changed_at, changed_by'

export function lineOf(row: MessageRow): MessageLine {
  return {
    id: row.message_id,
    direction: row.direction,
    sender: row.sender,
    controlId: row.control_id ?? undefined,
    type: row.type,
    state: row.state,
    patient: row.patient_id === '' ? undefined : row.patient_id,
    fault: row.fault ?? undefined,
    warnings: row.warnings,
    unmapped: row.unmapped,
    attempts: row.attempts,
    receivedAt: row.received_at,
    changedAt: row.changed_at,
    changedBy: row.changed_by,
  }
}
