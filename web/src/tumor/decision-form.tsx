import { Button, Group, MultiSelect, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { NewDecision } from '../../../src/app/board/board-api.ts'
import type { BoardDocument } from '../../../src/app/board/board-document.ts'
import type { DecisionView } from '../../../src/app/board/decision-view.ts'
import { type Supposed, useSaveDecision } from '../api/tumor.ts'
import { ErrorNote } from '../parts/fault-note.tsx'

type Decided = NonNullable<NewDecision['decided']>
type Votes = NonNullable<Decided['votes']>
type Follow = NonNullable<Decided['followUp']>

interface Props {
  readonly patient: string
  readonly document: BoardDocument
  readonly supposed: Supposed
  readonly decision: DecisionView | undefined
  readonly onDone: () => void
}

const RECOMMENDATIONS = [
  { value: '', label: 'Not said' },
  { value: 'treatment', label: 'Treatment' },
  { value: 'trial', label: 'Trial' },
  { value: 'further-testing', label: 'Further testing' },
  { value: 'best-supportive-care', label: 'Best supportive care' },
  { value: 'watch', label: 'Watch' },
  { value: 'other', label: 'Other' },
]

/** A decision as the board says it; saved as a draft, or as what stands. */
export function DecisionForm({ patient, document, supposed, decision, onDone }: Props) {
  const before = decision?.decided
  const [text, setText] = useState(before?.decision ?? '')
  const [reason, setReason] = useState('')
  const [considered, setConsidered] = useState<string[]>([...(before?.considered ?? [])])
  const [recommendation, setRecommendation] = useState(before?.recommendation ?? '')
  const [votes, setVotes] = useState<Votes>(
    (before?.votes ?? []).filter(({ own }) => own === undefined).map((one) => ({ ...one })),
  )
  const [followUp, setFollowUp] = useState<Follow>((before?.followUp ?? []).map((one) => ({ ...one })))
  const save = useSaveDecision(patient)
  const offered = [
    ...new Set([
      ...document.therapies.options.map(({ drug }) => drug),
      ...document.trials.matches.map(({ protocol, nctId }) => `trial ${nctId ?? protocol}`),
      ...considered,
    ]),
  ]
  const send = (state: 'draft' | 'final') => {
    const body = {
      specimen: document.specimen,
      document: document.hash,
      ...(supposed.stage === '' ? {} : { stage: supposed.stage }),
      ...(supposed.lines === '' ? {} : { lines: Number(supposed.lines) }),
      state,
      decided: {
        decision: text,
        considered,
        ...(recommendation === '' ? {} : { recommendation: recommendation as Decided['recommendation'] }),
        votes: votes.filter(({ member }) => member.trim() !== ''),
        followUp: followUp.filter(({ what }) => what.trim() !== ''),
      },
    } satisfies NewDecision
    const amended =
      decision === undefined
        ? { body }
        : {
            decision: decision.id,
            body: {
              ...body,
              expected: decision.version,
              ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
            },
          }
    save.mutate(amended, { onSuccess: onDone })
  }
  const stands = decision !== undefined && decision.state !== 'draft'
  return (
    <form className="board-decision-form" onSubmit={(event) => event.preventDefault()}>
      <Textarea
        label="What was decided"
        required
        autosize
        minRows={2}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      {stands && (
        <TextInput
          label="Why it is changed"
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
      )}
      <MultiSelect
        label="Options considered"
        data={offered}
        value={considered}
        onChange={setConsidered}
        searchable
      />
      <NativeSelect
        label="Recommendation"
        data={RECOMMENDATIONS}
        value={recommendation}
        onChange={({ currentTarget }) => setRecommendation(currentTarget.value as typeof recommendation)}
      />
      <VoteRows votes={votes} onChange={setVotes} />
      <FollowRows rows={followUp} onChange={setFollowUp} />
      <Group>
        {!stands && (
          <Button
            variant="default"
            disabled={text.trim() === ''}
            onClick={() => send('draft')}
            loading={save.isPending}
          >
            Keep as a draft
          </Button>
        )}
        <Button disabled={text.trim() === ''} onClick={() => send('final')} loading={save.isPending}>
          {stands ? 'Amend the decision' : 'Close the decision'}
        </Button>
        <Button variant="subtle" onClick={onDone}>
          Cancel
        </Button>
      </Group>
      {save.isError && <ErrorNote error={save.error} />}
    </form>
  )
}

function VoteRows({ votes, onChange }: { votes: Votes; onChange: (votes: Votes) => void }) {
  const change = (at: number, change: Partial<Votes[number]>) =>
    onChange(votes.map((one, place) => (place === at ? { ...one, ...change } : one)))
  return (
    <fieldset>
      <legend>Votes</legend>
      {votes.map(({ member, role, vote, dissent }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are told apart by their place alone
        <div key={at} className="board-row">
          <TextInput
            label={`Member ${at + 1}`}
            value={member}
            onChange={({ currentTarget }) => change(at, { member: currentTarget.value })}
          />
          <NativeSelect
            label="Role"
            data={['clinician', 'geneticist', 'pharmacist']}
            value={role}
            onChange={({ currentTarget }) => change(at, { role: currentTarget.value as typeof role })}
          />
          <NativeSelect
            label="Vote"
            data={['for', 'against', 'abstains']}
            value={vote}
            onChange={({ currentTarget }) => change(at, { vote: currentTarget.value as typeof vote })}
          />
          <TextInput
            label="Dissent"
            value={dissent ?? ''}
            onChange={({ currentTarget: { value } }) =>
              change(at, value === '' ? { dissent: undefined } : { dissent: value })
            }
          />
        </div>
      ))}
      <button
        type="button"
        className="link"
        onClick={() => onChange([...votes, { member: '', role: 'clinician', vote: 'for' }])}
      >
        Add a vote
      </button>
    </fieldset>
  )
}

function FollowRows({ rows, onChange }: { rows: Follow; onChange: (rows: Follow) => void }) {
  const change = (at: number, change: Partial<Follow[number]>) =>
    onChange(rows.map((one, place) => (place === at ? { ...one, ...change } : one)))
  return (
    <fieldset>
      <legend>Follow-up</legend>
      {rows.map(({ what, owner, due }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are told apart by their place alone
        <div key={at} className="board-row">
          <TextInput
            label={`What ${at + 1}`}
            value={what}
            onChange={({ currentTarget }) => change(at, { what: currentTarget.value })}
          />
          <TextInput
            label="Owner"
            value={owner}
            onChange={({ currentTarget }) => change(at, { owner: currentTarget.value })}
          />
          <TextInput
            label="Until"
            type="date"
            value={due}
            onChange={({ currentTarget }) => change(at, { due: currentTarget.value })}
          />
        </div>
      ))}
      <button
        type="button"
        className="link"
        onClick={() => onChange([...rows, { what: '', owner: '', due: '' }])}
      >
        Add a follow-up
      </button>
    </fieldset>
  )
}
