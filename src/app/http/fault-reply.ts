import { randomUUID } from 'node:crypto'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type * as z from 'zod'
import { Fault } from '../../terms/fault.ts'
import { issueWords } from '../../terms/schema-issue.ts'
import type { FaultReply } from './api.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the body of a request to the route is, where that is not JSON: "a PDF as application/pdf". */
    takes?: string
  }
}

const STATUS: Readonly<Record<string, number>> = {
  PATIENT_UNKNOWN: 404,
  CARD_UNKNOWN: 404,
  CDS_NOT_SET: 404,
  DOCUMENT_UNKNOWN: 404,
  PROPOSAL_UNKNOWN: 404,
  PROPOSAL_DECIDED: 409,
  DOCUMENT_OF_ANOTHER: 409,
  CLASSIFICATION_UNKNOWN: 404,
  CLASSIFICATION_OPEN: 409,
  CLASSIFICATION_CHANGED: 409,
  CLASSIFICATION_SIGNED: 409,
  CLASSIFICATION_RULES: 409,
  TUMOR_UNKNOWN: 404,
  TUMOR_FILE_UNKNOWN: 404,
  BOARD_DECISION_UNKNOWN: 404,
  BOARD_DECISION_CHANGED: 409,
  BOARD_DECISION_CLOSED: 409,
  BOARD_CASE_CHANGED: 409,
  JOB_UNKNOWN: 404,
  MESSAGE_UNKNOWN: 404,
  MESSAGE_FILED: 409,
  MESSAGE_DISCARDED: 409,
  MESSAGE_CHANGED: 409,
  IDENTITY_CONTRADICTION: 409,
  IDENTITY_AMBIGUOUS: 409,
  PLAN_UNKNOWN: 404,
  TRIAL_UNKNOWN: 404,
  SERVICE_UNKNOWN: 404,
  ROUTE_UNKNOWN: 404,
  PATIENT_EXISTS: 409,
  PATIENT_IDENTIFIER_TAKEN: 409,
  PATIENT_POSSIBLY_KNOWN: 409,
  RECORD_CHANGED: 409,
  CDS_PREFETCH_MISSING: 412,
  UPLOAD_TOO_LARGE: 413,
  FILE_UNKNOWN: 404,
  AMENDMENT_UNKNOWN: 404,
  AMENDMENT_STATE: 409,
  FILE_INFECTED: 422,
  SCANNER_UNAVAILABLE: 503,
  ARCHIVE_DISK: 507,
  AUDIT_ANCHOR_DISK: 507,
  CROSS_SITE: 403,
  ACCESS_DENIED: 403,
  BREAK_GLASS_OWN: 403,
  BREAK_GLASS_UNKNOWN: 404,
  BREAK_GLASS_REVIEWED: 409,
  LOGIN_REQUIRED: 401,
  CSRF: 403,
  ACCOUNT_PAGE_ONLY: 403,
  PASSWORD_WRONG: 403,
  SECOND_FACTOR_NEEDED: 403,
  APP_UNKNOWN: 404,
  USER_UNKNOWN: 404,
  SESSION_UNKNOWN: 404,
  CLIENT_UNKNOWN: 404,
  TOO_MANY_REQUESTS: 429,
  RESEARCH_BUDGET: 429,
  TYPE_UNKNOWN: 404,
  PURPOSE_UNKNOWN: 400,
  HOST_UNKNOWN: 421,
  AUDIT_LOG_BROKEN: 503,
  AUDIT_UNAVAILABLE: 503,
}

/** HTTP status of a fault: 400 for a malformed request, 503 for the database, 422 for content that cannot be used. */
export function statusOf(code: string): number {
  const known = STATUS[code]
  if (known !== undefined) return known
  if (code.endsWith('_MALFORMED')) return 400
  return code.startsWith('DATABASE_') ? 503 : 422
}

/**
 * Any error as the client sees it. A fault says what to do; a bug says only an id, under which the log has the place
 * in the code. The message of a bug may quote what it stumbled over, so it is neither sent nor logged.
 */
export function faultReply(
  error: unknown,
  log: (line: string) => void,
  takes?: string,
): { readonly status: number; readonly body: FaultReply } {
  if (error instanceof Fault) return { status: statusOf(error.code), body: outward(error).toJSON() }
  const refused = refusedByFastify(error, takes)
  if (refused !== undefined) return refused
  const id = randomUUID()
  log(`bug ${id}: ${placeOf(error)}`)
  return {
    status: 500,
    body: {
      code: 'INTERNAL',
      where: id,
      what: 'something went wrong inside Garrod; nothing was changed by this request unless you see it',
      mend: 'Try again; if it stays, report this id with the lines of the log that hold it.',
    },
  }
}

/** A fault as it is told over the network: where the database is, and under which name it is opened, is not told. */
export function outward(fault: Fault): Fault {
  if (!fault.code.startsWith('DATABASE_')) return fault
  return new Fault(fault.code, 'database', fault.what, fault.mend)
}

const JSON_BODY = 'JSON with "content-type: application/json"'

function refusedByFastify(error: unknown, takes = JSON_BODY): ReturnType<typeof faultReply> | undefined {
  const { code, statusCode } = error as Partial<FastifyError>
  if (code === undefined || statusCode === undefined || statusCode < 400 || statusCode >= 500)
    return undefined
  const what = {
    413: 'the request is larger than this address takes',
    415: 'the content type is not one this address takes',
  }[statusCode]
  return {
    status: statusCode,
    body: {
      code: 'REQUEST_MALFORMED',
      where: 'request',
      what: what ?? 'the request cannot be read',
      mend: statusCode === 413 ? 'Send it in parts.' : `Send ${takes}.`,
    },
  }
}

/** What the bulk doors answer to a body of another kind, as FHIR. */
export function contentTypeRefused(error: unknown, takes: string): unknown {
  if ((error as Partial<FastifyError>).statusCode !== 415) return error
  const what = 'the content type is not one this address takes'
  return new Fault('CONTENT_TYPE_REFUSED', 'content-type', what, `Send ${takes}.`)
}

/** Kind of the error and where in the code it arose, without its message. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'thrown value'
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const code = (error as NodeJS.ErrnoException).code
  return [`${error.name}${code === undefined ? '' : ` ${code}`}`, ...frames.map((line) => line.trim())].join(
    ' ',
  )
}

/** Fastify's error handler. */
export function answerFault(log: (line: string) => void) {
  return async (error: unknown, { routeOptions }: FastifyRequest, reply: FastifyReply) => {
    const { status, body } = faultReply(error, log, routeOptions.config.takes)
    return reply.code(status).header('cache-control', 'no-store').send(body)
  }
}

/** The value as the schema says it. Throws REQUEST_MALFORMED, naming the field. */
export function parsed<S extends z.ZodType>(schema: S, value: unknown, at: string): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [first] = result.error.issues
  throw new Fault(
    'REQUEST_MALFORMED',
    [at, ...(first?.path ?? [])].join('.'),
    issueWords(first, 'not as expected'),
    'Correct this field and send the request again.',
  )
}
