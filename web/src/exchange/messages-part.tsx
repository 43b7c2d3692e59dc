import { Button, NativeSelect } from '@mantine/core'
import { Link, useSearchParams } from 'react-router'
import type { MessageLine } from '../../../src/store/messages/message-store.ts'
import { useMessages } from '../api/exchange.ts'
import { dayAndTime } from '../parts/day-and-time.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { LISTS, STATE_WORDS } from './state-words.ts'

/** Messages by what became of them; those that wait for somebody first. */
export function MessagesPart() {
  const [query, setQuery] = useSearchParams()
  const [name, , states] = LISTS.find(([one]) => one === query.get('list')) ?? LISTS[0]!
  const messages = useMessages(states)
  return (
    <>
      <NativeSelect
        label="Show"
        value={name}
        onChange={(event) => setQuery({ list: event.currentTarget.value })}
        data={LISTS.map(([value, label]) => ({ value, label }))}
        maw="16rem"
        mb="md"
      />
      {messages.isError && <ErrorNote error={messages.error} />}
      {messages.isPending && <Waiting what="the messages" />}
      {messages.data !== undefined && <Rows rows={messages.data.pages.flat()} open={name === 'open'} />}
      {messages.hasNextPage && (
        <Button
          variant="default"
          loading={messages.isFetchingNextPage}
          onClick={() => messages.fetchNextPage()}
        >
          Show older
        </Button>
      )}
    </>
  )
}

function Rows({ rows, open }: { readonly rows: readonly MessageLine[]; readonly open: boolean }) {
  if (rows.length === 0)
    return <p>{open ? 'Nothing waits: every message that came is in a record or was discarded.' : 'None.'}</p>
  return (
    <table className="cards messages">
      <caption className="hidden">Messages</caption>
      <thead>
        <tr>
          <th scope="col">Message</th>
          <th scope="col">From or to</th>
          <th scope="col">State</th>
          <th scope="col">Why</th>
          <th scope="col">Received</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">
              <Link to={`/exchange/messages/${encodeURIComponent(row.id)}`}>{row.type || 'unreadable'}</Link>
              <div className="soft mono">{row.controlId ?? 'no control id'}</div>
            </th>
            <td data-label="From or to">
              {row.sender}
              {row.direction === 'out' && <span className="soft"> out</span>}
            </td>
            <td data-label="State">
              <span className={`message-state ${row.state}`}>{STATE_WORDS[row.state]}</span>
            </td>
            <td data-label="Why">{whyWords(row)}</td>
            <td data-label="Received">{dayAndTime(row.receivedAt)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function whyWords({ fault, unmapped, warnings }: MessageLine): string {
  if (fault !== undefined) return `${fault.where}: ${fault.what}`
  const open = unmapped.filter((one) => !one.assumed)
  if (open.length > 0) return open.map((one) => `${one.system} ${one.code}`).join(', ')
  return warnings.length === 0 ? '–' : warnings.length === 1 ? '1 doubt' : `${warnings.length} doubts`
}
