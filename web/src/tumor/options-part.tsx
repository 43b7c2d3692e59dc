import type { BoardDocument } from '../../../src/app/board/board-document.ts'
import { regimensText } from '../../../src/decide/target/indication.ts'
import type { TargetOption } from '../../../src/decide/target/option.ts'
import { treatmentsAmong } from '../../../src/decide/target/treatments.ts'

const FIRST = 5

/** Approved treatments, best first: the first few open to the eye, everything else behind a click. */
export function OptionsPart({ document: { therapies, diagnosis } }: { readonly document: BoardDocument }) {
  const { open, excluded, withoutFact, comparedBy } = therapies
  const options = treatmentsAmong(therapies.options)
  const here = options.filter(({ standing }) => standing === 'this-disease')
  const elsewhere = options.filter(({ standing }) => standing !== 'this-disease')
  return (
    <section aria-labelledby="board-options">
      <h2 id="board-options">Options</h2>
      {here.length === 0 ? (
        <p>No approved treatment of {diagnosis.name ?? 'this disease'} whose biomarker is met.</p>
      ) : (
        <>
          <Options options={here.slice(0, FIRST)} all={options} />
          <More
            title={`${here.length - FIRST} more in this disease`}
            options={here.slice(FIRST)}
            all={options}
          />
        </>
      )}
      <More title={`${elsewhere.length} approved for another tumour`} options={elsewhere} all={options} />
      <p className="soft">
        Approvals that name no biomarker, for everybody with the disease, are not looked at here.
      </p>
      {options.length > 1 && (
        <details>
          <summary>How they are ranked</summary>
          <p>
            By what labels and this case tell, the first that differs deciding. No trial results are compared.
            Options with one number are not told apart, and stand by name.
          </p>
          <ol>
            {comparedBy.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ol>
        </details>
      )}
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

/** A drug with what it is given with: alone it may not be approved at all. */
export function givenAs({ drug, regimens }: Pick<TargetOption, 'drug' | 'regimens'>): string {
  return `${drug}${regimensText(regimens)}`
}

interface MoreProps {
  readonly title: string
  readonly options: readonly TargetOption[]
  readonly all: readonly TargetOption[]
}

function More({ title, options, all }: MoreProps) {
  if (options.length === 0) return null
  return (
    <details>
      <summary>{title}</summary>
      <Options options={options} all={all} />
    </details>
  )
}

/** "1, cetuximab with encorafenib": where the option with this fact, or with another label of the same treatment, stands. */
function placeOf(id: string, all: readonly TargetOption[]): string {
  const found = all.find((one) => one.id === id || one.alsoBy?.some((label) => label.id === id))
  return found === undefined ? id : `${found.rank}, ${found.drug}`
}

function Options({ options, all }: { options: readonly TargetOption[]; all: readonly TargetOption[] }) {
  return (
    <ol className="board-options">
      {options.map((one) => (
        <li key={one.id} value={one.rank} className={one.blocked ? 'blocked' : undefined}>
          <strong>{givenAs(one)}</strong>
          {one.blocked && <span className="board-stop"> Do not use</span>}
          <div className="soft">{one.indication.replace(`${givenAs(one)}: `, '')}</div>
          {one.alsoBy?.map(({ id, drug, label }) => (
            <div key={id}>
              Also by the{' '}
              <a href={label} target="_blank" rel="noreferrer">
                {one.agency} label of {drug}
              </a>{' '}
              ({id})
            </div>
          ))}
          {one.sameAs !== undefined && <div>The same drugs as {one.sameAs}</div>}
          {one.behind !== undefined && (
            <div className="soft">
              Behind {placeOf(one.behind.id, all)}, by {one.behind.by}. Here: {one.behind.here}; there:{' '}
              {one.behind.there}.
            </div>
          )}
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
      <dd>
        {[...new Set(all)].map((one) => (
          <div key={one}>{one}</div>
        ))}
      </dd>
    </div>
  )
}
