import { Button, Group, Select, Stack, Textarea, TextInput } from '@mantine/core'
import type { FormEvent } from 'react'
import type { AmendmentView, Said } from '../../../src/app/amendments/amendment-task.ts'
import { useMay } from '../api/access.ts'
import { useAmend, useAmendments } from '../api/amendments.ts'
import { dayAndTime } from '../parts/day-and-time.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'
import type { PartProps } from '../patient/plan-part.tsx'

/** What a person wants corrected in the record, and what was answered (45 CFR 164.526). */
export function AmendmentsTab({ patient }: PartProps) {
  const amendments = useAmendments(patient.id)
  const ask = useMay({ action: 'create', kind: 'Amendment', patient: patient.id })
  const decide = useMay({ action: 'update', kind: 'AmendmentDecision', patient: patient.id })
  if (amendments.isError) return <ErrorNote error={amendments.error} />
  if (amendments.data === undefined) return <Waiting what="the requests" />
  return (
    <section className="amendments">
      <h2>Corrections that this person asked for</h2>
      {amendments.data.length === 0 && <p>None was asked for.</p>}
      {amendments.data.map((one) => (
        <Amendment key={one.id} one={one} decides={decide.data?.allow === true} />
      ))}
      {ask.data?.allow === true && <Ask id={patient.id} />}
    </section>
  )
}

const STATES = { waiting: 'waits for an answer', amended: 'was amended', denied: 'was denied' } as const

function Amendment({ one, decides }: { readonly one: AmendmentView; readonly decides: boolean }) {
  return (
    <article aria-label={`Request: ${one.wanted}`}>
      <h3>
        {one.wanted} <span className="soft">({STATES[one.state]})</span>
      </h3>
      <dl>
        <dt>Why</dt>
        <dd>{one.why}</dd>
        {one.entry !== undefined && (
          <>
            <dt>Entry</dt>
            <dd className="mono">{one.entry}</dd>
          </>
        )}
        <dt>Asked</dt>
        <dd>
          {dayAndTime(one.askedAt)}
          {one.state === 'waiting' &&
            `, to be answered by ${dayAndTime(one.due)}${one.overdue ? ': overdue' : ''}`}
        </dd>
        <Words title="More time was taken" said={one.extended} />
        <Words title="Answer" said={one.decision} />
        <Words title="Disagreement of the person" said={one.disagreement} />
        <Words title="What was replied" said={one.rebuttal} />
      </dl>
      {one.state === 'denied' && one.disagreement === undefined && (
        <ul>
          {one.rights.map((right) => (
            <li key={right}>{right}</li>
          ))}
        </ul>
      )}
      <Steps one={one} decides={decides} />
    </article>
  )
}

function Words({ title, said }: { readonly title: string; readonly said: Said | undefined }) {
  if (said === undefined) return null
  return (
    <>
      <dt>{title}</dt>
      <dd>
        {said.text} <span className="soft">({dayAndTime(said.at)})</span>
      </dd>
    </>
  )
}

/** What may be done with a request as it stands. */
function Steps({ one, decides }: { readonly one: AmendmentView; readonly decides: boolean }) {
  const amend = useAmend(one.patient)
  const step = (what: string, body: object) => amend.mutate({ path: `/${one.id}/${what}`, body })
  return (
    <>
      {amend.isError && <ErrorNote error={amend.error} />}
      {one.state === 'waiting' && decides && <Decide step={step} busy={amend.isPending} />}
      {one.state === 'denied' && one.disagreement === undefined && (
        <OneText
          label="Statement of disagreement"
          button="Keep it with the entry"
          busy={amend.isPending}
          send={(text) => step('disagreement', { text })}
        />
      )}
      {one.disagreement !== undefined && one.rebuttal === undefined && decides && (
        <OneText
          label="Reply to the disagreement"
          button="Reply"
          busy={amend.isPending}
          send={(text) => step('rebuttal', { text })}
        />
      )}
    </>
  )
}

const GROUNDS = [
  { value: 'accurate', label: 'The entry is accurate and complete' },
  { value: 'not-created-here', label: 'It was made elsewhere, and whoever made it can be asked' },
  { value: 'not-in-record', label: 'It is not part of the record from which decisions are made' },
  { value: 'not-open', label: 'The person has no right to see it' },
]

function Decide({
  step,
  busy,
}: {
  readonly step: (what: string, body: object) => void
  readonly busy: boolean
}) {
  const send = (event: FormEvent<HTMLFormElement>, denied: boolean) => {
    const form = new FormData(event.currentTarget)
    const text = String(form.get('text'))
    const entry = String(form.get('amended') ?? '').trim()
    step(
      'decision',
      denied
        ? { decision: 'deny', ground: String(form.get('ground')), text }
        : { decision: 'accept', text, amended: entry === '' ? [] : [entry] },
    )
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const { submitter } = event.nativeEvent as SubmitEvent
        send(event, (submitter as HTMLButtonElement | null)?.value === 'deny')
      }}
    >
      <Stack gap="sm" mt="xs">
        <Textarea name="text" label="Answer to the person, in plain words" required autosize minRows={2} />
        <TextInput name="amended" label="Entry that was corrected or added, as Observation/ID" />
        <Select
          name="ground"
          label="Ground of a denial"
          data={GROUNDS}
          defaultValue="accurate"
          allowDeselect={false}
        />
        <Group>
          <Button type="submit" value="accept" loading={busy}>
            It was amended
          </Button>
          <Button type="submit" value="deny" variant="default" loading={busy}>
            Deny
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Ask({ id }: { readonly id: string }) {
  const amend = useAmend(id)
  return (
    <form
      aria-label="Ask for a correction"
      onSubmit={(event) => {
        event.preventDefault()
        const target = event.currentTarget
        const form = new FormData(target)
        const entry = String(form.get('entry')).trim()
        amend.mutate(
          {
            path: '',
            body: {
              wanted: String(form.get('wanted')),
              why: String(form.get('why')),
              ...(entry === '' ? {} : { entry }),
            },
          },
          { onSuccess: () => target.reset() },
        )
      }}
    >
      <h2>Ask for a correction</h2>
      {amend.isError && <ErrorNote error={amend.error} />}
      <Stack gap="sm">
        <Textarea name="wanted" label="What should the record say?" required autosize minRows={2} />
        <Textarea name="why" label="Why is it wrong now?" required autosize minRows={2} />
        <TextInput name="entry" label="Entry, if you know it, as Observation/ID" />
        <Group>
          <Button type="submit" loading={amend.isPending}>
            Ask for it
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface OneTextProps {
  readonly label: string
  readonly button: string
  readonly busy: boolean
  readonly send: (text: string) => void
}

function OneText({ label, button, busy, send }: OneTextProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        send(String(new FormData(event.currentTarget).get('text')))
      }}
    >
      <Stack gap="sm" mt="xs">
        <Textarea name="text" label={label} required autosize minRows={2} />
        <Group>
          <Button type="submit" variant="default" loading={busy}>
            {button}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
