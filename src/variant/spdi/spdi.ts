import { Fault } from '../../terms/fault.ts'
import { LONGEST_EXPRESSION } from '../hgvs/parse.ts'

/**
 * An SPDI as it is written: what is deleted may be bases or only their number. `position` counts from 0.
 * Source: Holmes et al. 2020, doi:10.1093/bioinformatics/btz856.
 */
interface Spdi {
  readonly sequence: string
  readonly position: number
  readonly deleted: string | number
  readonly inserted: string
}

const SHAPE = /^([A-Za-z][A-Za-z0-9_.-]*):([0-9]{1,15}):([A-Za-z]*|[0-9]{1,15}):([A-Za-z]*)$/

/** Whether a text has the form of an SPDI; its letters may still be wrong. */
export function looksLikeSpdi(text: string): boolean {
  return /^[^:\s]+:[0-9]+:[A-Za-z0-9]*:[A-Za-z]*$/.test(text)
}

/** "NC_000001.11:40819438:CTCCTCCT:CTCCTCCTCCT". Throws SPDI_SYNTAX. Time is linear in the text. */
export function parseSpdi(text: string): Spdi {
  const shown = text.length > 120 ? `${text.slice(0, 117)}…` : text
  const bad = (what: string) =>
    new Fault(
      'SPDI_SYNTAX',
      `"${shown}"`,
      `this is not an SPDI: ${what}`,
      'Write sequence:position:deleted:inserted, counted from 0.',
    )
  if (text.length > LONGEST_EXPRESSION) throw bad(`it has ${text.length} characters`)
  const found = SHAPE.exec(text)
  if (found === null) throw bad('it needs four parts between colons')
  const [, sequence = '', position = '', deleted = '', inserted = ''] = found
  const wrong = /[^ACGTUNRYKMSWBDHV]/i.exec(`${/^[0-9]/.test(deleted) ? '' : deleted}${inserted}`)
  if (wrong !== null) throw bad(`"${wrong[0]}" is not a base`)
  if (/^0*$/.test(deleted) && inserted === '') throw bad('nothing is taken out and nothing put in')
  return {
    sequence,
    position: Number(position),
    deleted: /^[0-9]/.test(deleted) ? Number(deleted) : deleted.toUpperCase(),
    inserted: inserted.toUpperCase(),
  }
}

export function formatSpdi({ sequence, position, deleted, inserted }: Spdi): string {
  return `${sequence}:${position}:${deleted}:${inserted}`
}
