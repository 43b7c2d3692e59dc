import { effectOf, residuesOf } from '../evidence.ts'
import { type CodeAssessor, met, notAssessed, notMet } from './verdict.ts'

/** OM1: a changed residue is in a critical part of a domain that the facts name. */
export const om1: CodeAssessor = ({ variant }, facts) => {
  const { kind } = effectOf(variant)
  if (kind === 'unknown') return notAssessed('the consequence for the protein')
  if (kind !== 'missense' && kind !== 'inframe') return notMet('No missense or in-frame change.')
  const changed = residuesOf(variant)
  const domains = variant.gene === undefined ? [] : facts.domains(variant.gene)
  if (domains.length === 0 || changed === undefined)
    return notAssessed('which parts of the protein are critical')
  const found = domains.filter(({ from, to }) => changed.to >= from && changed.from <= to)
  return found.length === 0
    ? notMet('Not in a part that is listed as critical.')
    : met(
        'In a critical part of a functional domain.',
        found.map(({ fact }) => fact),
      )
}
