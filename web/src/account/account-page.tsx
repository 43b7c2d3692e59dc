import { Button, Group, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { FormEvent } from 'react'
import { useNewPassword, useSession } from '../api/session.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { SecondFactor } from './second-factor.tsx'
import { Sessions } from './sessions.tsx'

/** One's own account: who one is here, the second factor, where one is signed in, the password. */
export function AccountPage() {
  const session = useSession()
  useDocumentTitle('Account · Garrod')
  if (session.isError) return <ErrorNote error={session.error} />
  if (session.data === undefined) return <Waiting what="your account" />
  const { kind, name, id, roles, secondFactor } = session.data
  return (
    <div className="narrow">
      <Title order={1} mb="xs">
        Account
      </Title>
      {kind === 'local' ? (
        <Text>This is a demonstration: there are no accounts.</Text>
      ) : (
        <>
          <Text>
            {name ?? id}, signed in as {id.replace(/^user\//, '')}. Here as {roles.join(', ')}.
          </Text>
          <SecondFactor on={secondFactor} />
          <Sessions />
          <Password />
        </>
      )}
    </div>
  )
}

function Password() {
  const change = useNewPassword()
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    change.mutate({ password: String(form.get('password')), newPassword: String(form.get('newPassword')) })
  }
  return (
    <form onSubmit={submit} aria-label="Change the password">
      <h2>Password</h2>
      <Text c="dimmed" size="sm">
        A new password ends every session, this one too.
      </Text>
      <Stack gap="sm" mt="xs">
        <PasswordInput name="password" label="Present password" autoComplete="current-password" required />
        <PasswordInput
          name="newPassword"
          label="New password"
          description="At least 15 characters: four words that nobody would guess do well"
          autoComplete="new-password"
          required
        />
        {change.isError && <ErrorNote error={change.error} />}
        <Group>
          <Button type="submit" variant="default" loading={change.isPending}>
            Change the password
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
