import { Anchor, Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import type { FormEvent } from 'react'
import type { SecondFactorReply } from '../../../src/app/login/session-api.ts'
import { useSecondFactor } from '../api/session.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { QrCode } from './qr-code.tsx'

const fieldOf = (event: FormEvent<HTMLFormElement>, name: string) => {
  event.preventDefault()
  return String(new FormData(event.currentTarget).get(name))
}

/** A code from an authenticator app beside the password: set up, proved, taken away. */
export function SecondFactor({ on }: { readonly on: boolean }) {
  const { begin, prove, remove } = useSecondFactor()
  const fault = begin.error ?? prove.error ?? remove.error
  return (
    <section aria-label="Second factor">
      <h2>Second factor</h2>
      <Text>
        {on || prove.isSuccess
          ? 'On: signing in asks for a code of your authenticator app.'
          : 'Off: whoever knows your password can sign in as you.'}
      </Text>
      {fault !== null && <ErrorNote error={fault} />}
      {begin.data === undefined || prove.isSuccess ? (
        <form onSubmit={(event) => (on ? remove : begin).mutate(fieldOf(event, 'password'))}>
          <Stack gap="sm" mt="xs">
            <PasswordInput
              name="password"
              label="Your password"
              autoComplete="current-password"
              description={on ? 'to switch the second factor off' : 'to set the second factor up'}
              required
            />
            <Group>
              <Button type="submit" variant={on ? 'default' : 'filled'} loading={begin.isPending}>
                {on ? 'Switch it off' : 'Set it up'}
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <Prove secret={begin.data} prove={(code) => prove.mutate(code)} busy={prove.isPending} />
      )}
    </section>
  )
}

interface ProveProps {
  readonly secret: SecondFactorReply
  readonly prove: (code: string) => void
  readonly busy: boolean
}

function Prove({ secret, prove, busy }: ProveProps) {
  return (
    <form onSubmit={(event) => prove(fieldOf(event, 'code'))}>
      <Stack gap="sm" mt="xs">
        <Text>
          Scan this with your authenticator app, or{' '}
          <Anchor href={secret.uri} underline="always">
            open it on this device
          </Anchor>
          , or type the key below it. Whoever sees it can make your codes.
        </Text>
        <QrCode text={secret.uri} label="Code to scan with an authenticator app" />
        <p className="mono secret">{secret.secret.match(/.{1,4}/g)?.join(' ')}</p>
        <TextInput
          name="code"
          label="Code that the app shows now"
          inputMode="numeric"
          autoComplete="one-time-code"
          required
        />
        <Group>
          <Button type="submit" loading={busy}>
            Switch it on
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
