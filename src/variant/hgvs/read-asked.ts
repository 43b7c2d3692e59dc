import { Fault } from '../../terms/fault.ts'
import type { HgvsExpression } from './expression.ts'
import { parseHgvs } from './parse.ts'
import { asRegistered, checkSequenceKind, isTurned } from './sequence-kind.ts'
import { uninterpreted } from './uninterpreted.ts'

/**
 * An expression as somebody sends it: spaces, line breaks and marks without width that a report or a table put in say nothing.
 * Throws the faults of `parseHgvs`, HGVS_SEQUENCE_KIND, and HGVS_NOT_INTERPRETED for what HGVS allows and is not read here.
 */
export function readAskedHgvs(text: string): HgvsExpression {
  const expression = inOrder(readOrSayWhy(text.replace(/[\s\p{Cf}]+/gu, '')))
  checkSequenceKind(expression, text)
  return expression
}

/** The accession as its registry writes it, and in front of a gene's symbol. */
function inOrder(expression: HgvsExpression): HgvsExpression {
  const accession = expression.accession && asRegistered(expression.accession)
  const selector = expression.selector && asRegistered(expression.selector)
  const turned = accession !== undefined && selector !== undefined && isTurned(accession, selector)
  const named = turned ? { accession: selector, selector: accession } : { accession, selector }
  return { ...expression, ...named }
}

function readOrSayWhy(text: string): HgvsExpression {
  try {
    return parseHgvs(text)
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'HGVS_SYNTAX') throw error
    throw uninterpreted(text) ?? error
  }
}
