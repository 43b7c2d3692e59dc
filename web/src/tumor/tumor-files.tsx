import { Button, FileButton, Group, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import type { TumorLine } from '../../../src/app/board/board-api.ts'
import { useWithdrawFile } from '../api/tumor.ts'
import { useUpload } from '../api/upload.ts'
import { dayAndTime } from '../parts/day-and-time.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { Progressed } from '../patient/upload-box.tsx'

/** Files of the person's tumours, and a box for one more. */
export function TumorFiles({ patient, tumors }: { patient: string; tumors: readonly TumorLine[] }) {
  const withdraw = useWithdrawFile(patient)
  return (
    <section aria-labelledby="board-files">
      <h2 id="board-files">Files of the tumour</h2>
      <ul>
        {tumors.flatMap(({ specimen, files }) =>
          files.map(({ id, name, at }) => (
            <li key={id}>
              <strong>{name}</strong> of {specimen}, {dayAndTime(at)}{' '}
              <button
                type="button"
                className="link"
                disabled={withdraw.isPending}
                aria-label={`Take back ${name}`}
                onClick={() => withdraw.mutate(id)}
              >
                Take back
              </button>
            </li>
          )),
        )}
      </ul>
      {withdraw.isError && <ErrorNote error={withdraw.error} />}
      <AddFile patient={patient} open={tumors.length === 0} />
    </section>
  )
}

const FIELDS = [
  ['specimen', 'Specimen', 'files of one name are one tumour'],
  ['specimenKind', 'Kind of specimen', 'tissue, plasma, blood or bone-marrow'],
  ['diagnosis', 'Diagnosis', 'OncoTree code or name, where the record does not say'],
  [
    'genes',
    'Genes that were read',
    '"all", or symbols separated by commas; else nothing is known of the others',
  ],
  ['assay', 'Assay', 'by name, as the laboratory calls it'],
  ['purity', 'Purity', 'share of tumour cells, 0 to 1'],
  ['tumorSample', 'Sample', 'only when the file holds several'],
] as const

/** Open where there is nothing yet: it is all that can be done there. */
function AddFile({ patient, open }: { readonly patient: string; readonly open: boolean }) {
  const [told, setTold] = useState<Readonly<Record<string, string>>>({})
  const { upload, start, busy } = useUpload(patient, 'tumor/files')
  const reset = useRef<() => void>(null)
  const take = (file: File | null) => {
    if (file !== null && !busy) void start(file, told).finally(() => reset.current?.())
  }
  return (
    <details open={open}>
      <summary>Add a file</summary>
      <p className="soft">
        Somatic VCF, MAF, copy number segments or genes, fusions, markers, or a laboratory's JSON or FHIR;
        plain or compressed. Nothing is kept if the file cannot be used.
      </p>
      <div className="board-form">
        {FIELDS.map(([name, label, description]) => (
          <TextInput
            key={name}
            label={label}
            description={description}
            value={told[name] ?? ''}
            onChange={({ currentTarget }) => setTold({ ...told, [name]: currentTarget.value })}
          />
        ))}
      </div>
      <Group mt="sm">
        <FileButton
          onChange={take}
          resetRef={reset}
          disabled={busy}
          inputProps={{ 'aria-label': 'File of the tumour' }}
        >
          {(props) => (
            <Button {...props} loading={busy}>
              Choose a file
            </Button>
          )}
        </FileButton>
      </Group>
      <div aria-live="polite">{upload !== undefined && <Progressed upload={upload} />}</div>
    </details>
  )
}
