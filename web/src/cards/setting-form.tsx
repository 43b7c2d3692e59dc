import { Button, Checkbox, Group, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { CardSetting } from '../../../src/store/cards/card-store.ts'
import { useSetCards } from '../api/cards.ts'
import { ErrorNote } from '../parts/fault-note.tsx'

const OF = [
  { value: 'drug', label: 'cards of a drug' },
  { value: 'gene', label: 'cards of a gene' },
  { value: 'rule', label: 'cards of one rule' },
  { value: 'pack', label: 'cards of one publisher' },
  { value: 'indicator', label: 'cards below a level' },
] as const
const HINT: Readonly<Record<string, string>> = {
  drug: 'its name, as clopidogrel',
  gene: 'its symbol, as CYP2C19',
  rule: 'its id, as the report names it',
  pack: 'its id, as cpic',
}
const SERVICES = [
  { value: '', label: 'every service' },
  { value: 'garrod-patient-view', label: 'opening a record' },
  { value: 'garrod-order-select', label: 'choosing a drug' },
  { value: 'garrod-order-sign', label: 'signing an order' },
]

/** One more thing that is not to interrupt anybody, with the reason for it. */
export function SettingForm() {
  const { set } = useSetCards()
  const [of, setOf] = useState<CardSetting['of']>('drug')
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const sheet = event.currentTarget
    const form = new FormData(sheet)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const service = text('service')
    set.mutate(
      {
        of,
        value: text('value'),
        service: service === '' ? undefined : service,
        evenCritical: form.get('evenCritical') === 'on',
        // The day that was named belongs to it.
        until: text('until') === '' ? undefined : new Date(`${text('until')}T23:59:59`).toISOString(),
        reason: text('reason'),
      },
      { onSuccess: () => sheet.reset() },
    )
  }
  return (
    <form onSubmit={submit} aria-label="Mute cards">
      <h3>Mute</h3>
      <div className="map-form">
        <NativeSelect
          label="Do not show"
          value={of}
          onChange={(event) => setOf(event.currentTarget.value as CardSetting['of'])}
          data={OF.map((one) => ({ ...one }))}
        />
        {of === 'indicator' ? (
          <NativeSelect name="value" label="Least level shown" data={['warning', 'critical', 'info']} />
        ) : (
          <TextInput
            name="value"
            label="Which"
            placeholder={HINT[of] ?? ''}
            required
            autoComplete="off"
            maxLength={200}
          />
        )}
        <NativeSelect name="service" label="Where" data={SERVICES} />
        <TextInput name="until" label="Until (may be empty)" type="date" />
      </div>
      <TextInput
        name="reason"
        label="Why"
        description="who decided it here, and on what ground"
        required
        maxLength={200}
        autoComplete="off"
        my="sm"
      />
      <Checkbox
        name="evenCritical"
        label="Critical cards too: a prescriber is then not warned of the gravest harm"
        mb="sm"
      />
      {set.isError && <ErrorNote error={set.error} />}
      <Group>
        <Button type="submit" variant="default" loading={set.isPending}>
          Save
        </Button>
      </Group>
    </form>
  )
}
