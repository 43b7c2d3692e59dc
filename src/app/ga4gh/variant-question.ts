import { readVariant } from '../../fhir/genomics/asked-variant.ts'
import { codings, components, values } from '../../fhir/genomics/component.ts'
import type { Edit } from '../../fhir/genomics/edit.ts'
import type { Genome } from '../../fhir/genomics/genome.ts'
import { compareEdits, widened } from '../../fhir/genomics/same-edit.ts'
import type { StoredVariant } from '../../fhir/genomics/stored-variant.ts'
import type { Resource } from '../../record/resource.ts'
import { GENOMIC } from '../../terms/genomics-reporting.ts'
import { malformed, type VariantParameters } from './beacon-request.ts'
import { assemblyOf, sequenceOf } from './sequence.ts'

type VariantTest = (variant: StoredVariant) => boolean

/**
 * A question about variants as Beacon v2 has it (positions 0-based): by sequence (start, alternateBases), by range (start
 * and end), by bracket (two starts and two ends), by gene, by amino acid change or by HGVS. Answered in the assembly that is
 * asked in (GRCh38 when none is named). Throws BEACON_MALFORMED; also for no question at all.
 */
export function variantTest(asked: VariantParameters, genome: Genome): VariantTest {
  const tests: VariantTest[] = []
  if (asked.start !== undefined || asked.end !== undefined) tests.push(placeTest(asked, genome))
  else if (
    asked.referenceBases !== undefined ||
    asked.alternateBases !== undefined ||
    asked.referenceName !== undefined
  )
    throw malformed('requestParameters.start', 'a place is asked for without a start')
  const { geneId, aminoacidChange, genomicAlleleShortForm } = asked
  if (geneId !== undefined) tests.push(({ resource }) => namesGene(resource, geneId))
  if (aminoacidChange !== undefined) {
    const wanted = shortChange(aminoacidChange)
    tests.push(({ resource }) =>
      values(resource, GENOMIC.proteinHgvs).some(
        ({ code }) => code !== undefined && shortChange(code) === wanted,
      ),
    )
  }
  if (genomicAlleleShortForm !== undefined) {
    const edits = editsOrRefuse(genomicAlleleShortForm, genome)
    tests.push(({ edit }) => edit !== undefined && edits.some((one) => isSame(edit, one, genome)))
  }
  if (tests.length === 0) {
    throw malformed('requestParameters', 'no variant, place, gene or amino acid change is asked for')
  }
  const { variantMinLength: least, variantMaxLength: most, variantType } = asked
  if (least !== undefined || most !== undefined) {
    tests.push((one) => {
      const length = lengthOf(one)
      return (least === undefined || length >= least) && (most === undefined || length <= most)
    })
  }
  if (variantType !== undefined)
    tests.push((one) => one.edit !== undefined && typeOf(one.edit) === variantType.toUpperCase())
  return (variant) => tests.every((test) => test(variant))
}

function placeTest(asked: VariantParameters, genome: Genome): VariantTest {
  const { start, end, referenceName, assemblyId = 'GRCh38', alternateBases, referenceBases } = asked
  const { assemblies } = genome
  if (start === undefined) throw malformed('requestParameters.start', 'an end is given without a start')
  if (referenceName === undefined)
    throw malformed('requestParameters.referenceName', 'the chromosome is missing')
  const named = referenceName.replace(/^refseq:/i, '')
  const assembly =
    named.startsWith('NC_') && asked.assemblyId === undefined
      ? assemblies.sequence(named)?.assembly
      : assemblyId
  if (assembly === undefined || assemblyOf(assembly) === undefined)
    throw malformed('requestParameters.assemblyId', 'only GRCh37 and GRCh38 are known here')
  const sequence = sequenceOf(assemblies)(assembly, named)
  if (sequence === undefined)
    throw malformed('requestParameters.referenceName', 'this is no chromosome of that assembly')
  const { refseq } = sequence
  const alternate = alternateBases?.toUpperCase()
  const reference = referenceBases?.toUpperCase()
  const [from, fromMost] = [start[0]!, start[1]]
  if (end === undefined) {
    if (fromMost !== undefined) throw malformed('requestParameters.end', 'two starts need two ends')
    if (alternate === undefined)
      throw malformed(
        'requestParameters.alternateBases',
        'a start alone is no question: give alternateBases, or an end',
      )
    return ({ edit }) => {
      if (edit === undefined || edit.refseq !== refseq) return false
      if (reference === undefined)
        return edit.start === from && !edit.duplicates && edit.inserted === alternate
      const wanted = {
        refseq,
        start: from,
        end: from + reference.length,
        deleted: reference,
        inserted: alternate,
        duplicates: false,
      }
      return isSame(edit, wanted, genome)
    }
  }
  const [to, toMost] = [end[0]!, end[1]]
  if ((fromMost === undefined) !== (toMost === undefined))
    throw malformed('requestParameters.end', 'a bracket has two starts and two ends')
  if (to < from) throw malformed('requestParameters.end', 'the end is before the start')
  const bases = (edit: Edit | undefined) =>
    (alternate === undefined || (edit !== undefined && edit.inserted === alternate)) &&
    (reference === undefined || edit?.deleted === reference)
  if (fromMost !== undefined && toMost !== undefined) {
    return ({ refseq: its, span, edit }) =>
      its === refseq &&
      span.start >= from &&
      span.start <= fromMost &&
      span.end >= to &&
      span.end <= toMost &&
      bases(edit)
  }
  return ({ refseq: its, span, edit }) =>
    its === refseq &&
    span.start < Math.max(to, from + 1) &&
    (span.end > from || (span.end === span.start && span.end >= from)) &&
    bases(edit)
}

function namesGene(observation: Resource, gene: string): boolean {
  return components(observation, GENOMIC.geneStudied).some((one) =>
    codings(one['valueCodeableConcept']).some(({ code, display }) => code === gene || display === gene),
  )
}

/** Change of length, or of a substitution its length. */
function lengthOf({ edit, span }: StoredVariant): number {
  if (edit === undefined || edit.duplicates) return span.end - span.start
  const deleted = edit.end - edit.start
  return deleted === edit.inserted.length ? deleted : Math.abs(edit.inserted.length - deleted)
}

function typeOf(edit: Edit): string {
  const deleted = edit.end - edit.start
  if (edit.duplicates) return 'DUP'
  if (deleted === edit.inserted.length) return deleted === 1 ? 'SNP' : 'MNP'
  return edit.inserted.length > deleted ? 'INS' : 'DEL'
}

const LETTERS: Readonly<Record<string, string>> = Object.fromEntries(
  'Ala A Arg R Asn N Asp D Cys C Gln Q Glu E Gly G His H Ile I Leu L Lys K Met M Phe F Pro P Ser S Thr T Trp W Tyr Y Val V Ter *'
    .split(' ')
    .map((one, n, all) => [one, all[n + 1]!] as const)
    .filter((_, n) => n % 2 === 0),
)

/** "NP_000507.1:p.(Val600Glu)", "p.Val600Glu" and "V600E" alike. */
function shortChange(text: string): string {
  return text
    .replace(/^.*:(?=p\.)/, '')
    .replace(/^p\./, '')
    .replace(/[()]/g, '')
    .replace(/[A-Z][a-z]{2}/g, (three) => LETTERS[three] ?? three)
}

/** Only where it is sure: a Beacon has no words for what it cannot tell. */
function isSame(one: Edit, other: Edit, { sources: { sequences } }: Genome): boolean {
  return (
    one.refseq === other.refseq && compareEdits(widened(one, sequences), widened(other, sequences)) === 'yes'
  )
}

function editsOrRefuse(text: string, genome: Genome): readonly Edit[] {
  try {
    return readVariant(text, genome)
  } catch {
    throw malformed('requestParameters.genomicAlleleShortForm', 'this is neither genomic HGVS nor SPDI')
  }
}
