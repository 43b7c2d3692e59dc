import { isChromosomeAnswer, LOINC } from '../../../terms/genomics-reporting.ts'
import type { Line } from '../segment/observation-line.ts'
import { type Coding, conceptOf } from '../value/coded.ts'
import type { Value } from '../value/value.ts'
import { chromosomeNamed, GENOMIC_CODES } from './genomic-code.ts'

/** A component of a finding: the code, and value[x] of the type that the guide asks for. */
export type Component = Readonly<Record<string, unknown>>

const HGVS = 'http://varnomen.hgvs.org'
const HGNC = 'http://www.genenames.org'

/**
 * Components of one line, one for each value. A value that cannot be what the guide asks of the component (a text that
 * is no HGVS, a chromosome that does not exist) is not forced into it: it is handed back as a note.
 */
export function componentsOf(
  line: Line,
  genes: ReadonlyMap<string, string>,
  code: Component = { coding: [{ system: LOINC, code: line.loinc }], ...titled(line) },
): { readonly components: readonly Component[]; readonly notes: readonly string[] } {
  const components: Component[] = []
  const notes: string[] = []
  for (const value of line.values) {
    const fhir = fhirOf(line, value, genes)
    if (fhir === undefined) notes.push(`${line.code.text ?? line.loinc ?? 'value'}: ${value.text}`)
    else components.push({ code, ...fhir })
  }
  return { components, notes }
}

/** The question's own text, so that a reader needs no terminology. */
export function titled(line: Line): { readonly text?: string } {
  return line.code.text === undefined ? {} : { text: line.code.text }
}

function fhirOf(line: Line, value: Value, genes: ReadonlyMap<string, string>): Component | undefined {
  const kind = line.loinc === undefined ? undefined : GENOMIC_CODES[line.loinc]?.value
  switch (kind) {
    case 'gene':
      return { valueCodeableConcept: geneConcept(value, genes) }
    case 'hgvs':
      return hgvs(value)
    case 'accession':
      return accession(value)
    case 'chromosome':
      return chromosome(value)
    case 'string':
      return { valueString: value.text }
    case 'concept':
      return { valueCodeableConcept: asConcept(value) }
    case 'range':
      return range(value)
    case 'quantity':
      return 'valueQuantity' in value.fhir ? value.fhir : undefined
    default:
      return value.fhir
  }
}

/** A CodeableConcept of a coded value, or of its text. */
export function asConcept(value: Value): Component {
  return (value.coded === undefined ? undefined : conceptOf(value.coded)) ?? { text: value.text }
}

/**
 * A gene by its HGNC id, with the symbol. Ids that HGNC cannot have given ("HGNC:0000", a placeholder for "none") and
 * symbols that are not in the list are text.
 */
function geneConcept(value: Value, genes: ReadonlyMap<string, string>): Component {
  const codings = value.coded?.codings ?? []
  const sent = codings.find((one) => one.system === HGNC)
  const symbol = geneSymbol(value)
  const number = /^(?:HGNC:)?0*([1-9]\d*)$/i.exec(sent?.code ?? '')?.[1]
  const id = number === undefined ? genes.get(symbol) : `HGNC:${number}`
  const others = codings.filter((one) => one.system !== HGNC)
  if (id === undefined) return { ...(others.length === 0 ? {} : { coding: others }), text: symbol }
  return { coding: [{ system: HGNC, code: id, display: symbol }, ...others], text: symbol }
}

/** The symbol that a value names, "CYP2C19": the text beside an id, or a code that is the symbol itself. */
function geneSymbol(value: Value): string {
  const sent = value.coded?.sent.find((one) => /^HGNC/i.test(one.system)) ?? value.coded?.sent[0]
  if (sent === undefined) return value.text
  return /^(HGNC:)?\d+$/i.test(sent.code) ? (sent.text ?? sent.code) : sent.code
}

function hgvs(value: Value): Component | undefined {
  const own = value.coded?.codings.find((one) => one.system === HGVS)
  const text = (own?.code ?? value.coded?.sent[0]?.code ?? value.text).trim()
  // "c.224G>A", "NM_000769.4:c.681G>A", "p.(Ser75Asn)"; ISCN and words are none.
  if (own === undefined && !/^([A-Z][\w.]*(\([\w-]+\))?:)?[cgmnopr]\.\S+$/.test(text)) return undefined
  const coding: Coding = { system: HGVS, code: text, display: text }
  return { valueCodeableConcept: { coding: [coding] } }
}

/** A reference sequence. RefSeq and Ensembl accessions tell by their form whose they are. */
function accession(value: Value): Component {
  const concept = asConcept(value)
  if (concept['coding'] !== undefined) return { valueCodeableConcept: concept }
  const system = /^(?:N[CGMPRTW]|X[MPR])_\d+\.\d+$/.test(value.text)
    ? 'http://www.ncbi.nlm.nih.gov/refseq'
    : /^ENS[A-Z]*[GTP]\d{11}(\.\d+)?$/.test(value.text)
      ? 'http://www.ensembl.org'
      : undefined
  const coding = system === undefined ? {} : { coding: [{ system, code: value.text }] }
  return { valueCodeableConcept: { ...coding, text: value.text } }
}

function chromosome(value: Value): Component | undefined {
  const coded = value.coded?.codings.find((one) => one.system === LOINC && isChromosomeAnswer(one.code))
  if (coded !== undefined) return { valueCodeableConcept: { coding: [coded] } }
  const answer = chromosomeNamed(value.text)
  return answer === undefined
    ? undefined
    : { valueCodeableConcept: { coding: [{ system: LOINC, ...answer }], text: value.text } }
}

/** A position alone is where the allele starts; where it ends is not said. */
function range(value: Value): Component | undefined {
  if ('valueRange' in value.fhir) return value.fhir
  const [, low, high] = /^\s*(\d+)(?:\s*[-^:]\s*(\d+))?\s*$/.exec(value.text) ?? []
  if (low === undefined || (high !== undefined && Number(high) < Number(low))) return undefined
  return {
    valueRange: {
      low: { value: Number(low) },
      ...(high === undefined ? {} : { high: { value: Number(high) } }),
    },
  }
}
