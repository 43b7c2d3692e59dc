import type {
  CodeMapEntry,
  Destination,
  MessageLine,
  SenderSettings,
  StoredMessage,
  UnmappedCode,
} from '../../store/messages/message-store.ts'
import { columns as aligned } from '../command-line/columns.ts'

/** Aligned lines, each ended; nothing for nothing. */
function columns(rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? '' : `${aligned(rows)}\n`
}

/** One line for each message: no content, no data about a person but the id. */
export function messageLines(lines: readonly MessageLine[]): string {
  return columns(
    lines.map((one) => [
      one.id,
      one.receivedAt.slice(0, 19).replace('T', ' '),
      one.sender,
      one.controlId ?? '-',
      one.type || '-',
      one.state,
      one.patient ?? '-',
      one.fault?.code ?? '',
    ]),
  )
}

/** Everything about a message; its content only when it was asked for. */
export function messageText(message: StoredMessage, content: boolean): string {
  const rows: [string, string][] = [
    ['message', message.id],
    ['received', message.receivedAt],
    ['sender', message.sender],
    ['control id', message.controlId ?? '-'],
    ['type', message.type || '-'],
    [
      'state',
      `${message.state}, processed ${message.attempts} times, last ${message.changedAt} by ${message.changedBy}`,
    ],
    ['patient', message.patient ?? '-'],
  ]
  if (message.fault !== undefined) {
    const { code, where, what, mend } = message.fault
    rows.push(['fault', `${code} at ${where}: ${what}. ${mend}`])
  }
  for (const warning of message.warnings) rows.push(['warning', warning])
  for (const one of message.unmapped) {
    rows.push([
      one.assumed ? 'read as LOINC' : 'unmapped',
      `${one.system}|${one.code} ${one.text ?? ''}`.trim(),
    ])
  }
  const lines = (text: string) => text.replace(/\r\n?/g, '\n')
  const shown = content ? `\n${lines(message.raw.toString('utf8'))}\nanswer\n${lines(message.ack ?? '')}` : ''
  return `${columns(rows)}${shown}`
}

export function unmappedLines(codes: readonly UnmappedCode[]): string {
  return columns(
    codes.map((one) => [
      one.sender,
      one.system === '' ? '(none)' : one.system,
      one.code,
      one.text ?? '',
      `${one.messages} messages`,
      one.assumed ? 'read as LOINC: number, check digit and name agree' : '',
    ]),
  )
}

export function codeLines(rows: readonly CodeMapEntry[]): string {
  return columns(rows.map((row) => [row.system, row.code, row.toSystem, row.toCode, row.toDisplay ?? '']))
}

export function senderLines(senders: readonly SenderSettings[]): string {
  return columns(
    senders.map((one) => [
      one.sender,
      `offset ${one.utcOffset ?? 'not known'}`,
      one.registers ? 'registers people by ADT' : 'does not register people',
    ]),
  )
}

export function destinationLines(destinations: readonly Destination[]): string {
  return columns(
    destinations.map((one) => [
      one.name,
      `${one.host}:${one.port}${one.tls ? ' (TLS)' : ''}`,
      `${one.application}|${one.facility}`,
    ]),
  )
}
