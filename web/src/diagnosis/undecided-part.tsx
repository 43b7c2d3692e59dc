import { frequencyWords } from '../../../src/deliver/page/frequency-words.ts'
import type { Undecided } from '../../../src/interpret/finding/phenotype.ts'

const BY_GENE: Readonly<Record<Undecided['byGene'], string>> = {
  all: 'Each has its own gene: a causal variant tells them apart.',
  some: 'A causal variant tells some of them apart, by its gene.',
  none: 'No gene tells them apart: they share it, or none is known.',
}

/** Leading diseases that the features do not tell apart, and which of the features only some of them have. */
export function UndecidedPart({ undecided }: { readonly undecided: Undecided | undefined }) {
  if (undecided === undefined) return null
  const { diseases, more, between, byGene } = undecided
  return (
    <>
      <p className="held">
        These features do not tell apart: {diseases.map(({ name }) => name).join('; ')}
        {more > 0 && `; and ${more} more`}. {BY_GENE[byGene]} By the annotated frequencies alone these fit
        best:{' '}
        {diseases
          .filter(({ leads }) => leads !== 'by-ranking')
          .map(({ name }) => name)
          .join('; ')}
        .
      </p>
      {between.length > 0 && (
        <ul>
          {between.map(({ id, name, having }) => (
            <li key={id}>
              {name}: {having.map((one) => `${one.name} (${frequencyWords(one)})`).join(', ')}; not written
              down for{' '}
              {diseases
                .filter((one) => !having.some((its) => its.id === one.id))
                .map((one) => one.name)
                .join(', ')}
              , where it may only be unknown.
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
