import { Button, Group } from '@mantine/core'
import { patientPath } from '../api/queries.ts'
import { useGrant } from '../emergency/grants.ts'
import { type PartProps, PlanPart } from './plan-part.tsx'

/** The report to print, keep or send on. */
export function ReportTab({ patient }: PartProps) {
  const base = patientPath(patient.id)
  const grant = useGrant(patient.id)
  // A link cannot say that it is for an emergency.
  if (grant !== undefined)
    return <p>During emergency access the report is not printed; its advice stands under the other parts.</p>
  return (
    <PlanPart patient={patient}>
      {() => (
        <>
          <Group gap="sm" mb="md">
            <Button component="a" href={`${base}/report.pdf`} target="_blank" rel="noreferrer">
              PDF to print
            </Button>
            <Button
              component="a"
              href={`${base}/report.html`}
              target="_blank"
              rel="noreferrer"
              variant="default"
            >
              Page of its own
            </Button>
            <Button
              component="a"
              href={`${base}/fhir`}
              download={`${patient.id}-fhir.json`}
              variant="default"
            >
              FHIR bundle
            </Button>
          </Group>
          <iframe
            className="report"
            title="Pharmacogenomic report"
            src={`${base}/report.html`}
            sandbox="allow-popups allow-same-origin"
          />
        </>
      )}
    </PlanPart>
  )
}
