import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { fhirStatusOf, type OutcomeIssue, outcomeOf } from '../../fhir/rest/outcome.ts'
import type { Resource } from '../../record/resource.ts'
import { readResourceText } from '../../record/resource-text.ts'
import { Fault } from '../../terms/fault.ts'
import { dispatch } from '../fhir/dispatch.ts'
import type { FhirContext, FhirService } from '../fhir/fhir-service.ts'
import { FHIR_ROOT } from '../fhir/routes.ts'
import { contentTypeRefused } from '../http/fault-reply.ts'

/** Largest import, bytes. */
const LARGEST = 1024 * 2 ** 20
/** Longest line, characters: one resource with its attachment. */
const LONGEST = 32 * 2 ** 20
/** Resources written in one transaction. */
const GROUP = 100
/** Lines whose faults are told one by one. */
const MOST_TOLD = 100

interface Line {
  readonly number: number
  readonly resource: Resource
}

/**
 * POST [base]/$import with NDJSON, as a bulk export writes it: every line a resource with its id, put under the rules of any
 * other write. People first: a resource about somebody who is not registered is refused. Resources are written a hundred at a time;
 * when one of a hundred is refused, the others are written one by one, and the answer names the line.
 */
export function importRoute(
  server: FastifyInstance,
  service: FhirService,
  contextOf: (request: FastifyRequest) => Promise<FhirContext>,
): void {
  server.register(async (bulk) => {
    bulk.removeAllContentTypeParsers()
    bulk.addContentTypeParser(
      ['application/fhir+ndjson', 'application/ndjson', 'application/x-ndjson'],
      { bodyLimit: LARGEST },
      (_request, stream, done) => done(null, stream),
    )
    bulk.setErrorHandler(async (thrown, _request, reply) => {
      const error = contentTypeRefused(thrown, 'one resource a line as application/fhir+ndjson')
      if (!(error instanceof Fault)) throw error
      const type = 'application/fhir+json; charset=utf-8'
      return reply
        .code(fhirStatusOf(error.code))
        .header('content-type', type)
        .send(JSON.stringify(outcomeOf(error)))
    })
    bulk.post(
      `${FHIR_ROOT}/$import`,
      { bodyLimit: LARGEST, config: { audit: false } },
      async (request, reply) => {
        const context = await contextOf(request)
        const issues: OutcomeIssue[] = []
        let written = 0
        let refused = 0
        const flush = async (group: readonly Line[]) => {
          const bad = await putAll(service, context, group)
          written += group.length - bad.length
          refused += bad.length
          issues.push(...bad.slice(0, Math.max(0, MOST_TOLD - issues.length)))
        }
        let group: Line[] = []
        let number = 0
        for await (const text of createInterface({
          input: request.body as Readable,
          crlfDelay: Number.POSITIVE_INFINITY,
        })) {
          number++
          if (text.trim() === '') continue
          const read = readLine(text, number)
          if ('resource' in read) group.push(read)
          else {
            refused++
            if (issues.length < MOST_TOLD) issues.push(read.issue)
          }
          if (group.length >= GROUP) {
            await flush(group)
            group = []
          }
        }
        if (group.length > 0) await flush(group)
        const summary: OutcomeIssue = {
          severity: refused === 0 ? 'information' : 'warning',
          code: 'informational',
          diagnostics: `${written} resources written, ${refused} lines refused`,
        }
        return reply
          .code(200)
          .header('content-type', 'application/fhir+json; charset=utf-8')
          .send(JSON.stringify({ resourceType: 'OperationOutcome', issue: [summary, ...issues] }))
      },
    )
  })

  function readLine(text: string, number: number): Line | { readonly issue: OutcomeIssue } {
    const malformed = (what: string, mend: string) => ({
      issue: issueOf(new Fault('IMPORT_LINE_MALFORMED', `line ${number}`, what, mend), number),
    })
    if (text.length > LONGEST) return malformed('the line is too long', 'Send one resource a line.')
    try {
      const resource = readResourceText(text) as Resource
      if (typeof resource?.resourceType !== 'string' || typeof resource.id !== 'string')
        return malformed('it is not a resource with an id', 'Send resources as a bulk export writes them.')
      return { number, resource }
    } catch {
      return malformed('it is not JSON', 'Send one resource a line, as NDJSON.')
    }
  }
}

/** Faults of the lines that were not written. */
async function putAll(
  service: FhirService,
  context: FhirContext,
  group: readonly Line[],
): Promise<readonly OutcomeIssue[]> {
  const [only] = group
  try {
    await dispatch(service, context, {
      method: 'POST',
      path: [],
      query: [],
      headers: {},
      bodyType: 'json',
      body: {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: group.map(({ resource }) => ({
          resource,
          request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
        })),
      },
    })
    return []
  } catch (error) {
    if (!(error instanceof Fault) || /^(DATABASE_|ACCESS_DENIED|AUDIT_)/.test(error.code)) throw error
    if (group.length === 1) return [issueOf(error, only!.number)]
    const found: OutcomeIssue[] = []
    for (const line of group) found.push(...(await putAll(service, context, [line])))
    return found
  }
}

function issueOf(fault: Fault, line: number): OutcomeIssue {
  const [first] = outcomeOf(fault).issue
  return { ...first!, severity: 'error', diagnostics: `line ${line}: ${fault.what} (${fault.where})` }
}
