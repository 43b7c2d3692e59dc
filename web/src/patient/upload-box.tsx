import { Button, FileButton, Progress, Stack, Text, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { type Upload, useUpload } from '../api/upload.ts'
import { FaultNote } from '../parts/fault-note.tsx'
import { useDrop } from '../parts/use-drop.ts'

/** Takes one file and shows how far it is: bytes sent, bytes read, then what was stored or why it was refused. */
export function UploadBox({ id }: { readonly id: string }) {
  const [sample, setSample] = useState('')
  const { upload, start, busy } = useUpload(id)
  const reset = useRef<() => void>(null)
  const take = (file: File | null | undefined) => {
    if (file && !busy) void start(file, { sample }).finally(() => reset.current?.())
  }
  const drop = useDrop(take)
  return (
    <section aria-labelledby="upload-title">
      <h3 id="upload-title">Add a file</h3>
      <p className="soft">
        A VCF (plain, gzip or bgzip; GRCh38 or GRCh37), a table of outside calls (gene and diplotype,
        tab-separated), or the raw text of a consumer genotype test. Nothing is stored if the file cannot be
        used.
      </p>
      <Stack gap="sm" {...drop}>
        <TextInput
          label="Sample"
          description="only when the file holds several people"
          value={sample}
          onChange={(event) => setSample(event.currentTarget.value)}
          maw="20rem"
        />
        <FileButton onChange={take} resetRef={reset} disabled={busy} inputProps={{ 'aria-label': 'File' }}>
          {(props) => (
            <Button {...props} w="fit-content" loading={busy}>
              Choose a file
            </Button>
          )}
        </FileButton>
        <Text size="sm" c="dimmed">
          or drop it here
        </Text>
      </Stack>
      <div aria-live="polite">{upload !== undefined && <Progressed upload={upload} />}</div>
    </section>
  )
}

export function Progressed({ upload }: { readonly upload: Upload }) {
  if (upload.state === 'refused')
    return <FaultNote fault={upload.fault} title={`${upload.file} was refused`} />
  if (upload.state === 'stored')
    return (
      <p className="stored">
        <strong>{upload.file} was stored.</strong> {storedWords(upload.stored)}
      </p>
    )
  const [verb, done] = upload.state === 'sending' ? ['Sending', upload.sent] : ['Reading', upload.read]
  const percent = upload.total === 0 ? 100 : Math.floor((100 * done) / upload.total)
  return (
    <div className="progress">
      <Text size="sm">
        {verb} {upload.file}: {size(done)} of {size(upload.total)}
      </Text>
      <Progress value={percent} aria-label={`${verb} ${upload.file}`} />
    </div>
  )
}

function storedWords(stored: Extract<Upload, { state: 'stored' }>['stored']): string {
  if (stored === undefined) return ''
  if ('outsideCalls' in stored) return `${stored.outsideCalls} outside calls.`
  if ('tumor' in stored)
    return `Tumour ${stored.tumor.specimen}: ${stored.tumor.records} records of ${stored.tumor.content.join(', ')}, ${stored.tumor.leftOut} left out.`
  return `Sample ${stored.sample}, ${stored.assembly}: ${stored.calls} positions read, ${stored.gaps} not known.`
}

function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`
}
