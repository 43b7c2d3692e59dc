import { Button, Group } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Link } from 'react-router'
import type { TryReply } from '../../../src/app/http/api.ts'
import type { DrugAdvice } from '../../../src/decide/plan.ts'
import { drugDetail } from '../../../src/deliver/page/drug-detail.ts'
import { markOf } from '../../../src/deliver/page/mark.ts'
import { useTryDrug } from '../api/queries.ts'
import { DrugField } from '../parts/drug-field.tsx'
import { ErrorNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { pageOf } from '../patients/person.ts'
import { CdsCard } from './cds-card.tsx'
import { DrugDetails } from './drug-details.tsx'
import type { PartProps } from './plan-part.tsx'

/** What a prescriber who orders a drug now would see. Nothing is ordered and nothing is kept. */
export function TryTab({ patient }: PartProps) {
  const [text, setText] = useState('')
  const attempt = useTryDrug(patient.id)
  function submit(event: FormEvent) {
    event.preventDefault()
    if (text.trim() !== '') attempt.mutate(text.trim())
  }
  return (
    <>
      <form onSubmit={submit} aria-label="Try a drug">
        <Group align="end" gap="sm">
          <DrugField
            label="Drug"
            description="generic or brand name; nothing is ordered"
            value={text}
            onChange={setText}
            onChoose={(name) => attempt.mutate(name)}
          />
          <Button type="submit" disabled={text.trim() === ''}>
            Try
          </Button>
        </Group>
      </form>
      <div aria-live="polite" className="try-answer">
        {attempt.isPending && <Waiting what="the answer" />}
        {attempt.isError && <ErrorNote error={attempt.error} />}
        {attempt.data !== undefined && !attempt.isPending && (
          <Answer reply={attempt.data} files={pageOf(patient.id, 'files')} />
        )}
      </div>
    </>
  )
}

function Answer({ reply, files }: { readonly reply: TryReply; readonly files: string }) {
  const { advice, cards } = reply
  const name = reply.drugs.map((one) => one.name).join(' and ')
  const details = advice.flatMap((one) => drugDetail({ ...one, status: 'considered' }) ?? [])
  return (
    <>
      <h2>{cards.length > 0 ? `Ordering ${name}, the prescriber sees` : `Ordering ${name} shows no card`}</h2>
      {cards.map((card) => (
        <CdsCard key={card.uuid} card={card} />
      ))}
      {cards.length === 0 && advice.map((one) => <NoCard key={one.drug.name} advice={one} files={files} />)}
      {details.length > 0 && (
        <details>
          <summary>Everything known about {name} for this person</summary>
          {details.map((one) => (
            <DrugDetails key={one.line.drug} detail={one} />
          ))}
        </details>
      )}
    </>
  )
}

const REASONS = {
  none: 'Nothing to act on: with these genes the drug is used as usual.',
  unknown: 'Nothing to act on is known, but the genes behind it are not all known.',
  'no-guideline': 'No guideline of the installed facts speaks about this drug.',
  info: 'What is known is not worth an interruption.',
  warning: 'The service sent no card for this warning.',
  critical: 'The service sent no card for this warning.',
} as const

function NoCard({ advice, files }: { readonly advice: DrugAdvice; readonly files: string }) {
  const mark = markOf(advice)
  return (
    <div className="no-card">
      <p>
        <strong>No card.</strong> {REASONS[mark]}
      </p>
      <p>{advice.headline}</p>
      {advice.missing.length > 0 && (
        <ul>
          {advice.missing.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      )}
      {mark === 'unknown' && <Link to={files}>Add a result that answers it</Link>}
    </div>
  )
}
