import { existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import type {
  DrugsReply,
  FactsReply,
  FaultReply,
  FileSummary,
  FindingsReply,
  Job,
  PatientPage,
  PatientRow,
  PatientSummary,
  TryReply,
} from '../../src/app/http/api.ts'
import type { SessionReply } from '../../src/app/login/session-api.ts'
import type { DrugAdvice } from '../../src/decide/plan.ts'
import type { Card } from '../../src/deliver/cds-hooks/card.ts'
import { reportHtml } from '../../src/deliver/page/report-html.ts'
import { exampleCase } from '../support/example-case.ts'

/** The built page; made by "npm run build". */
export const PAGE = join(import.meta.dirname, '..', '..', 'web', 'dist')
export const pageIsBuilt = () => existsSync(join(PAGE, 'index.html'))

/**
 * The built page over the hand-made example, answering as the JSON API's types say and holding no real data: it tests
 * what the page does with answers, without a database or a genome.
 */
export async function startPage(): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const world = new World()
  const server = createServer((request, response) => {
    world.answer(request, response).catch((error: unknown) => send(response, 500, String(error)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

const session: SessionReply = {
  kind: 'local',
  id: 'local',
  name: undefined,
  roles: ['clinician', 'administrator'],
  secondFactor: false,
  csrf: undefined,
  idleSeconds: undefined,
}
const { record, findings, plan } = exampleCase
const { genotypes, ...person } = record
const fileSummary: FileSummary = {
  sample: 'EXAMPLE-1',
  source: genotypes[0]!.source,
  assembly: 'GRCh38',
  notes: ['The file names its reference as GRCh38.'],
  calls: 9,
  gaps: 2,
}

class World {
  #people: PatientSummary[] = [
    { ...person, files: [fileSummary] },
    {
      ...person,
      id: 'p-2' as typeof person.id,
      name: 'Zoë <b>Quiet</b>',
      drugs: [],
      outsideCalls: [],
      files: [],
    },
  ]
  #jobs = new Map<string, { job: Job; asked: number; end: Job }>()

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://page')
    if (!url.pathname.startsWith('/api/')) return asset(response, url.pathname)
    const [, , kind, id, part] = url.pathname.split('/')
    if (kind === 'session') return json(response, 200, session)
    if (kind === 'facts') return json(response, 200, facts())
    if (kind === 'drugs') return json(response, 200, drugNames(url.searchParams.get('query') ?? ''))
    if (kind === 'jobs') return json(response, 200, this.#job(id!))
    if (kind !== 'patients') return fault(response, 'ROUTE_UNKNOWN', 'there is nothing at this address')
    if (id === undefined) {
      if (request.method === 'POST') return json(response, 201, this.#add(JSON.parse(await body(request))))
      return json(response, 200, this.#list(url.searchParams.get('search') ?? ''))
    }
    const found = this.#people.find((one) => one.id === id)
    if (found === undefined) return fault(response, 'PATIENT_UNKNOWN', `there is no patient "${id}"`)
    if (part === undefined) return json(response, 200, found)
    if (part === 'plan') return json(response, 200, plan)
    if (part === 'findings')
      return json(response, 200, { findings, facts: plan.facts } satisfies FindingsReply)
    if (part === 'report.html') {
      const page = reportHtml({ record, findings, plan, reportedOn: '2026-11-22', packs: [] })
      return send(response, 200, page, 'text/html; charset=utf-8')
    }
    if (part === 'try') return tried(response, JSON.parse(await body(request)).drug)
    if (part === 'drugs') {
      const { drugs } = JSON.parse(await body(request)) as { drugs: PatientSummary['drugs'] }
      this.#people = this.#people.map((one) => (one.id === id ? { ...one, drugs } : one))
      return json(response, 200, { drugs })
    }
    if (part === 'files') return json(response, 202, this.#receive(id, await body(request)))
    return fault(response, 'ROUTE_UNKNOWN', 'there is nothing at this address')
  }

  #list(search: string): PatientPage {
    const patients = this.#people
      .filter((one) => (one.name ?? '').toLowerCase().includes(search.toLowerCase()))
      .map(({ files, outsideCalls, drugs: _, measurements: __, context: ___, ...rest }): PatientRow => {
        return { ...rest, files: files.length, outsideCalls: outsideCalls.length }
      })
    return { patients, total: patients.length, next: undefined }
  }

  #add(sent: Partial<PatientSummary>): PatientSummary {
    const added: PatientSummary = {
      ...person,
      name: undefined,
      birthDate: undefined,
      ...sent,
      id: `p-${this.#people.length + 1}` as typeof person.id,
      drugs: [],
      outsideCalls: [],
      files: [],
    }
    this.#people = [...this.#people, added]
    return added
  }

  /** Anything that does not begin as a VCF is refused; the file is "read" over three questions about its job. */
  #receive(patient: string, form: string): Job {
    const file = /filename="([^"]*)"/.exec(form)?.[1] ?? 'file'
    const good = form.includes('##fileformat=VCF')
    const bytes = { read: 0, total: form.length }
    const job: Job = {
      id: `job-${this.#jobs.size}`,
      patient,
      file,
      state: 'reading',
      bytes,
      fault: undefined,
      stored: undefined,
    }
    const stored = { ...fileSummary, source: { ...fileSummary.source, name: file } }
    const end: Job = good
      ? { ...job, state: 'stored', stored }
      : { ...job, state: 'refused', fault: notVcf(file) }
    this.#jobs.set(job.id, { job, asked: 0, end })
    return job
  }

  #job(id: string): Job {
    const entry = this.#jobs.get(id)!
    entry.asked++
    const { job, end, asked } = entry
    if (asked < 3)
      return { ...job, bytes: { read: Math.floor((job.bytes.total * asked) / 3), total: job.bytes.total } }
    if (end.stored !== undefined && 'sample' in end.stored) {
      const file = end.stored
      this.#people = this.#people.map((one) => (one.id === job.patient ? { ...one, files: [file] } : one))
    }
    return end
  }
}

const notVcf = (file: string): FaultReply => ({
  code: 'VCF_NOT_VCF',
  where: `${file}, line 1`,
  what: 'the file does not begin as a VCF does',
  mend: 'Send a VCF whose first line is "##fileformat=VCFv4.x".',
})

const NAMES = [...plan.drugs.map((one) => one.drug), { name: 'clopidol', rxcui: undefined, atc: [] }]

function drugNames(query: string): DrugsReply {
  const text = query.toLowerCase()
  const brand = 'plavix'.startsWith(text)
  return {
    drugs: NAMES.filter((one) => one.name.startsWith(text) || (brand && one.name === 'clopidogrel')).map(
      (one) => ({
        ...one,
        matched: brand && one.name === 'clopidogrel' ? 'Plavix' : undefined,
      }),
    ),
  }
}

function tried(response: ServerResponse, text: string): void {
  const name = text.toLowerCase() === 'plavix' ? 'clopidogrel' : text.toLowerCase()
  const advice = plan.drugs.find((one) => one.drug.name === name)
  if (advice === undefined) fault(response, 'DRUG_UNKNOWN', `no drug is called "${text}"`)
  else {
    const reply: TryReply = { drugs: [advice.drug], advice: [advice], cards: cardsOf(advice) }
    json(response, 200, reply)
  }
}

function cardsOf(advice: DrugAdvice): readonly Card[] {
  const [first] = advice.recommendations
  if (first === undefined || advice.severity === 'none') return []
  return [
    {
      uuid: 'c0ffee00-0000-4000-8000-000000000001',
      summary: advice.headline,
      detail: `**${first.source}**: ${first.doThis}\n\n- ${first.because}\n- CYP2C19 \\*2/\\*17`,
      indicator: 'critical',
      source: { label: first.citation.title, url: first.citation.url ?? 'https://cpicpgx.org' },
      suggestions: [
        {
          label: 'Order prasugrel instead',
          uuid: 'c0ffee00-0000-4000-8000-000000000002',
          isRecommended: true,
          actions: [
            { type: 'delete', description: `Remove ${advice.drug.name}`, resourceId: 'MedicationRequest/1' },
          ],
        },
      ],
      overrideReasons: [{ system: 'urn:example', code: 'benefit', display: 'Benefit outweighs risk' }],
    },
  ]
}

function facts(): FactsReply {
  return {
    engine: plan.engine,
    packs: plan.facts.map(({ id, version }) => ({
      id,
      version,
      title: `Facts of ${id}`,
      source: 'https://example.org/',
      retrieved: '2025-11-05',
      licence: 'CC0-1.0',
      attribution: 'Nobody in particular.',
      limits: ['Made for a test.'],
    })),
  }
}

async function body(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('latin1')
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
}

function asset(response: ServerResponse, path: string): void {
  const file = join(PAGE, path)
  const known = extname(path) !== '' && file.startsWith(PAGE) && existsSync(file)
  const shown = known ? file : join(PAGE, 'index.html')
  send(response, 200, readFileSync(shown), TYPES[extname(shown)] ?? 'application/octet-stream')
}

function json(response: ServerResponse, status: number, value: object): void {
  send(response, status, JSON.stringify(value), 'application/json')
}

function fault(response: ServerResponse, code: string, what: string): void {
  const reply: FaultReply = { code, where: 'request', what, mend: 'Ask for something that is there.' }
  json(response, 404, reply)
}

function send(response: ServerResponse, status: number, content: string | Buffer, type = 'text/plain'): void {
  response.writeHead(status, { 'content-type': type }).end(content)
}
