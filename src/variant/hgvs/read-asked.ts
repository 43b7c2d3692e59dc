import { Fault } from '../../terms/fault.ts'
import type { HgvsExpression } from './expression.ts'
import { parseHgvs } from './parse.ts'
import { checkSequenceKind } from './sequence-kind.ts'
import { uninterpreted } from './uninterpreted.ts'

/**
 * An expression as somebody sends it: spaces, line breaks and marks without width that a report or a table put in say nothing.
 * Throws the faults of `parseHgvs`, HGVS_SEQUENCE_KIND, and HGVS_NOT_INTERPRETED for what HGVS allows and is not read here.
 */
export function readAskedHgvs(text: string): HgvsExpression {
  const expression = readOrSayWhy(text.replace(/[\s\p{Cf}]+/gu, ''))
  checkSequenceKind(expression, text)
  return expression
}

function readOrSayWhy(text: string): HgvsExpression {
  try {
    return parseHgvs(text)
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'HGVS_SYNTAX') throw error
    throw uninterpreted(text) ?? error
  }
}
