import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FeasibilityReply } from '../../src/app/trials/feasibility-routes.ts'
import type { PersonTrialsReply } from '../../src/app/trials/trial-routes.ts'
import type { Resource } from '../../src/record/resource.ts'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { ecogOf, KRAS_TRIAL, keepAll, lungOf, womanOf } from '../support/trial-person.ts'
import { trialsSettled } from '../support/trials-settled.ts'
import { sendTumor } from '../support/tumor-board.ts'

let server: TestServer
before(async () => {
  server = await testServer()
})
after(() => server.close())

const api = (path: string) => `${server.url}/api/${path}`
const fhir = (path: string) => `${server.url}/fhir/R4/${path}`
const keep = (...resources: Resource[]) => keepAll(server.url, resources)

const HEADER =
  'Hugo_Symbol	NCBI_Build	Chromosome	Start_Position	End_Position	Reference_Allele	Tumor_Seq_Allele2	Variant_Classification	HGVSp_Short	Tumor_Sample_Barcode'
const G12C = [HEADER, 'KRAS	GRCh37	12	25398285	25398285	C	A	Missense_Mutation	p.G12C	T1', ''].join(
  '\n',
)
/** A tumour with another change, in which KRAS was read. */
const BRAF = [HEADER, 'BRAF	GRCh37	7	140453136	140453136	A	T	Missense_Mutation	p.V600E	T1', ''].join(
  '\n',
)

async function trialsOf(id: string): Promise<PersonTrialsReply> {
  const { status, body } = await call(api(`patients/${id}/trials?all=true`))
  assert.equal(status, 200, JSON.stringify(body))
  return body as unknown as PersonTrialsReply
}

interface Entry {
  readonly resource: Resource
  readonly search: { readonly extension?: readonly { valueCode?: string }[] }
}
async function matchOf(id: string): Promise<readonly Entry[]> {
  const { status, body } = await call(fhir(`ResearchStudy/$match?subject=Patient/${id}`))
  assert.equal(status, 200, JSON.stringify(body))
  return body['entry'] as readonly Entry[]
}
const gradeIn = (entries: readonly Entry[]) =>
  entries.find(({ resource }) => resource.id === 'trial-22-100')?.search.extension?.[0]?.valueCode

async function person(id: string, ...more: Resource[]): Promise<void> {
  await keep(womanOf(id), ecogOf(id, 1), ...more)
}

const tasksOf = async (id: string) =>
  (((await call(fhir(`Task?subject=Patient/${id}`))).body['entry'] ?? []) as Entry[]).map(({ resource }) =>
    String(resource['description']),
  )

test('a file of the tumour makes a person eligible in both directions, and is named', async () => {
  const { status } = await call(api('trials'), 'POST', [KRAS_TRIAL])
  assert.equal(status, 200)
  await person('u1')
  assert.equal((await trialsOf('u1')).trials[0]!.verdict, 'unknown')
  assert.equal(gradeIn(await matchOf('u1')), 'possible')
  const told = { specimen: 'lung 1', diagnosis: 'LUAD', genes: 'KRAS,EGFR', assay: 'Panel X' }
  assert.equal((await sendTumor(server.url, 'u1', G12C, told)).state, 'stored')

  const reply = await trialsOf('u1')
  assert.equal(reply.trials[0]!.verdict, 'met')
  const kras = reply.trials[0]!.clauses[0]!.reasons.find(({ criterion }) => criterion.startsWith('KRAS'))
  assert.equal(kras?.because, 'KRAS p.G12C was found (lung 1: tumour.maf)')
  assert.deepEqual(
    reply.files.map(({ specimen, diagnosis, files, fault }) => [
      specimen,
      diagnosis,
      files.map((f) => f.name),
      fault,
    ]),
    [['lung 1', 'LUAD', ['tumour.maf'], undefined]],
  )
  const entries = await matchOf('u1')
  assert.equal(gradeIn(entries), 'certain')
  assert.match(
    JSON.stringify(entries.at(-1)),
    /Files of the tumour lung 1 were used: tumour\.maf, received 2026/,
  )
  const { body } = await call(api('trials/trial-22-100/feasibility'))
  assert.deepEqual((body as unknown as FeasibilityReply).clauses[0]!.eligible, ['u1'])
})

test('a gene that the file does not cover is unknown; one that it covers and does not list is not met', async () => {
  await person('u2', lungOf('u2'))
  await sendTumor(server.url, 'u2', BRAF, { specimen: 'a', genes: 'BRAF' })
  assert.equal((await trialsOf('u2')).trials[0]!.verdict, 'unknown')
  await person('u3', lungOf('u3'))
  await sendTumor(server.url, 'u3', BRAF, { specimen: 'a', genes: 'BRAF,KRAS', assay: 'Panel X' })
  const [none] = (await trialsOf('u3')).trials
  assert.equal(none!.verdict, 'not met')
  assert.match(JSON.stringify(none), /which was tested \(Panel X, a: tumour\.maf\)/)
})

test('plasma in which nothing was found leaves the gene open', async () => {
  await person('u8', lungOf('u8'))
  const told = { specimen: 'plasma', specimenKind: 'plasma', genes: 'BRAF,KRAS,NRAS' }
  await sendTumor(server.url, 'u8', BRAF, told)
  const [open] = (await trialsOf('u8')).trials
  assert.equal(open!.verdict, 'unknown')
  assert.match(
    JSON.stringify(open),
    /nothing was found in plasma in KRAS, which does not rule out mutations of the tumour/,
  )
})

test('files of another cancer than that of the record leave open which of them a trial is for', async () => {
  await person('u4', lungOf('u4'))
  await sendTumor(server.url, 'u4', G12C, { specimen: 'bowel', diagnosis: 'COAD', genes: 'KRAS' })
  assert.equal((await trialsOf('u4')).trials[0]!.verdict, 'unknown')
  await person('u5', lungOf('u5'))
  await sendTumor(server.url, 'u5', G12C, { specimen: 'lung', diagnosis: 'NSCLC', genes: 'KRAS' })
  assert.equal((await trialsOf('u5')).trials[0]!.verdict, 'met', 'NSCLC is the wider word for the same')
})

test('who is watched is matched again when a file comes and when it is taken back', async () => {
  await person('u6', lungOf('u6'))
  await call(api('patients/u6/trials/watch'), 'PUT', { wanted: true })
  await sendTumor(server.url, 'u6', G12C, { specimen: 'a', genes: 'KRAS' })
  await trialsSettled(server)
  const told = await tasksOf('u6')
  assert.equal(told.length, 1)
  assert.match(told[0]!, /22-100 .*: every criterion is met now/)
  const [file] = (await trialsOf('u6')).files[0]!.files
  const gone = await call(api(`patients/u6/tumor/files/${file!.id}`), 'DELETE')
  assert.equal(gone.status, 204)
  await trialsSettled(server)
  assert.equal((await trialsOf('u6')).trials[0]!.verdict, 'unknown')
  await sendTumor(server.url, 'u6', G12C, { specimen: 'b', genes: 'KRAS' })
  await trialsSettled(server)
  assert.equal((await tasksOf('u6')).length, 2, 'met, unknown, and met again')
})

test('whoever may not see genetic results sees nothing of the files, and is told that something is not shown', async () => {
  await person('u7', lungOf('u7'))
  await sendTumor(server.url, 'u7', G12C, { specimen: 'a', genes: 'KRAS' })
  assert.equal(gradeIn(await matchOf('u7')), 'certain')
  const coding = (system: string, code: string) => ({ coding: [{ system, code }] })
  await keep({
    resourceType: 'Consent',
    status: 'active',
    scope: coding('http://terminology.hl7.org/CodeSystem/consentscope', 'patient-privacy'),
    category: [coding('http://loinc.org', '59284-0')],
    patient: { reference: 'Patient/u7' },
    policyRule: coding('http://terminology.hl7.org/CodeSystem/v3-ActCode', 'OPTIN'),
    provision: {
      type: 'permit',
      provision: [
        {
          type: 'deny',
          securityLabel: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'GDIS' }],
        },
      ],
    },
  } as unknown as Resource)
  const entries = await matchOf('u7')
  assert.equal(gradeIn(entries), 'possible')
  const text = JSON.stringify(entries)
  assert.match(text, /whether KRAS was tested for mutations is not shown to you/)
  assert.doesNotMatch(text, /G12C was found|tumour\.maf/)
})
