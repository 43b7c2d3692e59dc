import { Fault } from '../../terms/fault.ts'
import { parseHgvs } from './parse.ts'

/** A form of HGVS that says something other than which bases or residues stand where. */
interface Form {
  readonly what: string
  readonly mend: string
  /** The expressions that the form is made of, each of which must be HGVS by itself; undefined: the text is not of this form. */
  parts(head: string, body: string): readonly string[] | undefined
}

/** Longer texts are not looked at: no expression of these forms needs more. */
const LONGEST = 10_000
const BY_DNA = 'Ask for the change of the DNA (g. or c.): it says which bases changed.'
const EACH = 'Ask for each change by itself.'
/** A stretch that has a modification, several units or a partner: its place is HGVS where "=" may follow. */
const unchanged = (head: string, place: string) => `${head}${place}=`

/**
 * Source: HGVS Nomenclature 21.0: RNA ("Uncertain", "Splicing"), general ("Characters used": ^ | / // , ::), DNA ("Alleles",
 * "Repeated sequences", "Complex", "Other").
 */
const FORMS: readonly Form[] = [
  {
    what: 'an RNA of which it is said that its splicing changes or may change, and not how',
    mend: BY_DNA,
    parts: (head, body) => (head.endsWith('r.') && /^(spl\??|\(spl\??\))$/.test(body) ? [] : undefined),
  },
  {
    what: 'a change that is not known',
    mend: BY_DNA,
    parts: (head, body) =>
      (/[cgmnor]\.$/.test(head) && body === '?') || (/[rp]\.$/.test(head) && body === '(?)') ? [] : undefined,
  },
  {
    what: 'no RNA or protein at all',
    mend: BY_DNA,
    parts: (head, body) =>
      (head.endsWith('r.') && /^(0\??|\(0\))$/.test(body)) || (head.endsWith('p.') && body === '(0)')
        ? []
        : undefined,
  },
  {
    what: 'a whole sequence without a change',
    mend: 'Say which positions were looked at, as "c.123=" or "c.123_456=": what was not read is not without a change.',
    parts: (head, body) =>
      !head.endsWith('p.') && (body === '=' || (head.endsWith('r.') && body === '(=)')) ? [] : undefined,
  },
  {
    what: 'a state of methylation, which changes no base',
    mend: 'Send what was measured of methylation as an observation of its own; a name of bases cannot hold it.',
    parts: (head, body) => {
      const place = /^([^|]+)\|(?:gom|lom|met=)$/.exec(body)?.[1]
      return place === undefined || head.endsWith('p.') ? undefined : [unchanged(head, place)]
    },
  },
  {
    what: 'a mosaic or chimera, some cells of which have the change and others not',
    mend: 'Ask for the change alone, and keep the share of the cells or reads beside it.',
    parts: mosaicParts,
  },
  {
    what: 'several possible changes, one of which is meant',
    mend: EACH,
    parts: alternativeParts,
  },
  {
    what: 'several transcripts or proteins made from one change',
    mend: EACH,
    parts: (head, body) => {
      const listed = /^\[([^[\]]+,[^[\]]+)\]$/.exec(body)?.[1]
      return listed === undefined || !/[rp]\.$/.test(head)
        ? undefined
        : listed.split(',').map((one) => `${head}${one}`)
    },
  },
  {
    what: 'two alleles, one of which is not known or not there',
    mend: 'Ask for the known allele by itself: the other says nothing of bases.',
    parts: (head, body) => {
      const known = /^(\[.+\]);\[(?:\?|0)\]$/.exec(body)?.[1] ?? /^\[(?:\?|0)\];(\[.+\])$/.exec(body)?.[1]
      return known === undefined ? undefined : [`${head}${known}`]
    },
  },
  {
    what: 'a repeat of several units one behind the other',
    mend: 'Give the bases that stand there, as "delins" and the sequence.',
    parts: (head, body) => {
      const place = /^([^A-Za-z[\]]+)(?:[ACGTUNacgun]+\[\d{1,6}\]){2,}$/.exec(body)?.[1]
      return place === undefined ? undefined : [unchanged(head, place)]
    },
  },
  {
    what: 'two sequences joined, as by a fusion or a translocation',
    mend: 'Send the break points as VCF breakends, or the fusion as its two genes.',
    parts: joinedParts,
  },
]

/**
 * HGVS_NOT_INTERPRETED for an expression that HGVS allows and this program does not read; undefined where the text is of none of the forms
 * known. Each part of it is held to the grammar, so that a slip of the pen stays HGVS_SYNTAX.
 */
export function uninterpreted(text: string): Fault | undefined {
  if (text.length > LONGEST) return undefined
  const head = /^(?:[^:[\]]+:)?[gmocnrp]\./.exec(text)?.[0]
  if (head === undefined) return undefined
  const body = text.slice(head.length)
  const form = FORMS.find((one) => one.parts(head, body)?.every(isHgvs) === true && isHgvs(named(head)))
  if (form === undefined) return undefined
  return new Fault(
    'HGVS_NOT_INTERPRETED',
    `"${text.length > 120 ? `${text.slice(0, 117)}…` : text}"`,
    `this is valid HGVS, and Garrod does not interpret it: it names ${form.what}`,
    form.mend,
  )
}

/** An expression with the same reference, to hold that to the grammar where the form has no part of its own. */
function named(head: string): string {
  return head.endsWith('p.') ? `${head}?` : `${head}1=`
}

function isHgvs(text: string): boolean {
  try {
    parseHgvs(text)
    return true
  } catch (error) {
    if (error instanceof Fault) return false
    throw error
  }
}

/** "85=/T>C", "85=//T>C", "[123=/123A>G]", "(Trp24=/Cys)": the place without a change, and the change at the place. */
function mosaicParts(head: string, body: string): readonly string[] | undefined {
  const inner = /^\[(.+)\]$/.exec(body)?.[1] ?? /^\((.+)\)$/.exec(body)?.[1] ?? body
  const found = /^([^/=]*)=\/\/?([^/=]+)$/.exec(inner)
  if (found === null) return undefined
  const [, place = '', change = ''] = found
  const whole = place.length > 0 && change.startsWith(place)
  return [unchanged(head, place), `${head}${whole ? change : `${place}${change}`}`]
}

/** "(Gly56Ala^Ser^Cys)", "(370A>C^372C>R)": each alternative a change, or another residue at the place of the first. */
function alternativeParts(head: string, body: string): readonly string[] | undefined {
  if (!body.includes('^')) return undefined
  const inner = /^\((.+)\)$/.exec(body)?.[1] ?? body
  const [first = '', ...others] = inner.split('^')
  if (others.length > 20) return undefined
  const place = /^[A-Za-z]{1,3}\d+/.exec(first)?.[0]
  return [
    `${head}${first}`,
    ...others.map((other) =>
      head.endsWith('p.') && place !== undefined && /^(?:[A-Z][a-z]{2}|[A-Z*])$/.test(other)
        ? `${head}${place}${other}`
        : `${head}${other}`,
    ),
  ]
}

/** "-358_555::NM_000251.2:r.212_*279"; a stretch that ends at the end of a chromosome (pter, qter), inside or joined to another. */
function joinedParts(head: string, body: string): readonly string[] | undefined {
  const ended = (text: string) =>
    text.replaceAll('pter', '1').replaceAll('_cen_', '_').replaceAll('qter', '999999999')
  const [first = '', second, ...more] = body.split('::')
  if (more.length > 0) return undefined
  if (second !== undefined)
    return [unchanged(head, ended(first)), ended(second.includes(':') ? `${second}=` : `${head}${second}=`)]
  return /\b(?:pter|qter)\b|_(?:pter|qter)|(?:pter|qter)_/.test(body) ? [`${head}${ended(body)}`] : undefined
}
