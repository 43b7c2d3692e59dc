import { TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useLocation } from 'react-router'
import type { Plan } from '../../../src/decide/plan.ts'
import { drugPart } from '../../../src/deliver/page/drug-part.ts'
import { DrugDetails } from './drug-details.tsx'
import { OtherDrugs, UnknownDrugs } from './other-drugs.tsx'
import { type PartProps, PlanPart } from './plan-part.tsx'

export function DrugsTab({ patient }: PartProps) {
  return (
    <PlanPart patient={patient} full>
      {(plan) => <Drugs plan={plan} />}
    </PlanPart>
  )
}

/** Every drug of the plan, most harmful first; a name narrows the list. */
function Drugs({ plan }: { readonly plan: Plan }) {
  const [text, setText] = useState('')
  const { hash } = useLocation()
  useEffect(() => {
    const target = hash === '' ? null : document.getElementById(hash.slice(1))
    target?.scrollIntoView({ block: 'start' })
    target?.focus({ preventScroll: true })
  }, [hash])
  const wanted = text.trim().toLowerCase()
  const drugs = plan.drugs.filter((one) => one.drug.name.includes(wanted))
  const { table, details, notKnown, others } = drugPart({ ...plan, drugs })
  const bare = table.filter((line) => line.anchor === undefined)
  return (
    <>
      <TextInput
        label="Find a drug"
        type="search"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        maw="22rem"
        mb="md"
      />
      {drugs.length === 0 && (
        <p role="status">
          No guideline of the installed facts names such a drug. Try it under “Try a drug”, which knows brand
          names too.
        </p>
      )}
      {details.map((one) => (
        <DrugDetails key={`${one.line.drug} ${one.line.status}`} detail={one} />
      ))}
      {bare.length > 0 && <h2>No guideline</h2>}
      {bare.map((line) => (
        <p key={line.drug}>
          <strong>{line.drug}</strong> {line.headline}
        </p>
      ))}
      <UnknownDrugs title="Not known" groups={notKnown} />
      <OtherDrugs drugs={others} />
    </>
  )
}
