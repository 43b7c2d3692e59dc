import * as z from 'zod'
import { Fault } from '../../terms/fault.ts'
import { issueWords } from '../../terms/schema-issue.ts'
import type { Hook } from './hooks.ts'

const text = z.string().trim().min(1)
/** A FHIR resource of which only the kind is checked here. */
export const AnyResource = z.looseObject({ resourceType: text })
export type AnyResource = z.infer<typeof AnyResource>
export const AnyBundle = z.looseObject({
  resourceType: z.literal('Bundle'),
  link: z.array(z.looseObject({ relation: z.string() })).optional(),
  entry: z.array(z.looseObject({ resource: AnyResource.optional() })).optional(),
})
export type AnyBundle = z.infer<typeof AnyBundle>

/** A FHIR id: what may stand in Patient/<id>. */
const fhirId = z
  .string()
  .regex(/^[A-Za-z0-9.-]{1,64}$/, 'use a FHIR id: 1 to 64 letters, digits, dots or hyphens')
const anyContext = { userId: text, patientId: fhirId, encounterId: fhirId.optional() }
const CONTEXTS = {
  'patient-view': z.looseObject(anyContext),
  'order-select': z.looseObject({
    ...anyContext,
    selections: z.array(text),
    draftOrders: AnyBundle,
  }),
  'order-sign': z.looseObject({ ...anyContext, draftOrders: AnyBundle }),
}

/** Fields of every call (CDS Hooks 2.0, "HTTP Request"); what the standard lets a client add is let through. */
const Envelope = z.looseObject({
  hook: text,
  hookInstance: z.guid(),
  fhirServer: z.url().optional(),
  fhirAuthorization: z
    .looseObject({
      access_token: text,
      token_type: z.literal('Bearer'),
      expires_in: z.number().int(),
      scope: z.string(),
      subject: text,
    })
    .optional(),
  context: z.looseObject({}),
  /** A template without data is null; one the client did not satisfy is left out. */
  prefetch: z.record(z.string(), z.unknown()).optional(),
})

export interface HookRequest {
  readonly hook: Hook
  readonly hookInstance: string
  readonly patientId: string
  readonly encounterId: string | undefined
  /** References of the orders just selected, for order-select; undefined where the hook has no selection. */
  readonly selections: readonly string[] | undefined
  readonly draftOrders: AnyBundle | undefined
  readonly prefetch: Readonly<Record<string, unknown>>
  /** Who is at the screen, as the EHR names them: "Practitioner/123". */
  readonly userId: string
  /** Set when the client lets the service fetch for itself. */
  readonly grant: { readonly fhirServer: string; readonly accessToken: string } | undefined
}

/**
 * Reads the body of a call of one hook. Throws CDS_REQUEST_MALFORMED, naming the field, when it is not a call of
 * that hook.
 */
export function readHookRequest(hook: Hook, body: unknown): HookRequest {
  const envelope = checked(Envelope, body, 'request')
  if (envelope.hook !== hook) {
    throw malformed('request.hook', `this service answers ${hook}, not "${envelope.hook}"`)
  }
  const context: z.infer<(typeof CONTEXTS)['patient-view']> & {
    selections?: string[]
    draftOrders?: AnyBundle
  } = checked(CONTEXTS[hook], envelope.context, 'request.context')
  return {
    hook,
    hookInstance: envelope.hookInstance,
    patientId: context.patientId,
    encounterId: context.encounterId,
    selections: hook === 'order-select' ? context.selections : undefined,
    draftOrders: hook === 'patient-view' ? undefined : context.draftOrders,
    prefetch: envelope.prefetch ?? {},
    userId: context.userId,
    grant:
      envelope.fhirServer === undefined || envelope.fhirAuthorization === undefined
        ? undefined
        : { fhirServer: envelope.fhirServer, accessToken: envelope.fhirAuthorization.access_token },
  }
}

function checked<T>(schema: z.ZodType<T>, value: unknown, at: string): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [first] = parsed.error.issues
  const where = [at, ...(first?.path ?? [])].join('.')
  throw malformed(where, issueWords(first, 'not as the standard says'))
}

function malformed(where: string, what: string): Fault {
  return new Fault(
    'CDS_REQUEST_MALFORMED',
    where,
    what,
    'Send the call as CDS Hooks 2.0 describes it (https://cds-hooks.hl7.org/2.0/).',
  )
}
