import { Button, Group, Kbd, TextInput } from '@mantine/core'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import type { ProposalView } from '../../../src/app/documents/document-routes.ts'
import { type Decision, useDecide } from '../api/documents.ts'
import { dayAndTime } from '../parts/day-and-time.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { correctable, factFields, factName } from './fact-words.ts'

interface ProposalCardProps {
  readonly patient: string
  readonly proposal: ProposalView
  readonly chosen: boolean
  readonly choose: () => void
  /** That somebody said whose document it is, where that is in doubt. */
  readonly samePerson: boolean
  /** It was decided: on to the next one. */
  readonly decided: () => void
}

/** One fact that was read, to be compared with the page beside it and then decided. */
export function ProposalCard(props: ProposalCardProps) {
  const { patient, proposal, chosen, choose, samePerson, decided } = props
  const { fact, state, doubt } = proposal
  const [correcting, setCorrecting] = useState(false)
  const decide = useDecide(patient, proposal)
  const open = state === 'proposed'
  const held = doubt !== undefined && !samePerson
  const send = (decision: Decision) =>
    decide.mutate({ ...decision, ...(doubt === undefined ? {} : { samePerson }) }, { onSuccess: decided })
  const keys: Readonly<Record<string, () => void>> = {
    c: () => held || send({ decision: 'confirm' }),
    e: () => setCorrecting(true),
    r: () => send({ decision: 'reject' }),
  }
  function key(event: KeyboardEvent<HTMLElement>) {
    // Letters act only while the card itself has the focus, not within one of its fields.
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const deed = open && !decide.isPending ? keys[event.key] : undefined
    if (deed === undefined) return
    event.preventDefault()
    deed()
  }
  return (
    <article
      className={`proposal ${state}${chosen ? ' chosen' : ''}`}
      aria-label={factName(fact)}
      data-chosen={chosen}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the place that the arrow keys move between
      tabIndex={0}
      onFocus={choose}
      onKeyDown={key}
    >
      <h3>
        {fact.gene}
        <StateWord proposal={proposal} />
      </h3>
      <dl className="facts">
        {factFields(fact).map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <strong>{value}</strong>
            </dd>
          </div>
        ))}
        <div>
          <dt>As it stands</dt>
          <dd>
            <q>{fact.at.text}</q> <span className="soft">page {fact.at.page}</span>
          </dd>
        </div>
      </dl>
      {open && held && <p className="held">First say above whose document this is.</p>}
      {decide.isError && <ErrorNote error={decide.error} />}
      {open && correcting && (
        <Correction
          proposal={proposal}
          held={held}
          busy={decide.isPending}
          confirm={(corrected) => send({ decision: 'confirm', corrected })}
          cancel={() => setCorrecting(false)}
        />
      )}
      {open && !correcting && (
        <Group gap="xs" mt="xs">
          <Button
            size="xs"
            disabled={held}
            loading={decide.isPending}
            onClick={() => send({ decision: 'confirm' })}
          >
            Confirm
          </Button>
          <Button size="xs" variant="default" onClick={() => setCorrecting(true)}>
            Correct
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={decide.isPending}
            onClick={() => send({ decision: 'reject' })}
          >
            Reject
          </Button>
          {chosen && (
            <span className="soft keys" aria-hidden="true">
              <Kbd size="xs">c</Kbd> <Kbd size="xs">e</Kbd> <Kbd size="xs">r</Kbd>
            </span>
          )}
        </Group>
      )}
    </article>
  )
}

function StateWord({ proposal: { state, decidedAt, decidedBy } }: Pick<ProposalCardProps, 'proposal'>) {
  if (state === 'proposed') return <span className="state">waits for you</span>
  const word = state === 'confirmed' ? 'confirmed' : 'rejected'
  return (
    <span className="state">
      {word} by {decidedBy ?? 'somebody'}, {dayAndTime(decidedAt)}
    </span>
  )
}

interface CorrectionProps {
  readonly proposal: ProposalView
  readonly held: boolean
  readonly busy: boolean
  readonly confirm: (corrected: Readonly<Record<string, string>>) => void
  readonly cancel: () => void
}

/** The fields as they should have been read; only those that differ are sent. */
function Correction({ proposal: { fact }, held, busy, confirm, cancel }: CorrectionProps) {
  const fields = correctable(fact)
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const changed = fields.flatMap(([field, , before]) => {
      const now = String(form.get(field) ?? '').trim()
      return now === before || now === '' ? [] : [[field, now] as const]
    })
    confirm(Object.fromEntries(changed))
  }
  return (
    <form onSubmit={submit} className="correction" aria-label={`Correct ${factName(fact)}`}>
      {fields.map(([field, label, value], at) => (
        <TextInput
          key={field}
          name={field}
          label={label}
          size="xs"
          defaultValue={value}
          autoFocus={at === 0}
          required
          maxLength={500}
          autoComplete="off"
          spellCheck={false}
        />
      ))}
      <Group gap="xs" mt="xs">
        <Button size="xs" type="submit" disabled={held} loading={busy}>
          Confirm as corrected
        </Button>
        <Button size="xs" variant="default" onClick={cancel}>
          Leave as read
        </Button>
      </Group>
    </form>
  )
}
