import { Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { StoredCardSetting } from '../../../src/store/cards/card-store.ts'
import { useMay } from '../api/access.ts'
import { useCardSettings, useSetCards } from '../api/cards.ts'
import { dayAndTime } from '../parts/day-and-time.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { CardReport } from './card-report.tsx'
import { SettingForm } from './setting-form.tsx'

/** What this site changed about the cards that prescribers see, and what becomes of the cards. */
export function CardsPage() {
  const settings = useCardSettings()
  const may = useMay({ action: 'update', kind: 'Setting' })
  useDocumentTitle('Cards · Garrod')
  return (
    <>
      <Title order={1} mb="xs">
        Cards
      </Title>
      <p>
        Cards that prescribers see in the EHR. What is muted is still worked out, counted and shown on the
        person's page; it only interrupts nobody.
      </p>
      <h2>What this site changed</h2>
      {settings.isError && <ErrorNote error={settings.error} />}
      {settings.isPending && <Waiting what="the settings" />}
      {settings.data?.length === 0 && <p>Nothing: every card is shown.</p>}
      {settings.data !== undefined && settings.data.length > 0 && <Settings settings={settings.data} />}
      {may.data?.allow === true && <SettingForm />}
      <CardReport />
    </>
  )
}

function whatWords({ of, value }: StoredCardSetting): string {
  return of === 'indicator' ? `Nothing less than ${value} is shown` : `Cards of ${of} ${value} are not shown`
}

function Settings({ settings }: { readonly settings: readonly StoredCardSetting[] }) {
  const { unset } = useSetCards()
  return (
    <>
      <table className="cards">
        <caption className="hidden">Settings</caption>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Where</th>
            <th scope="col">Why</th>
            <th scope="col">Until</th>
            <th scope="col">Set by</th>
            <th scope="col">
              <span className="hidden">What to do</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {settings.map((one) => (
            <tr key={`${one.of} ${one.value} ${one.service}`}>
              <th scope="row">
                {whatWords(one)}
                {one.evenCritical && <span className="message-state refused"> critical ones too</span>}
              </th>
              <td data-label="Where">{one.service ?? 'every service'}</td>
              <td data-label="Why">{one.reason}</td>
              <td data-label="Until">
                {one.until === undefined ? 'until taken back' : dayAndTime(one.until)}
              </td>
              <td data-label="Set by">
                {one.setBy}, {dayAndTime(one.setAt)}
              </td>
              <td>
                <button
                  type="button"
                  className="link"
                  aria-label={`Take back: ${whatWords(one)}`}
                  onClick={() => unset.mutate(one)}
                >
                  Take back
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {unset.isError && <ErrorNote error={unset.error} />}
    </>
  )
}
