import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { Fault } from '../../terms/fault.ts'
import type { AuditedAs } from '../http/audit-trail.ts'
import { parsed } from '../http/fault-reply.ts'
import { keyOf, seenBy } from '../http/patients.ts'
import type { Services } from '../http/services.ts'
import { scanned } from '../scan/scanner.ts'
import { mediaOf } from './received-files.ts'
import { wholeRecord } from './whole-record.ts'
import { sizeOf, zipOf } from './zip.ts'

/** Files of a person as they were received. */
export interface FilesReply {
  readonly files: readonly {
    readonly name: string
    readonly format: string
    readonly bytes: number
    readonly sha256: string
    readonly receivedAt: string
  }[]
}

const Named = z.object({
  id: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'a file is named by its SHA-256'),
})
const EXPORT = (interaction: string): AuditedAs => ({ kind: 'export', interaction, action: 'R' })

/**
 * What a person has a right to have (45 CFR 164.524): every file as it was received, and the whole record in one archive.
 *
 *   GET /api/patients/:id/files          FilesReply
 *   GET /api/patients/:id/files/:sha256  the bytes
 *   GET /api/patients/:id/record.zip     everything that the caller may see
 */
export function wholeRecordRoutes(server: FastifyInstance, services: Services): void {
  const { store } = services

  server.get(
    '/api/patients/:id/files',
    { config: { access: { action: 'read', kind: 'Variants', shows: 'genetic' } } },
    async (request): Promise<FilesReply> => {
      const files = await store.archive.list(keyOf(services, request.params))
      request.audit.count(files.length)
      return {
        files: files.map(({ name, format, bytes, sha256, receivedAt }) => ({
          name,
          format,
          bytes,
          sha256,
          receivedAt,
        })),
      }
    },
  )

  server.get(
    '/api/patients/:id/files/:sha256',
    {
      config: {
        access: { action: 'export', kind: 'Variants', shows: 'genetic' },
        audit: EXPORT('received-file'),
      },
    },
    async (request, reply) => {
      const { sha256 } = parsed(Named, request.params, 'path')
      const file = (await store.archive.list(keyOf(services, request.params))).find(
        (one) => one.sha256 === sha256,
      )
      if (file === undefined) throw unknownFile()
      request.audit.note(await scanned(services.scanner, () => file.read()))
      return reply
        .type(mediaOf(file))
        .header('content-length', String(file.bytes))
        .header('content-disposition', attachment(file.name))
        .send(Readable.from(file.read()))
    },
  )

  server.get(
    '/api/patients/:id/record.zip',
    {
      config: {
        access: { action: 'export', kind: 'Report', shows: 'person' },
        audit: EXPORT('whole-record'),
      },
    },
    async (request, reply) => {
      const key = keyOf(services, request.params)
      const seen = await seenBy(services, request, key)
      const whole = await wholeRecord(services, key, request.caller, seen)
      request.audit.count(whole.count)
      const content = Readable.from(zipOf(whole.members, services.now()))
      content.once('close', () => void whole.discard())
      return reply
        .type('application/zip')
        .header('content-length', String(sizeOf(whole.members)))
        .header('content-disposition', attachment(`record-${key.patient}.zip`))
        .send(content)
    },
  )
}

/** RFC 6266: an ASCII name for old programs, and the name itself. */
function attachment(name: string): string {
  const plain = name.replace(/[^\w.-]/g, '_')
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}

function unknownFile(): Fault {
  return new Fault(
    'FILE_UNKNOWN',
    'file',
    'there is no such file of this person',
    'See the files of the person.',
  )
}
