import type { PhenotypeFinding, TermSaying } from '../../interpret/finding/phenotype.ts'
import { packRefText } from '../../terms/evidence.ts'

const VERDICT: Readonly<Record<PhenotypeFinding['verdict'], string>> = {
  likely: 'one disease is likely',
  possible: 'one disease is possible',
  unclear: 'no disease stands out',
  'probably-not-in-catalogue': 'probably not in the catalogue',
  'nothing-to-rank': 'nothing to rank',
}

/** A finding for the terminal. */
export function diagnoseText(id: string, finding: PhenotypeFinding): string {
  const { diseases, observed, excluded } = finding
  const lines = [
    `${id}: ${VERDICT[finding.verdict]} (${observed.length} features, ${excluded.length} excluded; in the catalogue: ${percent(finding.inCatalogue)})`,
    ...finding.remarks.map((one) => `  ! ${one.term} ${one.what} (${one.code})`),
  ]
  for (const one of diseases) {
    lines.push(
      `${String(one.rank).padStart(3)}  ${percent(one.probability).padStart(5)}  ${one.id.padEnd(12)} ${one.name}  ${one.genes.join(', ')}`,
    )
    if (one.rank === 1) {
      for (const [mark, says] of [
        ['+', 'for'],
        ['-', 'against'],
        [' ', 'nothing'],
      ] as const) {
        const of = (one.terms ?? []).filter((term) => term.says === says)
        for (const term of of) lines.push(`        ${mark} ${sayingText(term)}`)
      }
      for (const term of one.notAsked ?? [])
        lines.push(`        ? ${term.name} (${percent(term.frequency)} of people with it): not asked`)
    }
  }
  if (finding.genes.length > 0) lines.push('candidate genes')
  for (const one of finding.genes.slice(0, 10))
    lines.push(
      `${String(one.rank).padStart(3)}  ${percent(one.probability).padStart(5)}  ${one.symbol.padEnd(12)} ${one.disease?.name ?? ''}  ${one.why.join('; ')}`,
    )
  for (const one of finding.dual) {
    const [first, second] = one.diseases
    lines.push(
      `two diseases?  ${first.name}, and ${second.name} for ${one.explainedBySecondOnly.map((term) => term.name).join(', ')}`,
    )
  }
  for (const one of finding.questions) {
    const say = (then: { readonly name: string; readonly probability: number }) =>
      `${then.name} ${percent(then.probability)}`
    lines.push(
      `ask  ${one.name} (${one.id}): if present ${say(one.ifPresent)}; if absent ${say(one.ifAbsent)}`,
    )
  }
  lines.push(...finding.why, finding.facts.map(packRefText).join(' '), '')
  return lines.join('\n')
}

function sayingText(term: TermSaying): string {
  if (term.state === 'excluded')
    return `no ${term.name}${term.frequency === undefined ? ': not annotated' : `: ${percent(term.frequency)} of people with it have it`}`
  if (term.frequency !== undefined)
    return `${term.name}: ${percent(term.frequency)} of people with it  ${term.references.join(', ')}`
  const lent = term.lentBy === undefined ? '' : `; ${term.lentBy.name} (${term.lentBy.id}) lends it`
  return term.nearest === undefined
    ? `${term.name}: nothing like it is annotated${lent}`
    : `${term.name}: nearest is ${term.nearest.name}${lent}  ${term.references.join(', ')}`
}

function percent(share: number): string {
  return share > 0 && share < 0.01 ? '<1 %' : `${Math.round(share * 100)} %`
}
