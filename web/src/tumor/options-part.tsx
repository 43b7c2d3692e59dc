import type { BoardDocument } from '../../../src/app/board/board-document.ts'
import type { TargetOption } from '../../../src/decide/target/option.ts'

const FIRST = 5

/** Approved treatments, best first: the first few open to the eye, everything else behind a click. */
export function OptionsPart({ document: { therapies, diagnosis } }: { readonly document: BoardDocument }) {
  const { options, open, excluded, withoutFact } = therapies
  const here = options.filter(({ standing }) => standing === 'this-disease')
  const elsewhere = options.filter(({ standing }) => standing !== 'this-disease')
  return (
    <section aria-labelledby="board-options">
      <h2 id="board-options">Options</h2>
      {here.length === 0 ? (
        <p>No approved treatment of {diagnosis.name ?? 'this disease'} whose biomarker is met.</p>
      ) : (
        <>
          <Options options={here.slice(0, FIRST)} from={1} />
          <More
            title={`${here.length - FIRST} more in this disease`}
            options={here.slice(FIRST)}
            from={FIRST + 1}
          />
        </>
      )}
      <More
        title={`${elsewhere.length} approved for another tumour`}
        options={elsewhere}
        from={here.length + 1}
      />
      {open.length > 0 && (
        <p>{open.length} more approvals are held open by what is missing; see the list of what is missing.</p>
      )}
      {withoutFact.length > 0 && (
        <details>
          <summary>What each fact does: the ranking without it</summary>
          {withoutFact.map(({ fact, changes }) => (
            <details key={fact} className="board-fact">
              <summary>
                Without {fact}: {changes.length} {changes.length === 1 ? 'change' : 'changes'}
              </summary>
              <ul>
                {changes.map((one) => (
                  <li key={one}>{one}</li>
                ))}
              </ul>
            </details>
          ))}
        </details>
      )}
      {excluded.length > 0 && (
        <details>
          <summary>{excluded.length} approvals of this disease that the tumour excludes</summary>
          <ul>
            {excluded.map(({ id, drug, because }) => (
              <li key={id}>
                <strong>{drug}</strong>: {because.join('; ')}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

function More({ title, options, from }: { title: string; options: readonly TargetOption[]; from: number }) {
  if (options.length === 0) return null
  return (
    <details>
      <summary>{title}</summary>
      <Options options={options} from={from} />
    </details>
  )
}

function Options({ options, from }: { options: readonly TargetOption[]; from: number }) {
  return (
    <ol className="board-options" start={from}>
      {options.map((one) => (
        <li key={one.id} className={one.blocked ? 'blocked' : undefined}>
          <strong>{one.drug}</strong>
          {one.blocked && <span className="board-stop"> Do not use</span>}
          <div className="soft">{one.indication}</div>
          <dl className="board-reasons">
            <Reasons sign="for" words="For" all={one.for} />
            <Reasons sign="against" words="Against" all={one.against} />
            <Reasons sign="lacks" words="Missing" all={one.missing} />
          </dl>
          <a href={one.label} target="_blank" rel="noreferrer">
            {one.agency} label of {one.drug} ({one.id})
          </a>
        </li>
      ))}
    </ol>
  )
}

function Reasons({ sign, words, all }: { sign: string; words: string; all: readonly string[] }) {
  if (all.length === 0) return null
  return (
    <div className={sign}>
      <dt>{words}</dt>
      <dd>{all.join('; ')}</dd>
    </div>
  )
}
