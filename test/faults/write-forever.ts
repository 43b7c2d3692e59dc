import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { FrameReader, framed } from '../../src/app/exchange/mllp-frame.ts'
import { labPdf, table } from '../support/lab-pdf.ts'
import { smallVcf } from '../support/small-vcf.ts'
import { OBSERVATIONS, type Promised, sha256 } from './promises.ts'
import type { ServedGarrod } from './served-garrod.ts'

let report: Promise<Uint8Array> | undefined

/** A laboratory's report that states two results. */
const labReport = () => {
  report ??= labPdf([
    table(
      ['Gene', 'Genotype', 'Phenotype'],
      ['CYP2C19', '*2/*17', 'Intermediate Metabolizer'],
      ['CYP2D6', '*1/*4', 'Intermediate Metabolizer'],
    ),
  ])
  return report
}

/** Somebody who writes through every door of a server until it dies. */
interface Writers {
  /** What was acknowledged so far. */
  readonly promised: Promised[]
  /** After this nothing counts as acknowledged. */
  stop(): void
  /** Resolves when every writer noticed. Throws what a living server refused. */
  readonly ended: Promise<void>
}

/** `round` keeps what is written apart from other rounds. */
export function writeForever({ url, mllpPort }: ServedGarrod, round: number): Writers {
  const promised: Promised[] = []
  const stopped = new AbortController()
  const acknowledge = (one: Promised) => {
    if (!stopped.signal.aborted) promised.push(one)
  }

  /** Undefined when the server went away before it answered. Throws on any other answer than the one expected. */
  async function ask(path: string, method: string, body: unknown, expected: number) {
    const raw = body instanceof Uint8Array
    const response = await fetch(`${url}${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: body instanceof FormData || raw ? (body as BodyInit) : JSON.stringify(body) }),
      headers:
        body === undefined || body instanceof FormData
          ? {}
          : {
              'content-type': raw
                ? 'application/pdf'
                : path.startsWith('/fhir')
                  ? 'application/fhir+json'
                  : 'application/json',
            },
      signal: stopped.signal,
    })
      .then(async (answer) => ({ status: answer.status, text: await answer.text() }))
      .catch(() => undefined)
    if (response === undefined) throw GONE
    // What a database that was killed first makes of requests in hand: refused, so not promised.
    if (response.status === 503) throw GONE
    if (response.status !== expected)
      throw new Error(`${method} ${path}: ${response.status} ${response.text}`)
    return JSON.parse(response.text === '' ? 'null' : response.text)
  }
  const register = (id: string, more: object = {}) => ask('/api/patients', 'POST', { id, ...more }, 201)

  async function transactions(i: number) {
    const patient = `t-${round}-${i}`
    const entry = [
      { resourceType: 'Patient', id: patient, name: [{ family: 'Example' }] },
      ...Array.from({ length: OBSERVATIONS }, (_, n) => observation(`${patient}-${n}`, patient, i + 1)),
    ].map((resource) => ({
      resource,
      request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
    }))
    await ask('/fhir/R4/', 'POST', { resourceType: 'Bundle', type: 'transaction', entry }, 200)
    acknowledge({ kind: 'transaction', patient, value: i + 1 })
  }

  async function messages(i: number) {
    const patient = `m-${round}`
    if (i === 0) await register(patient, { identifiers: [{ system: 'urn:id:HOSP', value: patient }] })
    const raw = `${[
      `MSH|^~\\&|LAB|SITE|EHR|HOSP|20261122103000+0100||ORU^R01^ORU_R01|K${round}-${i + 1}|P|2.5.1`,
      `PID|1||${patient}^^^HOSP^MR||One^Example||19580314|M`,
      `OBR|1||F${round}-${i + 1}^LAB|51969-4^Report^LN|||||||||||||||||||F`,
      `OBX|1|NM|29463-7^Body weight^LN||${i + 1}|kg^kg^UCUM|||||F`,
      `OBX|2|NM|8302-2^Body height^LN||${i + 1}|cm^cm^UCUM|||||F`,
    ].join('\r')}\r`
    const answer = await send(mllpPort, raw)
    if (answer === undefined || /\rERR.*\|DATABASE_/.test(answer)) throw GONE
    if (!/\rMSA\|AA/.test(answer)) throw new Error(answer)
    acknowledge({ kind: 'message', patient, value: i + 1, raw })
  }

  async function uploads(i: number) {
    const patient = `u-${round}-${i}`
    await register(patient)
    const text = smallVcf([`SAMPLE-${round}-${i}`])
    const form = new FormData()
    form.append('file', new Blob([text]), 'panel.vcf')
    await ask(`/api/patients/${patient}/files`, 'POST', form, 202)
    acknowledge({ kind: 'upload', patient, sha256: sha256(text) })
  }

  async function documents(i: number) {
    const patient = `d-${round}-${i}`
    await register(patient)
    const pdf = await labReport()
    const { document } = await ask(`/api/patients/${patient}/documents`, 'POST', pdf, 202)
    acknowledge({ kind: 'document', patient, document, sha256: sha256(pdf) })
    for (;;) {
      const [first] = await ask(`/api/patients/${patient}/proposals`, 'GET', undefined, 200)
      if (first !== undefined) {
        const { documentVersion, ordinal } = first
        const decision = { document, documentVersion, ordinal, decision: 'confirm' }
        await ask(`/api/patients/${patient}/proposals`, 'POST', decision, 200)
        acknowledge({ kind: 'decision', patient, document, ordinal })
        return
      }
      await sleep(20)
    }
  }

  const ended = Promise.all(
    [transactions, messages, uploads, documents].map(async (write) => {
      for (let i = 0; !stopped.signal.aborted; i++) {
        try {
          await write(i)
        } catch (error) {
          if (error === GONE) return
          throw error
        }
      }
    }),
  ).then(() => undefined)
  // Told by whoever waits for it.
  ended.catch(() => undefined)
  return { promised, stop: () => stopped.abort(), ended }
}

const GONE = new Error('the server went away')

function observation(id: string, patient: string, value: number) {
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
    subject: { reference: `Patient/${patient}` },
    effectiveDateTime: '2026-11-22',
    valueQuantity: { value, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
  }
}

/** The answer to one message, or undefined when the connection ended without one. */
export function send(port: number, message: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    const reader = new FrameReader(2 ** 20)
    socket.on('connect', () => socket.write(framed(message)))
    socket.on('data', (chunk) => {
      for (const frame of reader.push(chunk)) {
        if (frame.kind !== 'message') continue
        resolve(Buffer.from(frame.bytes).toString('utf8'))
        socket.destroy()
      }
    })
    socket.on('error', () => resolve(undefined))
    socket.on('close', () => resolve(undefined))
  })
}
