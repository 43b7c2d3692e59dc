import { classOfName, reasonOfName } from './class-name.ts'
import { changeOfName } from './exact-change.ts'
import { fusionOfName } from './fusion-name.ts'

/** What a release says of one variant. Coordinates are 1-based, of GRCh37. */
export interface NamedVariant {
  readonly gene: string
  readonly name: string
  /** Sequence Ontology terms. */
  readonly types: readonly string[]
  readonly hgvs: readonly string[]
  readonly place?:
    | {
        readonly chromosome: string
        readonly from: number
        readonly to: number
        readonly ref: string
        readonly alt: string
      }
    | undefined
}

/** A category in the words that Garrod reads, or the reason why there is none. */
export type Translation = { readonly category: string } | { readonly reason: string }

/** "5:1295113" of GRCh38 for a position of GRCh37; undefined where it is not known to the base. */
export type Lift = (chromosome: string, position: number) => number | undefined

/**
 * The category that a variant name of CIViC means. Names are free text: what is not understood to the letter is not
 * guessed at, and says why.
 */
export function translateVariant(variant: NamedVariant, lift: Lift): Translation {
  const { gene } = variant
  const coding = /\((c\.[^)]*)\)/.exec(variant.name)?.[1]
  const name = cleaned(variant.name, gene)
  const parts = alternatives(name, gene)
  const place = placeText(gene, variant.place, /promoter mutation/i.test(name), lift)
  // "C228T" of a promoter names bases, not residues.
  const outside = variant.types.some((type) => /regulatory|UTR|intron|upstream/.test(type))
  if (outside && place !== undefined && /^[ACGT]\d+[ACGT]$/.test(name)) return { category: place }
  const single = (one: string): string | undefined =>
    fusionOfName(
      gene,
      one,
      (rest) => changeOfName(gene, rest) ?? classOfName(gene, rest, variant.types) ?? place,
    ) ??
    changeOfName(gene, one) ??
    classOfName(gene, one, variant.types)
  const read = parts.map(single)
  if (read.every((one) => one !== undefined))
    return { category: read.length === 1 ? read[0]! : read.map(inner).join(' AND ') }
  const refused = reasonOfName(name)
  // A germline polymorphism and the like is still a base change where its place is given.
  const protein = variant.hgvs.map(proteinOf).find((one) => one !== undefined)
  const named = protein && changeOfName(gene, protein)
  const bases = [codingText(gene, coding ?? name), named, place].filter((one) => one !== undefined)
  if (bases.length > 0 && refused?.even !== true) return { category: bases.join(' OR ') }
  return { reason: refused?.reason ?? 'the name is not understood' }
}

/** Without what stands around the change: the gene, "p.", the name on the coding sequence. */
function cleaned(name: string, gene: string): string {
  const text = name
    .replace(/[\u2212\u2013]/g, '-')
    .replace(/\s*\(c\.[^)]*\)$/, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^p\./, '')
  const bare = text.toUpperCase().startsWith(`${gene.toUpperCase()} `) ? text.slice(gene.length + 1) : text
  return /^[A-Z]\d+[A-Z] c\./.test(bare) ? bare.slice(0, bare.indexOf(' ')) : bare
}

/** Changes that are there together: "E255K V299L", "V600E and AMPLIFICATION". A fusion keeps what stands behind it. */
function alternatives(name: string, gene: string): readonly string[] {
  if (/^ex(?:on )?19 del l858r$/i.test(name)) return ['EXON 19 IN-FRAME DELETION', 'L858R']
  if (/^deletion and mutation$/i.test(name)) return [name]
  const exons = /^(EXON \d+) and (EXON \d+) (MUTATION)S$/i.exec(name)
  if (exons !== null) return [`${exons[1]} ${exons[3]}`, `${exons[2]} ${exons[3]}`]
  if (/::|-/.test(name) || name.startsWith(gene)) return [name]
  const parts = name.split(/ and /i)
  return parts.flatMap((one) =>
    /^[A-Z]\d+[A-Z] [A-Z]\d+[A-Z]$/.test(one)
      ? one.split(' ')
      : /^ ?amplification$/i.test(one)
        ? ['AMPLIFICATION']
        : [one],
  )
}

function inner(text: string): string {
  return / OR /.test(text) ? `(${text})` : text
}

/** "VHL c.340+1G>A"; undefined: no change of a known place. */
function codingText(gene: string, name: string): string | undefined {
  const text = name.replace(/[\u2212\u2013]/g, '-').trim()
  return /^c\.[-*]?\d+([+-]\d+)?(_[-*]?\d+([+-]\d+)?)?([ACGT]>[ACGT]|del[ACGT]*|dup[ACGT]*|delins[ACGT]+)$/.test(
    text,
  ) || /^c\.\d+([+-]\d+)?_\d+([+-]\d+)?ins[ACGT]+$/.test(text)
    ? `${gene} ${text}`
    : undefined
}

/** One base change or, of a promoter, its stretch, on GRCh37 and where it is known on GRCh38. */
function placeText(
  gene: string,
  place: NamedVariant['place'],
  stretch: boolean,
  lift: Lift,
): string | undefined {
  if (place === undefined || (!stretch && place.ref === '' && place.alt === '')) return undefined
  const { chromosome, from, to, ref, alt } = place
  const alleles = stretch ? '' : ` ${ref === '' ? '-' : ref}>${alt === '' ? '-' : alt}`
  const at = (start: number, end: number) =>
    `${chromosome}:${start}${end === start ? '' : `-${end}`}${alleles}`
  const [from38, to38] = [lift(chromosome, from), lift(chromosome, to)]
  const other =
    from38 !== undefined && to38 !== undefined && to38 - from38 === to - from
      ? ` / GRCh38 ${at(from38, to38)}`
      : ''
  return `${gene} at GRCh37 ${at(from, to)}${other}`
}

/** "T315I" of "NP_005148.2:p.Thr315Ile"; undefined: it names no protein. */
function proteinOf(expression: string): string | undefined {
  const found = /:p\.\(?([A-Z][a-z]{2})(\d+)(?:([A-Z][a-z]{2}|Ter|\*)|(?:[A-Z][a-z]{2})?(fs).*)\)?$/.exec(
    expression,
  )
  if (found === null) return undefined
  const [, from = '', number, to, frame] = found
  const one = ONE_LETTER[from]
  const other = to === undefined ? frame : ONE_LETTER[to]
  return one === undefined || other === undefined ? undefined : `${one}${number}${other}`
}

const ONE_LETTER: Readonly<Record<string, string>> = {
  ...{ Ala: 'A', Arg: 'R', Asn: 'N', Asp: 'D', Cys: 'C', Gln: 'Q', Glu: 'E', Gly: 'G', His: 'H', Ile: 'I' },
  ...{ Leu: 'L', Lys: 'K', Met: 'M', Phe: 'F', Pro: 'P', Ser: 'S', Thr: 'T', Trp: 'W', Tyr: 'Y', Val: 'V' },
  ...{ Ter: '*', '*': '*' },
}
