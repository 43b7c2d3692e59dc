import type { DrugSafety } from '../../../src/app/board/drug-safety.ts'
import { markOf } from '../../../src/deliver/page/mark.ts'
import { MarkTag } from '../parts/mark-tag.tsx'

/** What the person's own genes say of the drugs above, and of what is often given with them. */
export function SafetyPart({ safety: { advice, without } }: { readonly safety: DrugSafety }) {
  return (
    <section aria-labelledby="board-safety">
      <h2 id="board-safety">Drug safety by the germline</h2>
      {advice.length === 0 ? (
        <p>None of these drugs has a guideline by germline genes.</p>
      ) : (
        <ul className="board-safety">
          {advice.map((one) => (
            <li key={one.drug.name}>
              <MarkTag mark={markOf(one)} />
              <strong>{one.drug.name}</strong>
              <span>
                {one.headline}
                {one.missing.length > 0 && (
                  <details>
                    <summary>{one.missing.length} missing</summary>
                    {one.missing.join('; ')}
                  </details>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      {without.length > 0 && (
        <details>
          <summary>{without.length} drugs without a guideline by germline genes</summary>
          {without.join(', ')}
        </details>
      )}
    </section>
  )
}
