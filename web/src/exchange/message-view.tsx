import { Button, Checkbox, Group, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useState } from 'react'
import { Link } from 'react-router'
import { type OneMessage, useMessage, useSettle } from '../api/exchange.ts'
import { dayAndTime } from '../parts/day-and-time.ts'
import { ErrorNote, FaultNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { pageOf } from '../patients/person.ts'
import { STATE_WORDS } from './state-words.ts'
import { WhosePart } from './whose-part.tsx'

/** One message: what became of it, what is wrong with it, and what can be done. */
export function MessageView({ id }: { readonly id: string }) {
  const message = useMessage(id)
  useDocumentTitle('Message · Garrod')
  return (
    <>
      <p>
        <Link to="/exchange/messages">All messages</Link>
      </p>
      {message.isError && <ErrorNote error={message.error} />}
      {message.isPending && <Waiting what="the message" />}
      {message.data !== undefined && <Message message={message.data} />}
    </>
  )
}

function Message({ message }: { readonly message: OneMessage }) {
  const { fault, unmapped, warnings, patient } = message
  return (
    <>
      <Title order={1} mb="xs">
        {message.type || 'Unreadable message'}
      </Title>
      <dl className="facts">
        <Line name="State">
          <span className={`message-state ${message.state}`}>{STATE_WORDS[message.state]}</span>
        </Line>
        <Line name={message.direction === 'in' ? 'From' : 'To'}>{message.sender}</Line>
        <Line name="Control id">{message.controlId ?? 'could not be read'}</Line>
        <Line name="Received">{dayAndTime(message.receivedAt)}</Line>
        <Line name="Last change">
          {dayAndTime(message.changedAt)} by {message.changedBy}, read {times(message.attempts)}
        </Line>
        {patient !== undefined && (
          <Line name="Person">
            <Link to={pageOf(patient)}>{patient}</Link>
          </Line>
        )}
      </dl>
      {fault !== undefined && <FaultNote fault={fault} />}
      {warnings.length > 0 && (
        <>
          <h2>Doubts that the sender was told of</h2>
          <ul>
            {warnings.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </>
      )}
      {unmapped.length > 0 && (
        <>
          <h2>Codes</h2>
          <ul>
            {unmapped.map((one) => (
              <li key={`${one.system} ${one.code}`}>
                <span className="mono">
                  {one.system} {one.code}
                </span>{' '}
                {one.text ?? ''}{' '}
                {one.assumed ? 'read as LOINC, because number and name agree' : 'is not explained'}
              </li>
            ))}
          </ul>
          <p>
            <Link to="/exchange/codes">Explain the codes of this sender</Link>
          </p>
        </>
      )}
      {message.direction === 'in' && <Deeds message={message} />}
      <Raw message={message} />
    </>
  )
}

function Line({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

const times = (count: number) => (count === 1 ? 'once' : `${count} times`)

function Deeds({ message }: { readonly message: OneMessage }) {
  const { replay, discard } = useSettle(message.id)
  const [sure, setSure] = useState(false)
  if (message.state === 'discarded') return null
  const filed = ['processed', 'unmapped', 'partly-filed'].includes(message.state)
  return (
    <section aria-label="What to do">
      <h2>What to do</h2>
      {message.state === 'unknown-patient' && <WhosePart replay={replay} />}
      {message.fault?.code === 'IDENTITY_CONTRADICTION' && <SamePerson replay={replay} />}
      <Group gap="sm">
        <Button variant="default" loading={replay.isPending} onClick={() => replay.mutate({})}>
          Read it again
        </Button>
        {message.state === 'partly-filed' && (
          <Button loading={discard.isPending} onClick={() => discard.mutate()}>
            Seen: the final result stays
          </Button>
        )}
        {!filed &&
          (sure ? (
            <>
              <Button color="red.9" loading={discard.isPending} onClick={() => discard.mutate()}>
                Discard it for good
              </Button>
              <Button variant="default" onClick={() => setSure(false)}>
                Keep it
              </Button>
            </>
          ) : (
            <Button variant="default" onClick={() => setSure(true)}>
              Discard …
            </Button>
          ))}
      </Group>
      <div aria-live="polite">
        {replay.isSuccess && <p className="stored">Read again: {STATE_WORDS[replay.data.state]}.</p>}
      </div>
      {replay.isError && <ErrorNote error={replay.error} />}
      {discard.isError && <ErrorNote error={discard.error} />}
    </section>
  )
}

/** The number says one person and the name or birth date another: only a person who looked may say that it is one. */
function SamePerson({ replay }: { readonly replay: ReturnType<typeof useSettle>['replay'] }) {
  const [same, setSame] = useState(false)
  return (
    <Group gap="md" mb="md">
      <Checkbox
        label="I have compared them: it is the same person, whatever differs"
        checked={same}
        onChange={(event) => setSame(event.currentTarget.checked)}
      />
      <Button
        disabled={!same}
        loading={replay.isPending}
        onClick={() => replay.mutate({ confirmIdentity: true })}
      >
        File it
      </Button>
    </Group>
  )
}

/** Data of a person: shown when it is asked for. */
function Raw({ message: { content, ack } }: { readonly message: OneMessage }) {
  return (
    <details>
      <summary>The message as it arrived (it holds data of a person)</summary>
      <pre className="raw">{inLines(content)}</pre>
      {ack !== undefined && (
        <>
          <h3>Answered with</h3>
          <pre className="raw">{inLines(ack)}</pre>
        </>
      )}
    </details>
  )
}

/** One segment a line. */
const inLines = (text: string) => text.replace(/\r\n?/g, '\n')
