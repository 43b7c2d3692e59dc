import { frequencyWords } from '../../deliver/page/frequency-words.ts'
import type {
  DiseaseFrequency,
  PhenotypeFinding,
  Question,
  TermSaying,
  Undecided,
} from '../../interpret/finding/phenotype.ts'
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
        lines.push(`        ? ${term.name} (${frequencyWords(term)}): not asked`)
    }
  }
  if (finding.undecided !== undefined) lines.push(...undecidedLines(finding.undecided))
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
  for (const one of finding.questions) lines.push(`ask  ${questionText(one)}`)
  lines.push(...finding.why, finding.facts.map(packRefText).join(' '), '')
  return lines.join('\n')
}

/** Which diseases these features do not tell apart, what already speaks between them, and what would settle it. */
function undecidedLines({ diseases, more, between, settling, byGene }: Undecided): readonly string[] {
  const lines = [
    `cannot be told apart by these features: ${diseases.map((one) => one.name).join('; ')}${more > 0 ? `; and ${more} more` : ''}`,
  ]
  const plain = diseases.filter(({ leads }) => leads !== 'by-ranking').map(({ name }) => name)
  lines.push(
    `     by the annotated frequencies alone these fit best: ${plain.length === 0 ? 'none of them' : plain.join('; ')}`,
  )
  for (const { name, having } of between) {
    const without = diseases.filter(({ id }) => !having.some((one) => one.id === id))
    lines.push(
      `     seen  ${name}: ${havingText(having)}; not annotated for ${without
        .map((one) => `${one.name} (${one.annotated} annotated features)`)
        .join(', ')}`,
    )
  }
  for (const one of settling) lines.push(`     would help  ${questionText(one)}`)
  lines.push(`     would help  ${BY_GENE[byGene]}${genesText(diseases)}`)
  return lines
}

const BY_GENE: Readonly<Record<Undecided['byGene'], string>> = {
  all: 'the gene with the causal variant, each has its own: ',
  some: 'the gene with the causal variant tells some of them apart: ',
  none: 'no gene: they share it, or none is known: ',
}

function genesText(diseases: Undecided['diseases']): string {
  return diseases
    .map(({ name, genes }) => `${name}: ${genes.length === 0 ? 'no gene known' : genes.join(', ')}`)
    .join('; ')
}

/** Diseases whose stated frequency is told of one feature that is asked for. */
const HAVING_TOLD = 3

function questionText({ name, id, ifPresent, ifAbsent, annotated }: Question): string {
  const say = (then: Question['ifPresent']) => `${then.name} ${percent(then.probability)}`
  const more = annotated.length > HAVING_TOLD ? ` and ${annotated.length - HAVING_TOLD} more` : ''
  return `${name} (${id}): if present ${say(ifPresent)}; if absent ${say(ifAbsent)}; annotated for ${havingText(annotated.slice(0, HAVING_TOLD))}${more}`
}

function havingText(having: readonly DiseaseFrequency[]): string {
  return having.map((one) => `${one.name} (${frequencyWords(one)})`).join(', ')
}

function sayingText(term: TermSaying): string {
  const { name, state, stated, statedFor, references } = term
  const often = stated === undefined ? undefined : frequencyWords({ stated, statedFor })
  if (state === 'excluded')
    return `no ${name}: ${often === undefined ? 'not annotated' : `annotated, ${often}`}  ${references.join(', ')}`.trimEnd()
  if (often !== undefined) return `${name}: annotated, ${often}  ${references.join(', ')}`
  const lent = term.lentBy === undefined ? '' : `; ${term.lentBy.name} (${term.lentBy.id}) lends it`
  return term.nearest === undefined
    ? `${term.name}: nothing like it is annotated${lent}`
    : `${term.name}: nearest is ${term.nearest.name}${lent}  ${term.references.join(', ')}`
}

function percent(share: number): string {
  return share > 0 && share < 0.01 ? '<1 %' : `${Math.round(share * 100)} %`
}
