import { frequencyWords } from '../../../src/deliver/page/frequency-words.ts'
import type { RankedDisease, TermSaying } from '../../../src/interpret/finding/phenotype.ts'
import { oftenWords, shareWords } from './likelihood-words.ts'

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
              Belongs to it, and not said yet:{' '}
              {notAsked.map((one) => `${one.name} (${frequencyWords(one)})`).join(', ')}.
            </p>
          )}
        </details>
      )}
    </li>
  )
}

/** What one feature says about the disease, in a sentence that a family can read. */
function sayingWords({ name, state, says, stated, statedFor, nearest, lentBy }: TermSaying): string {
  const often = stated === undefined ? undefined : oftenWords(stated, statedFor)
  if (state === 'excluded')
    return often === undefined
      ? `${name} is not there; it is not written of this disease.`
      : `${name} is not there; ${often}.`
  if (often !== undefined)
    return says === 'against'
      ? `${name} is there, which is less usual in this disease than in others: ${often}.`
      : `${name}: ${often}.`
  if (says === 'against') return `${name} is there, and nobody has written it of this disease.`
  if (lentBy !== undefined)
    return `${name}: not written of this disease, but of ${lentBy.name}, which is like it.`
  return nearest === undefined
    ? `${name}: nothing like it is written of this disease.`
    : `${name}: close to ${nearest.name}, which belongs to this disease.`
}
