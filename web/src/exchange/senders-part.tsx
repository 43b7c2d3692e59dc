import { Button, Checkbox, Group, TextInput } from '@mantine/core'
import type { FormEvent } from 'react'
import type { SenderSettings } from '../../../src/store/messages/message-store.ts'
import { useCodeMap, useRemoveCode, useSenders, useSetSender } from '../api/exchange.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'

/** Everyone who sends, how their messages are read, and what their codes mean. */
export function SendersPart() {
  const senders = useSenders()
  if (senders.isError) return <ErrorNote error={senders.error} />
  if (senders.data === undefined) return <Waiting what="the senders" />
  if (senders.data.length === 0) return <p>Nobody has sent anything yet.</p>
  return senders.data.map((one) => <Sender key={one.sender} settings={one} />)
}

function Sender({ settings }: { readonly settings: SenderSettings }) {
  return (
    <section className="pack" aria-label={settings.sender}>
      <h2>{settings.sender}</h2>
      <Settings settings={settings} />
      <CodeMap sender={settings.sender} />
    </section>
  )
}

function Settings({ settings }: { readonly settings: SenderSettings }) {
  const set = useSetSender()
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const offset = String(form.get('utcOffset') ?? '').trim()
    set.mutate({
      sender: settings.sender,
      utcOffset: offset === '' ? undefined : offset,
      registers: form.get('registers') === 'on',
    })
  }
  return (
    <form onSubmit={submit} aria-label={`Settings of ${settings.sender}`}>
      <Group align="end" gap="md" mb="xs">
        <TextInput
          name="utcOffset"
          label="Its clock"
          description="offset where a message names none"
          placeholder="+0100"
          pattern="[+\-](0\d|1[0-4])[0-5]\d"
          title="+0100"
          defaultValue={settings.utcOffset ?? ''}
          maw="14rem"
        />
        <Checkbox
          name="registers"
          label="Its ADT may register people"
          defaultChecked={settings.registers}
          pb={8}
        />
        <Button type="submit" variant="default" loading={set.isPending}>
          Save
        </Button>
        <span role="status">{set.isSuccess ? 'Saved.' : ''}</span>
      </Group>
      {set.isError && <ErrorNote error={set.error} />}
    </form>
  )
}

function CodeMap({ sender }: { readonly sender: string }) {
  const map = useCodeMap(sender)
  const remove = useRemoveCode(sender)
  if (map.isError) return <ErrorNote error={map.error} />
  if (map.data === undefined) return <Waiting what="the code map" />
  if (map.data.length === 0) return <p className="soft">No code of this sender is mapped.</p>
  return (
    <>
      <table className="cards">
        <caption>Code map</caption>
        <thead>
          <tr>
            <th scope="col">Its code</th>
            <th scope="col">Means</th>
            <th scope="col">Name</th>
            <th scope="col">
              <span className="hidden">What to do</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {map.data.map((row) => (
            <tr key={`${row.system} ${row.code}`}>
              <th scope="row" className="mono">
                {row.system} {row.code}
              </th>
              <td data-label="Means" className="mono">
                {row.toSystem} {row.toCode}
              </td>
              <td data-label="Name">{row.toDisplay ?? '–'}</td>
              <td>
                <button
                  type="button"
                  className="link"
                  aria-label={`Remove ${row.system} ${row.code}`}
                  onClick={() => remove.mutate(row)}
                >
                  Remove
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {remove.isError && <ErrorNote error={remove.error} />}
    </>
  )
}
