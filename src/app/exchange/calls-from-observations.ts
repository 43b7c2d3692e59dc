import type { OutsideCall } from '../../record/genotype.ts'
import type { Resource } from '../../record/resource.ts'
import { asAnswer, components, has, LOINC, referredIds, TBD_CODES, wordsOf } from './fhir-value.ts'

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

/**
 * Results of laboratories as outside calls: one for each genotype Observation (84413-4) that names its gene, with the
 * phenotype (53040-2 and the guide's own code) of implications derived from it; one for each gene of which only a
 * phenotype was sent; and one for two haplotypes of a gene without a genotype. Somatic findings are none: they say
 * nothing of the person's own metabolism.
 */
export function callsFromObservations(
  observations: readonly Resource[],
  symbols: ReadonlyMap<string, string>,
): readonly OutsideCall[] {
  const germline = observations.filter((one) => !isSomatic(one))
  const genotypes = germline.filter((one) => has(asAnswer(one).code, LOINC, '84413-4'))
  const haplotypes = germline.filter((one) => has(asAnswer(one).code, LOINC, '84414-2'))
  const phenotypes = phenotypesOf(germline, [...genotypes, ...haplotypes], symbols)
  const calls: OutsideCall[] = []
  for (const one of genotypes) {
    const gene = geneOf(one, symbols)
    const diplotype = gene === undefined ? undefined : diplotypeOf(one, gene)
    if (gene === undefined || diplotype === undefined) continue
    const own = phenotypes.filter(({ from }) => from.includes(one.id!))
    // Two phenotypes of one genotype contradict each other: each is told, and the interpreter says so.
    for (const phenotype of own.length === 0 ? [undefined] : own.map(({ text }) => text))
      calls.push(callOf(gene, diplotype, phenotype, one))
  }
  const called = new Set(calls.map(({ gene }) => gene))
  for (const [gene, pair] of haplotypePairs(haplotypes, symbols)) {
    if (called.has(gene)) continue
    const from = pair.map(({ id }) => id!)
    const own = phenotypes.find((one) => one.from.some((id) => from.includes(id)))
    const diplotype = pair.map((one) => diplotypeOf(one, gene)).join('/')
    calls.push(callOf(gene, diplotype, own?.text, pair[0]!))
    called.add(gene)
  }
  for (const { gene, text, observation, from } of phenotypes) {
    const isTold = from.length > 0 && gene !== undefined && called.has(gene)
    if (gene !== undefined && !isTold) calls.push(callOf(gene, undefined, text, observation))
  }
  return unique(calls)
}

interface StatedPhenotype {
  readonly gene: string | undefined
  readonly text: string
  /** Genotypes and haplotypes that it is derived from. */
  readonly from: readonly string[]
  readonly observation: Resource
}

function phenotypesOf(
  observations: readonly Resource[],
  findings: readonly Resource[],
  symbols: ReadonlyMap<string, string>,
): StatedPhenotype[] {
  const byId = new Map(findings.map((one) => [one.id, one]))
  return observations.flatMap((one) => {
    const answers = has(asAnswer(one).code, LOINC, '53040-2')
      ? [asAnswer(one)]
      : [...components(one, LOINC, '53040-2'), ...components(one, TBD_CODES, 'therapeutic-implication')]
    const words = new Set(
      answers.flatMap((answer) => phenotypeOf(answer.valueCodeableConcept, wordsOf(answer)) ?? []),
    )
    const from = referredIds(one, 'derivedFrom', 'Observation').filter((id) => byId.has(id))
    const genes = new Set(from.map((id) => geneOf(byId.get(id)!, symbols)))
    const [only, another] = genes
    // Derived from genotypes of two genes, it is a conclusion about a drug.
    const gene = geneOf(one, symbols) ?? (another === undefined ? only : undefined)
    return [...words].map((text) => ({ gene, text, from, observation: one }))
  })
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
function geneOf(observation: Resource, symbols: ReadonlyMap<string, string>): string | undefined {
  const known = new Set(symbols.values())
  const genes = new Set(
    components(observation, LOINC, '48018-6').flatMap((one) => {
      const coding = one.valueCodeableConcept?.coding?.find(({ system }) => system === HGNC)
      const number = /^(?:HGNC:)?(\d+)$/.exec(coding?.code ?? '')?.[1]
      const symbol = number === undefined ? coding?.code : symbols.get(`HGNC:${number}`)
      // A former name of the gene is no contradiction; the name of another gene is.
      const others = [coding?.display, wordsOf(one)].filter((name) => name !== undefined && known.has(name))
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
  haplotypes: readonly Resource[],
  symbols: ReadonlyMap<string, string>,
): readonly (readonly [string, readonly Resource[]])[] {
  const groups = Map.groupBy(haplotypes, (one) => {
    const gene = geneOf(one, symbols)
    const report = one.meta?.['source']?.toString().split('#')[0] ?? ''
    return gene === undefined ? '' : `${gene}\u0000${report}`
  })
  return [...groups].flatMap(([key, pair]) =>
    key !== '' && pair.length === 2 && pair.every((one) => wordsOf(asAnswer(one)) !== undefined)
      ? [[key.split('\u0000')[0]!, pair] as const]
      : [],
  )
}

function isSomatic(observation: Resource): boolean {
  return components(observation, LOINC, '48002-0').some(({ valueCodeableConcept, ...rest }) => {
    const words = wordsOf({
      ...(valueCodeableConcept === undefined ? {} : { valueCodeableConcept }),
      ...rest,
    })
    return has(valueCodeableConcept, LOINC, 'LA6684-0') || /somatic|tumou?r/i.test(words ?? '')
  })
}

function callOf(
  gene: string,
  diplotype: string | undefined,
  phenotype: string | undefined,
  observation: Resource,
): OutsideCall {
  return {
    gene,
    diplotype,
    phenotype,
    activityScore: undefined,
    source: { name: `Observation/${observation.id}`, format: 'fhir', sha256: undefined },
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
