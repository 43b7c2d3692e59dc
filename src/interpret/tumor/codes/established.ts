import { effectOf, shortChange } from '../evidence.ts'
import { type CodeAssessor, met, notAssessed, notMet } from './verdict.ts'

/** OS1: the same amino acid change is on the user's list of established oncogenic variants. */
export const os1: CodeAssessor = ({ variant, established }) => {
  const change = shortChange(variant)
  if (change === undefined || variant.gene === undefined) return notMet('The change has no amino acid name.')
  if (established === undefined)
    return notAssessed('a list of variants established as oncogenic by this standard')
  return established.of(variant.gene).includes(change)
    ? met('The same amino acid change is established as oncogenic.', [
        { what: `${variant.gene} ${change}`, source: established.source },
      ])
    : notMet('The same change is not on the list of established variants.', [])
}

/** OM4: another missense change of the residue is established, and this one is at least about as drastic (Grantham 1974). */
export const om4: CodeAssessor = ({ variant, established }, facts) => {
  const effect = effectOf(variant)
  if (effect.kind !== 'missense' || variant.gene === undefined) return notMet('Not a missense change.')
  if (established === undefined)
    return notAssessed('a list of variants established as oncogenic by this standard')
  const own = facts.grantham(effect.from, effect.to)
  const others = established
    .of(variant.gene)
    .map((change) => /^([A-Z])(\d+)([A-Z])$/.exec(change))
    .filter((one) => one !== null && Number(one[2]) === effect.residue && one[3] !== effect.to)
  if (others.length === 0 || own === undefined)
    return notMet('No other change of the residue is on the list of established variants.')
  const milder = others.find(
    (one) => (facts.grantham(one![1]!, one![3]!) ?? Infinity) <= own + facts.threshold('grantham-tolerance'),
  )
  const distances = others.map((one) => ({
    what: `${one![0]} at Grantham ${facts.grantham(one![1]!, one![3]!)}, this one at ${own}`,
    source: established.source,
  }))
  return milder === undefined
    ? notMet('Other changes of the residue are established, but they are more drastic.', distances)
    : met('Another change of the residue that is no more drastic is established as oncogenic.', distances)
}
