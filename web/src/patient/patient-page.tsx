import { Badge, Group, Tabs, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { useNavigate, useParams } from 'react-router'
import type { PatientSummary } from '../../../src/app/http/api.ts'
import { AmendmentsTab } from '../amendments/amendments-tab.tsx'
import { useMay } from '../api/access.ts'
import { usePatient } from '../api/queries.ts'
import { ConsentTab } from '../consent/consent-tab.tsx'
import { DiagnosisTab } from '../diagnosis/diagnosis-tab.tsx'
import { DocumentsTab } from '../documents/documents-tab.tsx'
import { BreakGlass } from '../emergency/break-glass.tsx'
import { EmergencyBanner } from '../emergency/emergency-banner.tsx'
import { ErrorNote } from '../parts/fault-note.tsx'
import { OnRefusal } from '../parts/on-refusal.ts'
import { Waiting } from '../parts/waiting.tsx'
import { bornOf, isExample, nameOf, pageOf, sexWords } from '../patients/person.ts'
import { TrialsTab } from '../trials/trials-tab.tsx'
import { AccessTab } from './access-tab.tsx'
import { ActTab } from './act-tab.tsx'
import { DrugsTab } from './drugs-tab.tsx'
import { FilesTab } from './files-tab.tsx'
import { GenesTab } from './genes-tab.tsx'
import { OpenApp } from './open-app.tsx'
import { ReportTab } from './report-tab.tsx'
import { TryTab } from './try-tab.tsx'

/** The board's page brings its pictures with it, and comes only when it is opened. */
const TumorTab = lazy(async () => ({ default: (await import('../tumor/tumor-tab.tsx')).TumorTab }))

/** Each with the kind that it shows: who may never see that kind is not offered the part. */
const TABS = [
  ['act', 'Act on these', ActTab, 'Plan'],
  ['drugs', 'Drugs', DrugsTab, 'Plan'],
  ['genes', 'Genes', GenesTab, 'Report'],
  ['try', 'Try a drug', TryTab, 'Plan'],
  ['diagnosis', 'Diagnosis', DiagnosisTab, 'Report'],
  ['tumor', 'Tumour', TumorTab, 'Plan'],
  ['trials', 'Trials', TrialsTab, 'Plan'],
  ['files', 'Medication and files', FilesTab, 'Patient'],
  ['documents', 'Documents', DocumentsTab, 'Report'],
  ['report', 'Report', ReportTab, 'Report'],
  ['consent', 'Consent', ConsentTab, 'Consent'],
  ['access', 'Who looked', AccessTab, 'AuditLog'],
  ['amendments', 'Corrections', AmendmentsTab, 'Amendment'],
] as const

function useTabs() {
  const never = {
    Plan: useMay({ action: 'read', kind: 'Plan' }).data?.allow === false,
    Report: useMay({ action: 'read', kind: 'Report' }).data?.allow === false,
    Patient: false,
    Consent: useMay({ action: 'read', kind: 'Consent' }).data?.allow === false,
    AuditLog: useMay({ action: 'read', kind: 'AuditLog' }).data?.allow === false,
    Amendment: useMay({ action: 'read', kind: 'Amendment' }).data?.allow === false,
  }
  return TABS.filter(([, , , kind]) => !never[kind])
}

/** One person: who it is stays on top, whichever part is read. */
export function PatientPage() {
  const { id = '', tab = 'act' } = useParams()
  const patient = usePatient(id)
  const tabs = useTabs()
  const navigate = useNavigate()
  useDocumentTitle(`${patient.data === undefined ? 'Patient' : nameOf(patient.data)} · Garrod`)
  const here = useRef<HTMLDivElement>(null)
  const loaded = patient.data !== undefined
  useEffect(() => {
    // On a phone the tabs scroll; the one in use is brought into sight.
    if (loaded)
      here.current
        ?.querySelector(`[data-tab="${tab}"]`)
        ?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [tab, loaded])
  if (patient.isError)
    return (
      <OnRefusal value={<BreakGlass patient={id} />}>
        <Title order={1}>Patient</Title>
        <ErrorNote error={patient.error} />
      </OnRefusal>
    )
  if (patient.data === undefined) return <Waiting what="the patient" />
  const shown = tabs.some(([name]) => name === tab) ? tab : tabs[0]![0]
  return (
    <OnRefusal value={<BreakGlass patient={id} />}>
      <EmergencyBanner patient={id} />
      <Banner patient={patient.data} />
      <Tabs value={shown} onChange={(next) => navigate(pageOf(id, next ?? 'act'))} keepMounted={false}>
        <Tabs.List ref={here} className="tabs" aria-label="Parts of this patient's record">
          {tabs.map(([name, title]) => (
            <Tabs.Tab key={name} value={name} data-tab={name}>
              {title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map(([name, , Part]) => (
          <Tabs.Panel key={name} value={name} pt="md">
            <Suspense fallback={<Waiting what="this part" />}>
              <Part patient={patient.data} />
            </Suspense>
          </Tabs.Panel>
        ))}
      </Tabs>
      <p className="print-only">
        Print the report of this patient instead: {location.origin}/api/patients/{id}/report.pdf
      </p>
    </OnRefusal>
  )
}

function Banner({ patient }: { readonly patient: PatientSummary }) {
  return (
    <section className="banner" aria-label="Patient">
      <Group gap="sm" align="baseline">
        <Title order={1}>{nameOf(patient)}</Title>
        {isExample(patient) && (
          <Badge variant="default" tt="none">
            example, not a real person
          </Badge>
        )}
        <OpenApp id={patient.id} />
      </Group>
      <Text>
        {sexWords(patient)} · {bornOf(patient)} ·{' '}
        {patient.identifiers.map((one) => one.value).join(', ') || 'no identifier'}
      </Text>
      {patient.withheld !== undefined && (
        <Text fw={600} role="note">
          {patient.withheld}
        </Text>
      )}
    </section>
  )
}
