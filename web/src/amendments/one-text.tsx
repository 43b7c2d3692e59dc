import { Button, Group, Stack, Textarea } from '@mantine/core'

interface Props {
  readonly label: string
  readonly description?: string
  readonly button: string
  readonly busy: boolean
  readonly send: (text: string) => void
}

/** One thing to say, and the button that says it. */
export function OneText({ label, description, button, busy, send }: Props) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        send(String(new FormData(event.currentTarget).get('text')))
      }}
    >
      <Stack gap="sm" mt="xs">
        <Textarea name="text" label={label} description={description} required autosize minRows={2} />
        <Group>
          <Button type="submit" variant="default" loading={busy}>
            {button}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
