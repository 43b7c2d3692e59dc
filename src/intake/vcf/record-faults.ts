import { Fault } from '../../terms/fault.ts'

/** A record without the columns of the header; `found` is left out where the line was read by bytes and not counted. */
export function columnsFault(where: string, expected?: number, found?: number): Fault {
  return new Fault(
    'VCF_COLUMNS',
    where,
    found === undefined
      ? 'the line does not have the columns of a VCF record'
      : `the line has ${found} columns, the header ${expected}`,
    'Separate columns with single tabs; if the file was cut, send it again.',
  )
}

/** `where` is the file and the line; `text` the POS column, cut where it is long. */
export function positionFault(where: string, text: string): Fault {
  return new Fault(
    'VCF_POS_MALFORMED',
    `${where}, POS`,
    `"${text.length > 20 ? `${text.slice(0, 20)}…` : text}" is not a position`,
    'POS is a whole number counted from 1.',
  )
}
