import { Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { CardCount } from '../../../src/app/card-counts.ts'
import { useCardReport } from '../api/cards.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'

const DAY = 24 * 3600 * 1000
/** UTC day, as the server counts. */
const day = (ms: number) => new Date(ms).toISOString().slice(0, 10)

/** What became of the cards, by rule and by the release it came from. Counts alone. */
export function CardReport() {
  const [from, setFrom] = useState(() => day(Date.now() - 30 * DAY))
  const [last, setLast] = useState(() => day(Date.now()))
  const valid = from !== '' && last !== ''
  const report = useCardReport(from, valid ? day(Date.parse(last) + DAY) : '')
  return (
    <section aria-label="What became of the cards">
      <h2>What became of the cards</h2>
      <Group gap="md" mb="sm">
        <TextInput
          type="date"
          label="From"
          value={from}
          required
          onChange={(event) => event.currentTarget.value !== '' && setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label="To"
          value={last}
          required
          onChange={(event) => event.currentTarget.value !== '' && setLast(event.currentTarget.value)}
        />
      </Group>
      {report.isError && <ErrorNote error={report.error} />}
      {report.isPending && <Waiting what="the report" />}
      {report.data?.length === 0 && <p>No card was made in these days.</p>}
      {report.data !== undefined && report.data.length > 0 && <Rows rows={report.data} />}
    </section>
  )
}

function Rows({ rows }: { readonly rows: readonly CardCount[] }) {
  return (
    <div className="wide">
      <table className="cards counts">
        <caption className="hidden">Cards by rule</caption>
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">Release</th>
            <th scope="col">Service</th>
            <th scope="col">Shown</th>
            <th scope="col">Accepted</th>
            <th scope="col">Overridden</th>
            <th scope="col">Muted</th>
            <th scope="col">Below level</th>
            <th scope="col">Repeats</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.rule} ${row.pack} ${row.service}`}>
              <th scope="row" className="rule">
                {row.about ?? row.rule}
                {row.about !== undefined && <div className="mono soft">{row.rule}</div>}
              </th>
              <td data-label="Release">{row.pack}</td>
              <td data-label="Service">{row.service}</td>
              <td data-label="Shown">{row.shown}</td>
              <td data-label="Accepted">{row.accepted}</td>
              <td data-label="Overridden">
                {row.overridden}
                {Object.entries(row.reasons).map(([code, count]) => (
                  <div key={code} className="soft">
                    {code === '' ? 'in words' : code}: {count}
                  </div>
                ))}
              </td>
              <td data-label="Muted">{row.muted}</td>
              <td data-label="Below level">{row.belowThreshold}</td>
              <td data-label="Repeats">{row.duplicate}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
