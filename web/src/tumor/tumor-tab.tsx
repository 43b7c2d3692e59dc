import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import type { TumorReply } from '../../../src/app/board/board-api.ts'
import type { BoardDocument } from '../../../src/app/board/board-document.ts'
import type { PatientSummary } from '../../../src/app/http/api.ts'
import { type Supposed, useTumor } from '../api/tumor.ts'
import { ErrorNote, FaultNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { TrialItem } from '../trials/trial-item.tsx'
import { AlterationsPicture } from './alterations-picture.tsx'
import { CaseHeader } from './case-header.tsx'
import { DecisionsPart } from './decisions-part.tsx'
import { GermlinePart } from './germline-part.tsx'
import { MissingPart } from './missing-part.tsx'
import { OptionsPart } from './options-part.tsx'
import { SafetyPart } from './safety-part.tsx'
import { TiersPart } from './tiers-part.tsx'
import { TumorFiles } from './tumor-files.tsx'

const LINES = ['', '0', '1', '2', '3', '4'].map((value) => ({
  value,
  label: value === '' ? 'As recorded' : value === '0' ? 'None so far' : value,
}))
const STAGES = [
  { value: '', label: 'As recorded' },
  { value: 'early', label: 'Early' },
  { value: 'advanced', label: 'Advanced' },
]

/** One tumour for a board: what was found, what follows, what is missing, what was decided. */
export function TumorTab({ patient }: { readonly patient: PatientSummary }) {
  const [supposed, setSupposed] = useState<Supposed>({ specimen: '', stage: '', lines: '' })
  const tumor = useTumor(patient.id, supposed)
  const suppose = (change: Partial<Supposed>) => setSupposed({ ...supposed, ...change })
  if (tumor.isError) return <ErrorNote error={tumor.error} />
  if (tumor.data === undefined) return <Waiting what="the tumour" />
  const { tumors, document } = tumor.data
  return (
    <div className="board">
      {tumors.length === 0 && (
        <p>
          No file of a tumour is kept here yet, and the record has no result of one as a resource of FHIR.
        </p>
      )}
      {tumors.length > 0 && (
        <div className="board-asked">
          {tumors.length > 1 && (
            <NativeSelect
              label="Tumour"
              data={tumors.map(({ specimen }) => specimen)}
              value={document?.specimen ?? supposed.specimen}
              onChange={({ currentTarget }) => suppose({ specimen: currentTarget.value })}
            />
          )}
          <NativeSelect
            label="Stage"
            data={STAGES}
            value={supposed.stage}
            onChange={({ currentTarget }) => suppose({ stage: currentTarget.value as Supposed['stage'] })}
          />
          <NativeSelect
            label="Lines of treatment given"
            data={LINES}
            value={supposed.lines}
            onChange={({ currentTarget }) => suppose({ lines: currentTarget.value })}
          />
        </div>
      )}
      <Faults tumors={tumors} />
      {document !== undefined && <Case document={document} />}
      {document !== undefined && (
        <DecisionsPart patient={patient.id} document={document} supposed={supposed} />
      )}
      <TumorFiles patient={patient.id} tumors={tumors} />
    </div>
  )
}

function Faults({ tumors }: Pick<TumorReply, 'tumors'>) {
  return tumors.map(({ specimen, fault }) =>
    fault === undefined ? null : (
      <FaultNote key={specimen} fault={fault} title={`The files of ${specimen} do not fit together`} />
    ),
  )
}

function Case({ document }: { readonly document: BoardDocument }) {
  const { trials, facts, engine, hash, asOf } = document
  return (
    <>
      <CaseHeader document={document} />
      <AlterationsPicture document={document} />
      <OptionsPart document={document} />
      <SafetyPart safety={document.safety} />
      <MissingPart missing={document.missing} />
      <TiersPart tiers={document.tiers} />
      <section aria-labelledby="board-trials">
        <h2 id="board-trials">Trials</h2>
        {trials.matches.length === 0 ? (
          <p className="soft">
            {trials.kept === 0
              ? 'No trial is kept here, so none could be matched.'
              : `None of the ${trials.kept} trials kept here is met or possible.`}
          </p>
        ) : (
          <ul className="trials">
            {trials.matches.map((one) => (
              <TrialItem key={one.study} trial={one} />
            ))}
          </ul>
        )}
      </section>
      <GermlinePart document={document} />
      <details className="board-basis">
        <summary>What this rests on</summary>
        <p className="soft">
          Engine {engine.version}, {asOf}; {facts.join(', ')}. Document <span className="mono">{hash}</span>.
        </p>
      </details>
    </>
  )
}
