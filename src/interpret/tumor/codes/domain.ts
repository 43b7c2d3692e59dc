import { effectOf, shortChange } from '../evidence.ts'
import { type CodeAssessor, met, notAssessed, notMet } from './verdict.ts'

/** OM1: the changed residue is in a critical part of a domain that the facts name. */
export const om1: CodeAssessor = ({ variant }, facts) => {
  const { kind } = effectOf(variant)
  if (kind === 'unknown') return notAssessed('the consequence for the protein')
  if (kind !== 'missense' && kind !== 'inframe') return notMet('No missense or in-frame change.')
  const residue = Number(/\d+/.exec(shortChange(variant) ?? '')?.[0])
  const domains = variant.gene === undefined ? [] : facts.domains(variant.gene)
  if (domains.length === 0 || Number.isNaN(residue))
    return notAssessed('which parts of the protein are critical')
  const found = domains.filter(({ from, to }) => residue >= from && residue <= to)
  return found.length === 0
    ? notMet('Not in a part that is listed as critical.')
    : met(
        'In a critical part of a functional domain.',
        found.map(({ fact }) => fact),
      )
}
