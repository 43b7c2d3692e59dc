import { Button, Group, NativeSelect, PasswordInput, Stack, Text } from '@mantine/core'
import type { FormEvent } from 'react'
import { useEndSessions, useOwnSessions } from '../api/session.ts'
import { dayAndTime } from '../parts/day-and-time.ts'
import { ErrorNote } from '../parts/fault-note.tsx'

/** Every browser in which one is signed in, and the end of the others. */
export function Sessions() {
  const { data, error } = useOwnSessions()
  if (error !== null) return <ErrorNote error={error} />
  const sessions = data?.sessions ?? []
  const others = sessions.filter((one) => !one.current)
  return (
    <section aria-label="Sessions">
      <h2>Where you are signed in</h2>
      <ul>
        {sessions.map(({ id, current, secondFactor, startedAt, seenAt }) => (
          <li key={id}>
            {current ? 'Here' : 'Elsewhere'}, since {dayAndTime(startedAt)}
            {current ? '' : `, last used ${dayAndTime(seenAt)}`}
            {secondFactor ? ', with the second factor' : ''}
          </li>
        ))}
      </ul>
      {others.length > 0 && <EndOthers others={others} />}
    </section>
  )
}

interface Others {
  readonly others: readonly { readonly id: string; readonly startedAt: string }[]
}

function EndOthers({ others }: Others) {
  const end = useEndSessions()
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const session = String(form.get('session'))
    end.mutate({ password: String(form.get('password')), ...(session === '' ? {} : { session }) })
  }
  return (
    <form onSubmit={submit} aria-label="End sessions">
      <Text c="dimmed" size="sm">
        A session that you do not know: end it, and choose a new password.
      </Text>
      <Stack gap="sm" mt="xs">
        <NativeSelect
          name="session"
          label="End"
          data={[
            { value: '', label: 'every other session' },
            ...others.map(({ id, startedAt }) => ({
              value: id,
              label: `the one since ${dayAndTime(startedAt)}`,
            })),
          ]}
        />
        <PasswordInput
          name="password"
          label="Your password, to end sessions"
          autoComplete="current-password"
          required
        />
        {end.isError && <ErrorNote error={end.error} />}
        <Group>
          <Button type="submit" variant="default" loading={end.isPending}>
            End
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
