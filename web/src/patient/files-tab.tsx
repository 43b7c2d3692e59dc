import type { FileSummary } from '../../../src/app/http/api.ts'
import { patientPath } from '../api/queries.ts'
import { MedicationEditor } from './medication-editor.tsx'
import type { PartProps } from './plan-part.tsx'
import { UploadBox } from './upload-box.tsx'

export function FilesTab({ patient }: PartProps) {
  return (
    <>
      <h2>Medication</h2>
      <MedicationEditor patient={patient} />
      <h2>Files and results</h2>
      <Files id={patient.id} files={patient.files} />
      <Outside calls={patient.outsideCalls} />
      <UploadBox id={patient.id} />
      <p>
        <a href={`${patientPath(patient.id)}/record.zip`} download>
          Download the whole record
        </a>{' '}
        with every file as it was received (ZIP).
      </p>
    </>
  )
}

function Files({ id, files }: { readonly id: string; readonly files: readonly FileSummary[] }) {
  if (files.length === 0) return <p>No genome file yet.</p>
  return (
    <table className="cards">
      <caption>Genome files</caption>
      <thead>
        <tr>
          <th scope="col">File</th>
          <th scope="col">Sample</th>
          <th scope="col">Build</th>
          <th scope="col">Positions read</th>
          <th scope="col">Not known</th>
          <th scope="col">Notes</th>
        </tr>
      </thead>
      <tbody>
        {files.map((one) => (
          <tr key={`${one.source.name} ${one.sample}`}>
            <th scope="row">
              {one.source.sha256 === undefined ? (
                one.source.name
              ) : (
                <a href={`${patientPath(id)}/files/${one.source.sha256}`} download>
                  {one.source.name}
                </a>
              )}
            </th>
            <td data-label="Sample">{one.sample}</td>
            <td data-label="Build">{one.assembly}</td>
            <td data-label="Positions read">{one.calls}</td>
            <td data-label="Not known">{one.gaps}</td>
            <td data-label="Notes">{one.notes.join(' ') || 'none'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Outside({ calls }: { readonly calls: PartProps['patient']['outsideCalls'] }) {
  if (calls.length === 0) return null
  return (
    <table className="cards">
      <caption>Results called by an outside laboratory, taken as sent</caption>
      <thead>
        <tr>
          <th scope="col">Gene</th>
          <th scope="col">Diplotype</th>
          <th scope="col">Phenotype</th>
          <th scope="col">Activity score</th>
          <th scope="col">File and line</th>
        </tr>
      </thead>
      <tbody>
        {calls.map((one) => (
          <tr key={`${one.source.name} ${one.line} ${one.gene}`}>
            <th scope="row">{one.gene}</th>
            <td data-label="Diplotype">{one.diplotype ?? 'not sent'}</td>
            <td data-label="Phenotype">{one.phenotype ?? 'not sent'}</td>
            <td data-label="Activity score">{one.activityScore ?? 'not sent'}</td>
            <td data-label="File and line">
              {one.source.name}, line {one.line}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
