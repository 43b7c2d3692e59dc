import { frequencyWords } from '../../../src/deliver/page/frequency-words.ts'
import type { Undecided } from '../../../src/interpret/finding/phenotype.ts'

const BY_GENE: Readonly<Record<Undecided['byGene'], string>> = {
  all: 'Each has its own gene: a causal variant tells them apart.',
  some: 'A causal variant tells some of them apart, by its gene.',
  none: 'No gene tells them apart: they share it, or none is known.',
}

const LEADS: Readonly<Record<Undecided['diseases'][number]['leads'], string>> = {
  'by-ranking': 'leads in the ranking',
  'by-annotations': 'leads by the written frequencies alone',
  'by-both': 'leads in the ranking and by the written frequencies',
}

/** Leading diseases that the features do not tell apart, and which of the features only some of them have. */
export function UndecidedPart({ undecided }: { readonly undecided: Undecided | undefined }) {
  if (undecided === undefined) return null
  const { diseases, more, between, byGene } = undecided
  return (
    <section className="undecided" aria-label="Not told apart">
      <h3>These features do not tell apart</h3>
      <ul className="plain-list">
        {diseases.map(({ id, name, genes, leads }) => (
          <li key={id}>
            {name} <span className="soft">{[...genes, LEADS[leads]].join(' · ')}</span>
          </li>
        ))}
        {more > 0 && <li className="soft">and {more} more</li>}
      </ul>
      <p>{BY_GENE[byGene]}</p>
      {between.map(({ id, name, having }) => (
        <div key={id}>
          <p>
            <strong>{name}</strong> is written of some of them only:
          </p>
          <ul className="plain-list">
            {having.map((one) => (
              <li key={one.id}>
                {one.name} <span className="soft">{frequencyWords(one)}</span>
              </li>
            ))}
            {diseases
              .filter((one) => !having.some((its) => its.id === one.id))
              .map((one) => (
                <li key={one.id}>
                  {one.name}{' '}
                  <span className="soft">
                    not written; {featuresWords(one.annotated)}, so it may only be unknown
                  </span>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </section>
  )
}

function featuresWords(count: number): string {
  return count === 1 ? 'one feature is' : `${count} features are`
}
