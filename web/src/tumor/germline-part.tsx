import type { ReactNode } from 'react'
import type { BoardDocument } from '../../../src/app/board/board-document.ts'
import type { SomaticVariant } from '../../../src/record/tumor-profile.ts'

/** Changes that the person may have been born with, those that may come from blood cells, and the scores of the whole tumour. */
export function GermlinePart({ document: { scores } }: { readonly document: BoardDocument }) {
  const suspected = scores.origins.filter(({ state, confirm }) => confirm || state === 'germline')
  const blood = scores.haematopoiesis.filter(({ state }) => state === 'suspected')
  const { burden, microsatellites, scars } = scores
  const rows: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'Mutational burden',
      burden.state,
      [...burden.because, ...burden.missing.map((one) => `missing: ${one}`)],
    ],
    [
      'Microsatellites',
      microsatellites.state,
      [...microsatellites.because, ...microsatellites.missing.map((one) => `missing: ${one}`)],
    ],
    [
      'Scars of recombination',
      scars.state,
      [...scars.because, ...scars.missing.map((one) => `missing: ${one}`)],
    ],
  ]
  return (
    <>
      <section aria-labelledby="board-germline">
        <h2 id="board-germline">Perhaps inherited</h2>
        {suspected.length === 0 ? (
          <p>No change asks for a test of blood or saliva by what is known.</p>
        ) : (
          <FirstFew
            what="changes that may be inherited"
            items={suspected.map(({ variant, state, because, confirm }) => (
              <li key={nameOf(variant)}>
                <strong>{nameOf(variant)}</strong>: {state === 'unknown' ? 'origin not known' : state}
                {confirm && ', test blood or saliva'}
                <div className="soft">{because.join(' ')}</div>
              </li>
            ))}
          />
        )}
        <FirstFew
          what="changes that may come from blood cells"
          items={blood.map(({ variant, because }) => (
            <li key={nameOf(variant)}>
              <strong>{nameOf(variant)}</strong> may come from blood cells.
              <div className="soft">{because.join(' ')}</div>
            </li>
          ))}
        />
      </section>
      <section aria-labelledby="board-scores">
        <h2 id="board-scores">Scores of the whole tumour</h2>
        <dl className="board-facts">
          {rows.map(([name, state, reasons]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <strong>{state.replace('-', ' ')}</strong>
                {reasons.length > 0 && (
                  <details>
                    <summary>Why</summary>
                    {reasons.join(' ')}
                  </details>
                )}
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  )
}

const FEW = 8

/** A list of which the first few are open to the eye, and all the others behind a click. */
function FirstFew({ items, what }: { readonly items: readonly ReactNode[]; readonly what: string }) {
  const more = items.length - FEW
  return (
    <>
      {items.length > 0 && <ul>{items.slice(0, FEW)}</ul>}
      {more > 0 && (
        <details>
          <summary>
            {more} more {what}
          </summary>
          <ul>{items.slice(FEW)}</ul>
        </details>
      )}
    </>
  )
}

function nameOf({ gene, hgvsP, hgvsC, consequences }: SomaticVariant): string {
  return `${gene ?? '?'} ${hgvsP ?? hgvsC ?? consequences.join(', ')}`
}
