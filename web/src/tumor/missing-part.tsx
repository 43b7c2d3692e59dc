import { useState } from 'react'
import type { MissingData } from '../../../src/app/board/missing-data.ts'

const FIRST = 6
const SOME = 4

/** What is not known, what it would open, and the least test that would tell. */
export function MissingPart({ missing }: { readonly missing: readonly MissingData[] }) {
  const [all, setAll] = useState(false)
  const shown = all ? missing : missing.slice(0, FIRST)
  return (
    <section aria-labelledby="board-missing">
      <h2 id="board-missing">
        Missing <span className="count">{missing.length}</span>
      </h2>
      {missing.length === 0 ? (
        <p>Nothing that would change an answer here.</p>
      ) : (
        <>
          <p className="soft">What opens most stands first; of equals the least test.</p>
          <ol className="board-missing">
            {shown.map(({ what, test, specimen, opens, bearsOn }) => (
              <li key={what}>
                <strong>{what}</strong>
                {test !== undefined && (
                  <div>
                    To settle it: {test}
                    {specimen === undefined ? '' : ` (${specimen})`}
                  </div>
                )}
                {opens.length > 0 && <div>Opens {some(opens)}.</div>}
                {bearsOn.length > 0 && <div className="soft">With other data also {some(bearsOn)}.</div>}
              </li>
            ))}
          </ol>
          {missing.length > FIRST && (
            <button type="button" className="link" aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? 'Show the first alone' : `Show all ${missing.length}`}
            </button>
          )}
        </>
      )}
    </section>
  )
}

function some(names: readonly string[]): string {
  const more = names.length > SOME ? ` and ${names.length - SOME} more` : ''
  return `${names.slice(0, SOME).join(', ')}${more}`
}
