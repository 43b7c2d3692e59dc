import type { Classification } from '../../../src/interpret/finding/germline.ts'
import { classWords } from './criteria-words.ts'

/** The class of what is on the screen, why, and what would change it. */
export function ClassNote({ classification }: { readonly classification: Classification }) {
  const { class: is, why, wouldChange, ruleSet, points } = classification
  return (
    <section className={`class-note ${is}`} aria-label="Class" aria-live="polite">
      <p className="class-word">
        {classWords(is)} <span className="soft">{points} points</span>
      </p>
      {why.map((one) => (
        <p key={one}>{one}</p>
      ))}
      {wouldChange.length > 0 && (
        <details>
          <summary>What would change it</summary>
          <ul>
            {wouldChange.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </details>
      )}
      <p className="soft">
        Rules {ruleSet.id} {ruleSet.version}
      </p>
    </section>
  )
}
