import type { PgxFinding } from '../../interpret/finding.ts'

/** 0.84 -> "84%". A probability below 1 is never printed as 100%, one above 0 never as 0%. */
export function percent(probability: number): string {
  const value = probability * 100
  if (value === 0 || value === 100) return `${value}%`
  if (value > 99.9) return '>99.9%'
  if (value < 0.01) return '<0.01%'
  if (value > 99 || value < 1) return `${Number(value.toPrecision(value > 99 ? 3 : 1))}%`
  return `${Math.round(value)}%`
}

/** How sure the answer of a gene is, in short sentences for one cell; the detail section has the numbers behind. */
export function sureWords(finding: PgxFinding): readonly string[] {
  if (finding.from === 'outside-call') return ['Taken as the outside laboratory sent it.']
  if (finding.from === 'none' || (finding.diplotypes.length === 0 && finding.alleles.length === 0)) {
    const why = finding.why.length > 0 ? finding.why : ['nothing about this gene was sent.']
    return [`Not known, because: ${why.join(' ')}`]
  }
  const blind = finding.blindTo === undefined ? [] : [`Cannot show ${finding.blindTo}.`]
  return [...fitWords(finding), positionWords(finding), ...blind]
}

function fitWords(finding: PgxFinding): readonly string[] {
  const { candidates, population } = finding
  const reported = candidates.filter((one) => one.reported)
  const others = candidates.filter((one) => !one.reported)
  const sentences: string[] = []
  if (candidates.length > 1 || reported.some((one) => (one.probability ?? 1) < 1)) {
    const named = reported.length > 1 ? reported : reported.slice(0, 1)
    const shares = named.map(
      (one) =>
        `${one.name}: ${one.probability === undefined ? 'probability not known' : percent(one.probability)}`,
    )
    if (shares.length > 0) sentences.push(`${shares.join('; ')}.`)
    if (others.length > 0) sentences.push(`Also possible: ${othersWords(others)}.`)
    if (population !== undefined) sentences.push(`Probabilities from ${population}.`)
    sentences.push(
      finding.phenotypeCertain
        ? 'All that fit lead to the same phenotype.'
        : 'The phenotype depends on which one is true.',
    )
  } else if (!finding.phenotypeCertain) sentences.push('The phenotype is not certain.')
  return sentences
}

function othersWords(others: PgxFinding['candidates']): string {
  const first = others
    .slice(0, 2)
    .map((one) => (one.probability === undefined ? one.name : `${one.name} (${percent(one.probability)})`))
  return others.length > 2 ? `${first.join(', ')} and ${others.length - 2} more` : first.join(', ')
}

function positionWords({ positions, notExcluded }: PgxFinding): string {
  const { defined, seen } = positions
  if (seen === defined) return defined === 1 ? 'The one position was seen.' : `All ${defined} positions seen.`
  const few = notExcluded.slice(0, 4).join(', ')
  const more = notExcluded.length > 4 ? ` and ${notExcluded.length - 4} more` : ''
  const hidden = notExcluded.length > 0 ? `; cannot exclude ${few}${more}` : ''
  return `${seen} of ${defined} positions seen${hidden}.`
}
