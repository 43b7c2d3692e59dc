import type { RankedDisease, TermSaying } from '../../../src/interpret/finding/phenotype.ts'
import { shareWords } from './likelihood-words.ts'

/** One disease, how likely, and behind a click why, feature by feature. */
export function DiseaseRow({ disease }: { readonly disease: RankedDisease }) {
  const { id, name, genes, probability, terms = [], notAsked = [], rank } = disease
  return (
    <li className="disease">
      <div className="disease-line">
        <strong>{name}</strong>
        <span className="soft">
          {id}
          {genes.length > 0 && ` · ${genes.join(', ')}`}
        </span>
        <span className="disease-share">
          <span className="bar" style={{ width: `${Math.max(1, probability * 100)}%` }} aria-hidden="true" />
          {shareWords(probability)}
        </span>
      </div>
      {terms.length > 0 && (
        <details open={rank === 1}>
          <summary>Why</summary>
          <ul className="sayings">
            {terms.map((one) => (
              <li key={`${one.id} ${one.state}`} className={one.says}>
                {sayingWords(one)}
                {one.references.length > 0 && <span className="soft"> {one.references.join(' ')}</span>}
              </li>
            ))}
          </ul>
          {notAsked.length > 0 && (
            <p className="soft">
              Usual in it, and not said yet: {notAsked.map((one) => one.name).join(', ')}.
            </p>
          )}
        </details>
      )}
    </li>
  )
}

/** What one feature says about the disease, in a sentence that a family can read. */
function sayingWords({ name, state, says, frequency, nearest, lentBy }: TermSaying): string {
  const often = frequency === undefined ? undefined : shareWords(frequency)
  if (state === 'excluded')
    return often === undefined
      ? `${name} is not there; nobody has written how often it is in this disease.`
      : `${name} is not there; ${often} people with this disease have it.`
  if (says === 'against') return `${name} is there, which is unusual in this disease.`
  // Even odds stand for what nobody counted: an assumption is not told as a count.
  if (frequency === 0.5)
    return `${name} belongs to this disease; where nobody has written how often, one in two is taken.`
  if (often !== undefined) return `${name}: ${often} people with this disease have it.`
  if (lentBy !== undefined)
    return `${name}: not written of this disease, but of ${lentBy.name}, which is like it.`
  return nearest === undefined
    ? `${name}: nothing like it is written of this disease.`
    : `${name}: close to ${nearest.name}, which belongs to this disease.`
}
