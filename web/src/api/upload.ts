import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { FaultReply, Job } from '../../../src/app/http/api.ts'
import { purposeHeaders } from '../emergency/grants.ts'
import { patientPath } from './queries.ts'
import { csrfHeaders, FaultError, getJson, noServer, readAnswer } from './request.ts'

/** How far an upload is: its bytes on the way, then the server reading them, then stored or refused. */
export type Upload =
  | { readonly state: 'sending'; readonly file: string; readonly sent: number; readonly total: number }
  | { readonly state: 'reading'; readonly file: string; readonly read: number; readonly total: number }
  | { readonly state: 'stored'; readonly file: string; readonly stored: Job['stored'] }
  | { readonly state: 'refused'; readonly file: string; readonly fault: FaultReply }

const POLL_MS = 300

/** Sends one file for one patient, of their own genome or of a tumour, and follows it until it is stored or refused. */
export function useUpload(id: string, of: 'files' | 'tumor/files' = 'files') {
  const client = useQueryClient()
  const [upload, setUpload] = useState<Upload>()
  async function start(file: File, fields: Readonly<Record<string, string>>) {
    try {
      const path = `${patientPath(id)}/${of}`
      let job = await send(path, file, fields, (sent) =>
        setUpload({ state: 'sending', file: file.name, sent, total: file.size }),
      )
      while (job.state === 'waiting' || job.state === 'reading') {
        setUpload({ state: 'reading', file: file.name, read: job.bytes.read, total: job.bytes.total })
        await new Promise((resolve) => setTimeout(resolve, POLL_MS))
        job = await getJson<Job>(`/api/jobs/${encodeURIComponent(job.id)}`)
      }
      if (job.fault !== undefined) setUpload({ state: 'refused', file: file.name, fault: job.fault })
      else setUpload({ state: 'stored', file: file.name, stored: job.stored })
      await client.invalidateQueries({ queryKey: ['patient', id] })
    } catch (error) {
      if (!(error instanceof FaultError)) throw error
      setUpload({ state: 'refused', file: file.name, fault: error.fault })
    }
  }
  return { upload, start, busy: upload?.state === 'sending' || upload?.state === 'reading' }
}

/** XMLHttpRequest, because fetch does not tell how many bytes of a request have left. Fields go before the file. */
function send(
  path: string,
  file: File,
  fields: Readonly<Record<string, string>>,
  progress: (sent: number) => void,
): Promise<Job> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) if (value.trim() !== '') form.append(name, value.trim())
  form.append('file', file)
  progress(0)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', path)
    for (const [name, value] of Object.entries({ ...purposeHeaders(path), ...csrfHeaders() }))
      request.setRequestHeader(name, value)
    request.upload.onprogress = (event) => progress(Math.min(event.loaded, file.size))
    request.onerror = () => reject(noServer(path))
    request.onload = () => {
      try {
        resolve(readAnswer<Job>(request.status, request.responseText, path))
      } catch (error) {
        reject(error)
      }
    }
    request.send(form)
  })
}
