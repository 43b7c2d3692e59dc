import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core'
import { useAmend } from '../api/amendments.ts'
import { ErrorNote } from '../parts/fault-note.tsx'

/** A new request, by the person or for them. */
export function AskForm({ id }: { readonly id: string }) {
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
      <p className="soft">It is answered within 60 days, and the answer says why.</p>
      {amend.isError && <ErrorNote error={amend.error} />}
      <Stack gap="sm" mt="xs">
        <Textarea name="wanted" label="What should the record say?" required autosize minRows={2} />
        <Textarea name="why" label="Why is it wrong now?" required autosize minRows={2} />
        <TextInput
          name="entry"
          label="Which entry"
          description="If you know its type and id: Observation/123. It may be left empty."
        />
        <Group>
          <Button type="submit" loading={amend.isPending}>
            Ask for it
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
