import type { OutsideCall } from '../../record/genotype.ts'
import type { Resource } from '../../record/resource.ts'
import type { ResultStatement } from '../../record/statement.ts'
import { GENOMIC, LOINC, TBD_CODES } from '../../terms/genomics-reporting.ts'
import { asAnswer, components, has, referredIds, wordsOf } from './fhir-value.ts'

const HGNC = 'http://www.genenames.org'

/** LOINC answers that name a phenotype, by code, in CPIC's words (list LL3856-3 and its predecessor). */
const PHENOTYPES: Readonly<Record<string, string>> = {
  'LA10315-2': 'Ultrarapid Metabolizer',
  'LA25390-8': 'Rapid Metabolizer',
  'LA25391-6': 'Normal Metabolizer',
  'LA10316-0': 'Normal Metabolizer',
  'LA10317-8': 'Intermediate Metabolizer',
  'LA9657-3': 'Poor Metabolizer',
  'LA25392-4': 'Increased Function',
  'LA25393-2': 'Normal Function',
  'LA25395-7': 'Decreased Function',
  'LA25394-0': 'Poor Function',
}
/** The same in words: what a laboratory concludes of a gene, as against of a drug ("reduced efficacy"). */
const PHENOTYPE_WORDS =
  /^(?:(?:likely|indeterminate|possible)\s+)?(?:ultra-?\s?rapid|rapid|normal|extensive|intermediate|poor)\s+metaboli[sz]er$|^(?:increased|normal|decreased|poor|no)\s+function$/i

/** What an Observation says of genes; undefined when that is nothing. Somatic findings say nothing of the person's own metabolism. */
export function resultStatement(observation: Resource, genes: KnownGenes): ResultStatement | undefined {
  const answer = asAnswer(observation)
  const kind = has(answer.code, LOINC, GENOMIC.genotype)
    ? 'genotype'
    : has(answer.code, LOINC, GENOMIC.haplotype)
      ? 'haplotype'
      : undefined
  const phenotypes = phenotypesIn(observation)
  if ((kind === undefined && phenotypes.length === 0) || isSomatic(observation)) return undefined
  const gene = geneOf(observation, genes)
  const alleles = kind === undefined || gene === undefined ? undefined : diplotypeOf(observation, gene)
  return {
    id: observation.id!,
    ...(kind === undefined ? {} : { kind }),
    ...(gene === undefined ? {} : { gene }),
    ...(alleles === undefined ? {} : { alleles }),
    ...(kind === 'haplotype' && wordsOf(answer) !== undefined ? { isWorded: true } : {}),
    phenotypes,
    from: phenotypes.length === 0 ? [] : referredIds(observation, 'derivedFrom', 'Observation'),
    report: observation.meta?.['source']?.toString().split('#')[0] ?? '',
  }
}

/** Names of genes: by HGNC id, and all of them. */
export interface KnownGenes {
  readonly symbols: ReadonlyMap<string, string>
  readonly names: ReadonlySet<string>
}

/**
 * Results of laboratories as outside calls: one for each genotype Observation (84413-4) that names its gene, with the
 * phenotype (53040-2 and the guide's own code) of implications derived from it; one for each gene of which only a
 * phenotype was sent; and one for two haplotypes of a gene without a genotype.
 */
export function callsFrom(results: readonly ResultStatement[]): readonly OutsideCall[] {
  const genotypes = results.filter(({ kind }) => kind === 'genotype')
  const haplotypes = results.filter(({ kind }) => kind === 'haplotype')
  const phenotypes = phenotypesOf(results)
  const byFinding = Map.groupBy(
    phenotypes.flatMap((one) => [...new Set(one.from)].map((id) => ({ id, one }))),
    ({ id }) => id,
  )
  const calls: OutsideCall[] = []
  for (const { id, gene, alleles } of genotypes) {
    if (gene === undefined || alleles === undefined) continue
    const own = byFinding.get(id) ?? []
    // Two phenotypes of one genotype contradict each other: each is told, and the interpreter says so.
    for (const phenotype of own.length === 0 ? [undefined] : own.map(({ one }) => one.text))
      calls.push(callOf(gene, alleles, phenotype, id))
  }
  const called = new Set(calls.map(({ gene }) => gene))
  for (const [gene, pair] of haplotypePairs(haplotypes)) {
    if (called.has(gene)) continue
    const from = pair.map(({ id }) => id)
    const own = phenotypes.find((one) => one.from.some((id) => from.includes(id)))
    calls.push(callOf(gene, pair.map(({ alleles }) => alleles).join('/'), own?.text, pair[0]!.id))
    called.add(gene)
  }
  for (const { gene, text, id, from } of phenotypes) {
    const isTold = from.length > 0 && gene !== undefined && called.has(gene)
    if (gene !== undefined && !isTold) calls.push(callOf(gene, undefined, text, id))
  }
  return unique(calls)
}

interface StatedPhenotype {
  readonly gene: string | undefined
  readonly text: string
  /** Genotypes and haplotypes that it is derived from. */
  readonly from: readonly string[]
  readonly id: string
}

function phenotypesOf(results: readonly ResultStatement[]): StatedPhenotype[] {
  const findings = new Map(results.flatMap((one) => (one.kind === undefined ? [] : [[one.id, one]])))
  return results.flatMap(({ id, gene: own, phenotypes, from: referred }) => {
    const from = referred.filter((one) => findings.has(one))
    const genes = new Set(from.map((one) => findings.get(one)!.gene))
    const [only, another] = genes
    // Derived from genotypes of two genes, it is a conclusion about a drug.
    const gene = own ?? (another === undefined ? only : undefined)
    return phenotypes.map((text) => ({ gene, text, from, id }))
  })
}

function phenotypesIn(observation: Resource): readonly string[] {
  const answers = has(asAnswer(observation).code, LOINC, GENOMIC.drugMetabolism)
    ? [asAnswer(observation)]
    : [
        ...components(observation, LOINC, GENOMIC.drugMetabolism),
        ...components(observation, TBD_CODES, 'therapeutic-implication'),
      ]
  const words = answers.flatMap((answer) => phenotypeOf(answer.valueCodeableConcept, wordsOf(answer)) ?? [])
  return [...new Set(words)]
}

/** Undefined when the code and the words beside it mean different phenotypes: which of them is wrong cannot be told. */
function phenotypeOf(
  concept: ReturnType<typeof asAnswer>['valueCodeableConcept'],
  words: string | undefined,
): string | undefined {
  const codings = concept?.coding ?? []
  const coded = codings.flatMap(({ system, code }) =>
    system === LOINC && code !== undefined ? (PHENOTYPES[code] ?? []) : [],
  )
  const stated = [words, ...codings.map(({ display }) => display)].filter(
    (one): one is string => one !== undefined && PHENOTYPE_WORDS.test(one),
  )
  const meanings = new Set([...coded, ...stated].map(meaningOf))
  return meanings.size > 1 ? undefined : (coded[0] ?? stated[0])
}

/** "Extensive metaboliser" means what "Normal Metabolizer" means. */
function meaningOf(phenotype: string): string {
  return phenotype
    .toLowerCase()
    .replace('metaboliser', 'metabolizer')
    .replace(/ultra-?\s?rapid/, 'ultrarapid')
    .replace('extensive', 'normal')
    .replace(/^(?:likely|indeterminate|possible)\s+/, '')
    .replace(/\s+/g, ' ')
}

/** The one gene that an Observation names; undefined when it names none or several, or its id and its symbol differ. */
function geneOf(observation: Resource, { symbols, names }: KnownGenes): string | undefined {
  const genes = new Set(
    components(observation, LOINC, GENOMIC.geneStudied).flatMap((one) => {
      const coding = one.valueCodeableConcept?.coding?.find(({ system }) => system === HGNC)
      const number = /^(?:HGNC:)?(\d+)$/.exec(coding?.code ?? '')?.[1]
      const symbol = number === undefined ? coding?.code : symbols.get(`HGNC:${number}`)
      // A former name of the gene is no contradiction; the name of another gene is.
      const others = [coding?.display, wordsOf(one)].filter((name) => name !== undefined && names.has(name))
      return [symbol ?? coding?.display ?? wordsOf(one) ?? [], ...others].flat() as string[]
    }),
  )
  const [gene, another] = genes
  return another === undefined && gene !== undefined && /^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$/.test(gene)
    ? gene
    : undefined
}

/** "CYP2C19*2/CYP2C19*17" and "CYP2C19 *2/*17" are "*2/*17"; an HLA list in GL string form is two alleles. */
function diplotypeOf(observation: Resource, gene: string): string | undefined {
  const concept = asAnswer(observation).valueCodeableConcept
  const glString = concept?.coding?.find(({ system }) => system?.includes('glstring') === true)?.code
  if (glString !== undefined) return fromGlString(glString, gene)
  const words = wordsOf(asAnswer(observation))
  if (words === undefined) return undefined
  return words
    .split('/')
    .map((side) => withoutGene(side.trim(), gene))
    .join('/')
}

function withoutGene(side: string, gene: string): string {
  return side.startsWith(gene) && /^[\s*:]/.test(side.slice(gene.length))
    ? side.slice(gene.length).replace(/^[\s:]+/, '')
    : side
}

/** GL string: "+" between the two chromosomes. Ambiguities ("/" and "|") and several loci ("^") name no one genotype. */
function fromGlString(text: string, gene: string): string | undefined {
  const alleles = text.slice(text.lastIndexOf('#') + 1)
  if (/[/|^~?]/.test(alleles)) return undefined
  return alleles
    .split('+')
    .map((allele) => withoutGene(allele, gene))
    .join('/')
}

/** Two standing haplotypes of a gene, from one and the same report. */
function haplotypePairs(
  haplotypes: readonly ResultStatement[],
): readonly (readonly [string, readonly ResultStatement[]])[] {
  const groups = Map.groupBy(haplotypes, ({ gene, report }) =>
    gene === undefined ? '' : `${gene}\u0000${report}`,
  )
  return [...groups].flatMap(([key, pair]) =>
    key !== '' && pair.length === 2 && pair.every(({ isWorded }) => isWorded === true)
      ? [[key.split('\u0000')[0]!, pair] as const]
      : [],
  )
}

function isSomatic(observation: Resource): boolean {
  return components(observation, LOINC, GENOMIC.genomicSourceClass).some(
    ({ valueCodeableConcept, ...rest }) => {
      const words = wordsOf({
        ...(valueCodeableConcept === undefined ? {} : { valueCodeableConcept }),
        ...rest,
      })
      return has(valueCodeableConcept, LOINC, 'LA6684-0') || /somatic|tumou?r/i.test(words ?? '')
    },
  )
}

function callOf(
  gene: string,
  diplotype: string | undefined,
  phenotype: string | undefined,
  observation: string,
): OutsideCall {
  return {
    gene,
    diplotype,
    phenotype,
    activityScore: undefined,
    source: { name: `Observation/${observation}`, format: 'fhir', sha256: undefined },
    line: 1,
  }
}

/** The same statement twice, as by a repeated test, is told once. */
function unique(calls: readonly OutsideCall[]): OutsideCall[] {
  const seen = new Set<string>()
  return calls.filter(({ gene, diplotype, phenotype }) => {
    const key = JSON.stringify([gene, diplotype, phenotype])
    return !seen.has(key) && seen.add(key)
  })
}
