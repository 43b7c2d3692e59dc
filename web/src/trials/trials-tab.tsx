import { Checkbox, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import type { PatientSummary } from '../../../src/app/http/api.ts'
import type { KeptTrialAnswer } from '../../../src/app/trials/person-trials.ts'
import type { PersonTrialsReply } from '../../../src/app/trials/trial-routes.ts'
import { usePersonTrials, useTrialWatch } from '../api/trials.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { TrialItem } from './trial-item.tsx'

const DISTANCES = [
  { value: '', label: 'Any distance' },
  { value: '25', label: 'Within 25 km' },
  { value: '50', label: 'Within 50 km' },
  { value: '100', label: 'Within 100 km' },
  { value: '250', label: 'Within 250 km' },
  { value: '500', label: 'Within 500 km' },
]
const PHASES = [
  { value: '', label: 'Any phase' },
  { value: 'early-phase-1', label: 'Early phase 1' },
  { value: 'phase-1', label: 'Phase 1' },
  { value: 'phase-2', label: 'Phase 2' },
  { value: 'phase-3', label: 'Phase 3' },
  { value: 'phase-4', label: 'Phase 4' },
]
const GROUPS = [
  ['met', 'May be entered', 'Every criterion is met.'],
  ['unknown', 'Possible', 'Nothing speaks against it; something is missing.'],
  ['not met', 'Not for this person', 'A criterion is not met, or no open site is near enough.'],
] as const

/** Trials for one person: what fits, what might and what is missing for it, what does not and why. */
export function TrialsTab({ patient }: { readonly patient: PatientSummary }) {
  const [within, setWithin] = useState('')
  const [phase, setPhase] = useState('')
  const trials = usePersonTrials(patient.id, within === '' ? undefined : Number(within))
  return (
    <section aria-label="Trials">
      <h2>Trials</h2>
      <div className="trial-filter">
        <NativeSelect
          label="Nearest open site"
          data={DISTANCES}
          value={within}
          onChange={({ currentTarget }) => setWithin(currentTarget.value)}
        />
        <NativeSelect
          label="Phase"
          data={PHASES}
          value={phase}
          onChange={({ currentTarget }) => setPhase(currentTarget.value)}
        />
      </div>
      {trials.isError && <ErrorNote error={trials.error} />}
      {trials.isPending && <Waiting what="the trials" />}
      {trials.data !== undefined && (
        <Answer reply={trials.data} phase={phase} askedDistance={within !== ''} />
      )}
      <WatchPart patient={patient.id} />
    </section>
  )
}

interface AnswerProps {
  readonly reply: PersonTrialsReply
  readonly phase: string
  readonly askedDistance: boolean
}

function Answer({ reply, phase, askedDistance }: AnswerProps) {
  const { trials, home, files, leftOut, facts, asOf, withheld } = reply
  if (trials.length === 0 && leftOut.length === 0)
    return (
      <p>
        No trial that is open is kept here. Who looks after Garrod loads them with{' '}
        <code>garrod trials load FILE</code>.
      </p>
    )
  // A trial that does not say its phase is not hidden for it.
  const shown = trials.filter(
    ({ phases }) => phase === '' || phases === undefined || phases.some((one) => one === phase),
  )
  return (
    <>
      {withheld !== undefined && <p role="note">{withheld}</p>}
      {files.map((one) => (
        <p key={one.specimen} className="soft">
          Files of the tumour {one.specimen} {one.fault === undefined ? 'were used' : 'were not used'}:{' '}
          {one.files.map(({ name, at }) => `${name}, received ${at.slice(0, 10)}`).join('; ')}
          {one.fault === undefined ? '' : ` (${one.fault})`}.
        </p>
      ))}
      {askedDistance && home === undefined && (
        <p className="soft">The record does not say where this person lives: distances are not known.</p>
      )}
      {GROUPS.map(([verdict, title, meaning]) => (
        <Group
          key={verdict}
          title={title}
          meaning={meaning}
          trials={shown.filter((one) => one.verdict === verdict)}
        />
      ))}
      {leftOut.length > 0 && (
        <p role="note">
          Not looked at, because their criteria cannot be read:{' '}
          {leftOut.map(({ study, what }) => `${study} (${what})`).join('; ')}.
        </p>
      )}
      <p className="soft">
        Matched on {asOf} by {facts.join(', ')}. A site decides who is enrolled; every criterion is to be
        checked there.
      </p>
    </>
  )
}

interface GroupProps {
  readonly title: string
  readonly meaning: string
  readonly trials: readonly KeptTrialAnswer[]
}

function Group({ title, meaning, trials }: GroupProps) {
  return (
    <section aria-label={title}>
      <h3>
        {title} <span className="count">{trials.length}</span>
      </h3>
      {trials.length === 0 ? (
        <p className="soft">None.</p>
      ) : (
        <>
          <p className="soft">{meaning}</p>
          <ul className="trials">
            {trials.map((one) => (
              <TrialItem key={one.study} trial={one} />
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function WatchPart({ patient }: { readonly patient: string }) {
  const { asked, ask } = useTrialWatch(patient)
  if (asked.data === undefined) return asked.isError ? <ErrorNote error={asked.error} /> : null
  return (
    <>
      <Checkbox
        mt="md"
        label="Look again when the record or a trial changes"
        description="The care team gets a task when a trial becomes possible, is settled or closes; small changes make none."
        checked={asked.data.wanted}
        disabled={ask.isPending}
        onChange={({ currentTarget }) => ask.mutate(currentTarget.checked)}
      />
      {ask.isError && <ErrorNote error={ask.error} />}
    </>
  )
}
