import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Feature, Features } from '../../../src/app/diagnose/features.ts'
import type { TermMatch } from '../../../src/interpret/phenotype/phenotype.ts'
import { useFeatures, useSayFeature } from '../api/features.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { TermField } from './term-field.tsx'

/** What was looked for in a person, and a field to add to it. */
export function FeaturesPart({ patient }: { readonly patient: string }) {
  const features = useFeatures(patient)
  const say = useSayFeature(patient)
  const [chosen, choose] = useState<TermMatch>()
  // A field of its own for each feature that was added, so that it is empty again.
  const [added, setAdded] = useState(0)
  function add(state: Feature['state']) {
    if (chosen === undefined) return
    say.mutate(
      { id: chosen.id, state },
      {
        onSuccess: () => {
          choose(undefined)
          setAdded((now) => now + 1)
        },
      },
    )
  }
  return (
    <section aria-label="Features">
      <h2>Features</h2>
      <div className="feature-form">
        <TermField key={added} chosen={chosen} choose={choose} />
        <Button disabled={chosen === undefined} loading={say.isPending} onClick={() => add('present')}>
          It is there
        </Button>
        <Button
          variant="default"
          disabled={chosen === undefined}
          loading={say.isPending}
          onClick={() => add('excluded')}
        >
          Looked for, not there
        </Button>
      </div>
      {say.isError && <ErrorNote error={say.error} />}
      {features.isError && <ErrorNote error={features.error} />}
      {features.isPending && <Waiting what="the features" />}
      {features.data !== undefined && (
        <Said features={features.data} remove={(id) => say.mutate({ id, state: 'removed' })} />
      )}
    </section>
  )
}

function Said({ features, remove }: { readonly features: Features; readonly remove: (id: string) => void }) {
  const { contradictions, unknown } = features
  return (
    <>
      <div className="feature-lists">
        <FeatureList
          title="There"
          empty="Nothing yet."
          features={features.features.filter(({ state }) => state === 'present')}
          remove={remove}
        />
        <FeatureList
          title="Looked for, not there"
          empty="Nothing yet. What was not looked for counts neither way."
          features={features.features.filter(({ state }) => state === 'excluded')}
          remove={remove}
        />
      </div>
      {contradictions.map(({ words }) => (
        <p key={words} className="fault" role="alert">
          This cannot both be true: {words}. Take one of them back.
        </p>
      ))}
      {unknown.map(({ id, why }) => (
        <p key={id} className="held">
          {id} is {why === 'obsolete' ? 'obsolete' : 'not a term'} in the release in force: it counts for
          nothing.
        </p>
      ))}
    </>
  )
}

interface FeatureListProps {
  readonly title: string
  readonly empty: string
  readonly features: readonly Feature[]
  readonly remove: (id: string) => void
}

function FeatureList({ title, empty, features, remove }: FeatureListProps) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {features.length === 0 ? (
        <p className="soft">{empty}</p>
      ) : (
        <ul className="features">
          {features.map(({ id, name }) => (
            <li key={id}>
              <span>
                {name} <span className="soft">{id}</span>
              </span>
              <button
                type="button"
                className="link"
                aria-label={`Take back: ${name}`}
                onClick={() => remove(id)}
              >
                take back
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
