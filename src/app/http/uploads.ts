import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ReceivedFile } from '../../store/archive/received-file.ts'
import { Fault } from '../../terms/fault.ts'
import { Told } from '../board/told.ts'
import { UPLOAD } from '../jobs/upload-job.ts'
import { scanned } from '../scan/scanner.ts'
import { FileFields, type Job } from './api.ts'
import { parsed } from './fault-reply.ts'
import { uploadState } from './jobs.ts'
import { keyOf, recordOf } from './patients.ts'
import { act, type Services } from './services.ts'

/** Routes of uploads: the bytes go straight to the archive's waiting room, then a job reads and stores them. */
export async function uploadRoutes(
  server: FastifyInstance,
  services: Services,
  wake: () => void,
): Promise<void> {
  await server.register(multipart, {
    throwFileSizeLimit: false,
    limits: { files: 1, fields: 10, fieldSize: 60_000, parts: 11, fileSize: services.largestFile },
  })

  /** Of a tumour the fields say what the sender knows of it; else which sample of the file is the person. */
  const upload =
    (ofTumor: boolean) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<Job> => {
      const key = keyOf(services, request.params)
      if (!request.isMultipart()) throw noFile()
      await recordOf(services, key)
      const fields: Record<string, unknown> = {}
      let received: ReceivedFile | undefined
      try {
        for await (const part of request.parts()) {
          if (part.type === 'field') {
            fields[part.fieldname] = part.value
            continue
          }
          received = await services.store.archive.receive(plainName(part.filename), part.file)
          if (part.file.truncated) throw tooLarge(services.largestFile)
        }
        const asked = ofTumor
          ? { sample: undefined, tumor: parsed(Told, fields, 'form') }
          : { sample: parsed(FileFields, fields, 'form').sample }
        if (received === undefined) throw noFile()
        const { read } = received
        request.audit.note(await scanned(services.scanner, read))
        const job = await services.store.uploads.hold(
          key,
          received,
          { job: UPLOAD, ...asked },
          act(services, request.caller.id),
        )
        wake()
        reply.code(202)
        return uploadState(services, job)
      } catch (error) {
        await received?.discard()
        throw error
      }
    }
  const config = { audit: { interaction: 'upload' }, takes: 'one file as multipart/form-data' } as const
  server.post('/api/patients/:id/files', { config }, upload(false))
  server.post('/api/patients/:id/tumor/files', { config }, upload(true))
}

/** The name as the sender has it, without folders and control characters; it is shown, never used as a path. */
function plainName(name: string | undefined): string {
  const last = (name ?? '').split(/[\\/]/).at(-1) ?? ''
  const plain = [...last]
    .filter((one) => one >= ' ' && one !== '\u007f')
    .slice(0, 200)
    .join('')
  return plain.trim() === '' ? 'unnamed file' : plain
}

function noFile(): Fault {
  return new Fault(
    'REQUEST_MALFORMED',
    'form',
    'there is no file in the request',
    'Send one file as multipart/form-data.',
  )
}

function tooLarge(most: number): Fault {
  return new Fault(
    'UPLOAD_TOO_LARGE',
    'file',
    `the file is larger than ${Math.round(most / 2 ** 20)} MiB`,
    'Cut it to the regions of the panel, or read it on this machine with "garrod ingest".',
  )
}
