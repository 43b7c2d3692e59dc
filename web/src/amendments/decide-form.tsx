import { Button, Group, NativeSelect, Radio, Stack, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Ground } from '../../../src/app/amendments/amendment-task.ts'

/** Why a request may be denied (45 CFR 164.526(a)(2)). */
export const GROUND_WORDS: Readonly<Record<Ground, string>> = {
  accurate: 'The entry is accurate and complete',
  'not-created-here': 'It was made elsewhere, and whoever made it can be asked',
  'not-in-record': 'It is not part of the record from which decisions are made',
  'not-open': 'The person has no right to see it',
}

type Answer = 'accept' | 'deny' | 'extend'

const ANSWERS: Readonly<
  Record<Answer, { readonly choice: string; readonly text: string; readonly button: string }>
> = {
  accept: {
    choice: 'The record was corrected',
    text: 'Answer to the person, in plain words',
    button: 'Answer',
  },
  deny: { choice: 'The request is denied', text: 'Answer to the person, in plain words', button: 'Deny' },
  extend: {
    choice: 'It takes up to 30 days more',
    text: 'Why it takes longer, in plain words for the person',
    button: 'Take more time',
  },
}

interface Props {
  /** Whether more time may still be taken: once, and before the day by which it is to be answered. */
  readonly mayExtend: boolean
  readonly busy: boolean
  readonly step: (what: 'decision' | 'extension', body: object) => void
}

/** The answer to a request: first which, then only what that answer needs. */
export function DecideForm({ mayExtend, busy, step }: Props) {
  const [answer, setAnswer] = useState<Answer>('accept')
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = String(form.get('text'))
    const entry = String(form.get('amended') ?? '').trim()
    if (answer === 'extend') step('extension', { text })
    else if (answer === 'deny') step('decision', { decision: 'deny', ground: form.get('ground'), text })
    else step('decision', { decision: 'accept', text, amended: entry === '' ? [] : [entry] })
  }
  return (
    <form onSubmit={submit} aria-label="Answer the request">
      <Stack gap="sm" mt="xs">
        <Radio.Group label="Answer" value={answer} onChange={(value) => setAnswer(value as Answer)}>
          <Group gap="md" mt={4}>
            {Object.entries(ANSWERS)
              .filter(([value]) => mayExtend || value !== 'extend')
              .map(([value, { choice }]) => (
                <Radio key={value} value={value} label={choice} />
              ))}
          </Group>
        </Radio.Group>
        {answer === 'deny' && (
          <NativeSelect
            name="ground"
            label="Ground of the denial"
            data={Object.entries(GROUND_WORDS).map(([value, label]) => ({ value, label }))}
          />
        )}
        <Textarea name="text" label={ANSWERS[answer].text} required autosize minRows={2} />
        {answer === 'accept' && (
          <TextInput
            name="amended"
            label="Entry that was corrected or added"
            description="Its type and id, if there is one: Observation/123"
          />
        )}
        <Group>
          <Button type="submit" loading={busy}>
            {ANSWERS[answer].button}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
