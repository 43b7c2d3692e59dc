import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleCase } from '../../../test/support/example-case.ts'
import { exampleGenes, exampleLoci } from '../../../test/support/report-loci.ts'
import { type BundleInput, reportBundle } from './bundle.ts'
import type { Bundle, DiagnosticReport, Observation, Reference, Resource, Task } from './resource.ts'

const input: BundleInput = {
  ...exampleCase,
  loci: exampleLoci,
  genes: exampleGenes,
  issued: '2026-11-22T09:30:00Z',
  type: 'collection',
  status: 'preliminary',
}
const bundle = reportBundle(input)

function all<T extends Resource['resourceType']>(
  from: Bundle,
  type: T,
): Extract<Resource, { resourceType: T }>[] {
  return from.entry
    .map((one) => one.resource)
    .filter((one): one is Extract<Resource, { resourceType: T }> => one.resourceType === type)
}

function observations(profile: string | undefined, from = bundle): Observation[] {
  return all(from, 'Observation').filter((one) => one.meta?.profile[0]?.split('/').at(-1) === profile)
}

function component(one: Observation, code: string): string | undefined {
  const found = one.component?.find((its) => its.code.coding?.[0]?.code === code)
  const concept = found?.valueCodeableConcept
  return found?.valueString ?? concept?.coding?.[0]?.code ?? concept?.text
}

function variantAt(position: number): Observation {
  return observations('variant').find((one) =>
    one.component?.some((its) => its.valueRange?.low.value === position),
  )!
}

function resolve(reference: Reference | undefined): Resource | undefined {
  return bundle.entry.find((one) => one.fullUrl === reference?.reference)?.resource
}

test('the same input gives the same bytes, another date gives other ids', () => {
  assert.equal(JSON.stringify(reportBundle(input)), JSON.stringify(bundle))
  const later = reportBundle({ ...input, issued: '2026-11-23T09:30:00Z' })
  assert.notEqual(later.id, bundle.id)
})

test('every entry has its own id, and every reference finds its entry', () => {
  const urls = bundle.entry.map((one) => one.fullUrl)
  assert.equal(new Set(urls).size, urls.length)
  for (const one of bundle.entry) {
    assert.equal(one.fullUrl, `urn:uuid:${one.resource.id}`)
    assert.match(one.resource.id!, /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  }
  const references = JSON.stringify(bundle.entry).match(/"reference":"[^"]+"/g)!
  for (const one of references) assert.ok(urls.includes(one.slice('"reference":"'.length, -1)), one)
})

test('a program never calls its own report final', () => {
  const statuses = [...all(bundle, 'Observation'), ...all(bundle, 'DiagnosticReport')].map(
    (one) => one.status,
  )
  assert.deepEqual([...new Set(statuses)], ['preliminary'])
})

test('a gene with a genotype: name, gene, phenotype, certain haplotypes and variants', () => {
  const genotype = observations('genotype').find(
    (one) => one.valueCodeableConcept?.text === 'CYP2C19 *2/*17',
  )!
  assert.equal(component(genotype, '48018-6'), 'HGNC:2621')
  assert.equal(component(genotype, 'conclusion-string'), 'Intermediate Metabolizer')
  const from = genotype.derivedFrom!.map((one) => one.display)
  assert.deepEqual(from, ['CYP2C19*2', 'CYP2C19*17', 'CYP2C19 rs12248560 T', 'CYP2C19 rs4244285 A'])
})

test('the clinical phenotype stands beside the genetic one, with the drug that changed it', () => {
  const genotype = observations('genotype').find((one) => one.valueCodeableConcept?.text === 'CYP2D6 *1/*4')!
  assert.equal(
    component(genotype, 'conclusion-string'),
    'Intermediate Metabolizer; activity score 1.0; Poor Metabolizer while taking paroxetine',
  )
})

test('where two diplotypes fit, both are named and no allele is claimed', () => {
  const genotype = observations('genotype').find((one) => one.valueCodeableConcept?.text?.startsWith('TPMT'))!
  assert.equal(genotype.valueCodeableConcept?.text, 'TPMT *1/*3A or *3B/*3C')
  const haplotypes = observations('haplotype').map((one) => one.valueCodeableConcept?.text)
  assert.deepEqual(
    haplotypes.filter((one) => one?.startsWith('TPMT')),
    [],
  )
  assert.ok(haplotypes.includes('DPYD c.1905+1G>A (*2A)'))
  assert.ok(!haplotypes.includes('DPYD Reference'))
})

test('a gene that was not tested has no value, a reason, and the positions that were missing', () => {
  const [unknown, ...others] = observations(undefined)
  assert.equal(others.length, 0)
  assert.equal(unknown?.code.coding?.[0]?.code, '84413-4')
  assert.equal(component(unknown!, '48018-6'), 'HGNC:23063')
  assert.equal(unknown?.valueCodeableConcept, undefined)
  assert.equal(unknown?.dataAbsentReason?.coding?.[0]?.code, 'not-performed')
  const notes = unknown!.note!.map((one) => one.text).join(' ')
  assert.match(notes, /Not in the file: rs116855232 \(part of \*2, \*3\)/)
})

test('a variant: position, alleles, HGVS, rsid and state', () => {
  const star2 = variantAt(94781859)
  assert.equal(star2.valueCodeableConcept?.coding?.[0]?.code, 'LA9633-4')
  assert.equal(component(star2, '62374-4'), 'LA26806-2')
  assert.equal(component(star2, '48000-4'), 'LA21263-1')
  assert.equal(component(star2, '69547-8'), 'G')
  assert.equal(component(star2, '69551-0'), 'A')
  assert.equal(component(star2, '81290-9'), 'NC_000010.11:g.94781859G>A')
  assert.equal(component(star2, '81252-9'), 'rs4244285')
  assert.equal(component(star2, '53034-5'), 'LA6706-1')
  assert.equal(component(variantAt(21178615), '53034-5'), 'LA6705-3')
})

test('an insertion with several alternatives gets no HGVS name rather than a wrong one', () => {
  const repeat = variantAt(233760233)
  assert.equal(component(repeat, '69551-0'), 'CATAT')
  assert.equal(component(repeat, '81290-9'), undefined)
})

test('reference calls and missing positions are not variants', () => {
  const positions = observations('variant').flatMap(
    (one) => one.component?.flatMap((its) => its.valueRange?.low.value ?? []) ?? [],
  )
  assert.ok(!positions.includes(94981296)) // read, homozygous reference
  assert.ok(!positions.includes(94942290)) // read too thinly
  assert.equal(positions.length, 8)
})

test('phase: *17 and *2 lie on different strands', () => {
  const [phase, ...others] = observations('sequence-phase-relationship')
  assert.equal(others.length, 0)
  assert.equal(phase?.valueCodeableConcept?.coding?.[0]?.code, 'Trans')
})

test('a therapeutic implication: drug, phenotype, evidence, population, citation, genotype', () => {
  const one = observations('therapeutic-implication').find(
    (its) => component(its, '51963-7') === '32968' && component(its, '93044-6')?.startsWith('CPIC'),
  )!
  assert.equal(component(one, 'therapeutic-implication'), 'LA10317-8')
  assert.equal(component(one, '93044-6'), 'CPIC, strength of recommendation: strong')
  assert.equal(
    component(one, '53037-8'),
    'CYP2C19: lower exposure, risk of lack of effect (stent thrombosis)',
  )
  assert.match(component(one, '81259-4')!, /acs pci/)
  assert.equal(one.extension?.[0]?.valueRelatedArtifact?.citation, 'PMID 35034351')
  const genotype = resolve(one.derivedFrom?.[0]) as Observation
  assert.equal(genotype.valueCodeableConcept?.text, 'CYP2C19 *2/*17')
})

test('what an implication waits for is said in it', () => {
  const one = observations('therapeutic-implication').find((its) => component(its, '51963-7') === '1256')!
  assert.match(component(one, '81259-4')!, /; not known here: NUDT15 genotype$/)
})

test('recommendations: proposals with the coded kind, for drugs taken with the statement of taking', () => {
  const tasks = all(bundle, 'Task')
  const of = (drug: string, from: string): Task =>
    tasks.find((one) => one.description.includes(from) && resolvesTo(one, drug))!
  const clopidogrel = of('32968', 'CPIC')
  assert.equal(clopidogrel.code?.coding?.[0]?.code, 'LA26421-0')
  assert.equal(clopidogrel.priority, 'urgent')
  assert.equal(resolve(clopidogrel.focus)?.resourceType, 'MedicationStatement')
  const fluorouracil = of('4492', 'CPIC')
  assert.equal(fluorouracil.code?.coding?.[0]?.code, 'LA26422-8')
  assert.equal(fluorouracil.focus, undefined)
  const abacavir = of('190521', 'CPIC')
  assert.match(abacavir.description, /^If abacavir is considered: /)
  assert.equal(abacavir.priority, 'routine')
  assert.ok(tasks.every((one) => one.status === 'requested' && one.intent === 'proposal'))
})

function resolvesTo(task: Task, rxcui: string): boolean {
  return component(resolve(task.reasonReference) as Observation, '51963-7') === rxcui
}

test('no task for standard dosing', () => {
  const tasks = all(bundle, 'Task').filter((one) => resolvesTo(one, '519'))
  assert.deepEqual(tasks, [])
  assert.ok(observations('therapeutic-implication').some((one) => component(one, '51963-7') === '519'))
})

test('the report names advice, interactions and genes without a result, and hangs everything together', () => {
  const [report] = all(bundle, 'DiagnosticReport') as [DiagnosticReport]
  assert.equal(report.code.coding?.[0]?.code, '51969-4')
  assert.match(report.conclusion!, /^Avoid clopidogrel/m)
  assert.match(report.conclusion!, /Paroxetine blocks CYP2D6/)
  assert.match(report.conclusion!, /No result for: NUDT15/)
  const results = new Set(report.result?.map((one) => one.reference))
  for (const one of all(bundle, 'Observation')) assert.ok(results.has(`urn:uuid:${one.id}`))
  const notes = report.extension!.flatMap((one) => one.valueAnnotation?.text ?? [])
  assert.ok(notes.some((one) => one.includes('cpic@2025-11-05')))
  assert.ok(notes.some((one) => one.startsWith('warfarin: IWPC 2009 pharmacogenetic gives no dose')))
})

test('the study says which genes were called and which were not; outside results are not its own', () => {
  const analysis = all(bundle, 'Procedure').find((one) =>
    one.meta?.profile[0]?.endsWith('genomic-study-analysis'),
  )!
  const regions = analysis.extension!.find((one) => one.url.endsWith('regions'))!.extension!
  const named = (url: string) =>
    regions.filter((one) => one.url === url).map((one) => one.valueCodeableConcept?.coding?.[0]?.display)
  assert.deepEqual(named('uncalled'), ['NUDT15'])
  assert.ok(named('called').includes('DPYD'))
  assert.ok(!named('studied').includes('CYP2D6'))
})

test('provenance: the program, its files and its facts', () => {
  const [one] = all(bundle, 'Provenance')
  const sources = one!.entity!.map((its) => its.what.display)
  assert.deepEqual(sources, [
    'example-1.vcf.gz',
    'hospital-panel.tsv',
    'cpic@2025-11-05',
    'phenoconversion@2025-11',
    'star-alleles@2025-11-05',
  ])
})

test('a transaction creates what the server does not have, and never overwrites its Patient', () => {
  const transaction = reportBundle({ ...input, type: 'transaction' })
  for (const one of transaction.entry) {
    assert.equal(one.request?.method, 'POST')
    assert.equal(one.request?.url, one.resource.resourceType)
    assert.equal(one.resource.id, undefined)
    if (one.resource.resourceType !== 'Provenance') assert.match(one.request!.ifNoneExist!, /^identifier=/)
  }
  assert.equal(
    transaction.entry[0]?.request?.ifNoneExist,
    'identifier=urn%3Aoid%3A2.16.840.1.113883.19.5%7CMRN-0001',
  )
})

test('nothing that is null or empty is sent', () => {
  const walk = (value: unknown, at: string): void => {
    assert.ok(value !== null && value !== '', at)
    if (typeof value !== 'object') return
    assert.ok(Object.keys(value as object).length > 0, at)
    for (const [key, one] of Object.entries(value as object)) walk(one, `${at}.${key}`)
  }
  walk(JSON.parse(JSON.stringify(bundle)), 'bundle')
})

test('a person of whom only outside results are known has no study and no variants', () => {
  const record = { ...exampleCase.record, genotypes: [], name: undefined, birthDate: undefined }
  const outside = reportBundle({ ...input, record })
  assert.equal(all(outside, 'Procedure').length, 0)
  assert.equal(observations('variant', outside).length, 0)
  assert.equal(all(outside, 'Patient')[0]?.name, undefined)
})
