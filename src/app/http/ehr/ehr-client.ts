/** Which EHR a CDS service may call back, and how long it waits (CDS Hooks 2.0, "Providing FHIR Resources to a CDS Service"). */
export interface EhrAccess {
  /** Whether this FHIR server may be called: a client must not make Garrod send its token, or a request, anywhere else. */
  allows(fhirServer: string): boolean
  /** For everything one call fetches, ms. */
  readonly timeLimit: number
}

/** Where one call may be answered from. */
interface FetchGrant {
  readonly fhirServer: string
  readonly accessToken: string
}

/** What came of a fetch: a resource, and a sentence for the card that says why there is none, or only a part of it. */
export interface Fetched {
  readonly resource: Readonly<Record<string, unknown>> | undefined
  readonly why: string | undefined
}

/** Largest answer taken, bytes: one page of a medication list. */
const LARGEST_ANSWER = 4 * 2 ** 20

/** Fetches from the EHR of one call, all within one time limit. The token is sent to that server alone, and kept nowhere. */
export class EhrClient {
  readonly #base: string
  readonly #token: string
  readonly #signal: AbortSignal
  readonly #limit: number

  constructor({ fhirServer, accessToken }: FetchGrant, timeLimit: number) {
    this.#base = fhirServer.endsWith('/') ? fhirServer : `${fhirServer}/`
    this.#token = accessToken
    this.#limit = timeLimit
    this.#signal = AbortSignal.timeout(timeLimit)
  }

  /** Reads `path` of the EHR's FHIR server, or the absolute address of a next page of the same server. Never throws. */
  async get(path: string): Promise<Fetched> {
    const address = URL.canParse(path, this.#base) ? new URL(path, this.#base) : undefined
    const base = new URL(this.#base)
    if (
      address === undefined ||
      address.origin !== base.origin ||
      !address.pathname.startsWith(base.pathname)
    )
      return failed('The EHR named a page outside its FHIR server')
    try {
      const response = await fetch(address, {
        headers: { accept: 'application/fhir+json', authorization: `Bearer ${this.#token}` },
        // A redirect could lead the token to somebody else.
        redirect: 'error',
        signal: this.#signal,
      })
      if (!response.ok) {
        await response.body?.cancel()
        return failed(
          response.status === 401 || response.status === 403
            ? 'The EHR did not let Garrod read it'
            : `The EHR answered with status ${response.status}`,
        )
      }
      const body: unknown = JSON.parse(await textOf(response))
      return isResource(body) ? { resource: body, why: undefined } : failed('The EHR sent no FHIR resource')
    } catch (error) {
      if (this.#signal.aborted) return failed(`The EHR did not answer within ${this.#limit} ms`)
      return failed(error instanceof SyntaxError ? 'The EHR sent no JSON' : 'The EHR could not be reached')
    }
  }
}

function failed(why: string): Fetched {
  return { resource: undefined, why }
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > LARGEST_ANSWER) throw new SyntaxError('too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function isResource(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && 'resourceType' in value
}
