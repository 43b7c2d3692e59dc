/** What a text asks of a gene. */
export interface Change {
  readonly kind:
    | 'mutation'
    | 'amplification'
    | 'deletion'
    | 'fusion'
    | 'loss'
    | 'wild-type'
    | 'any'
    | 'positive'
    | 'negative'
  /** Of a mutation: which one. */
  /** Of a fusion: the other gene. */
  readonly partner?: string
  readonly detail?: {
    readonly proteinChange?: string
    readonly residue?: string
    readonly exon?: number
    readonly classification?: string
  }
}

const WORDS: readonly (readonly [source: string, kind: Change['kind']])[] = [
  [String.raw`wild[- ]?type|wt\b`, 'wild-type'],
  [String.raw`amplif\w*|copy number gains?|gene copy number gains?`, 'amplification'],
  [String.raw`(?:gene )?(?:fusions?|fused|transloc\w*|rearrang\w*)`, 'fusion'],
  [String.raw`(?:homozygous |deep )?delet\w*`, 'deletion'],
  [
    String.raw`(?:pathogenic |germline |somatic |missense |truncating |frameshift |deleterious |inactivating |activating )*(?:mutat\w*|mutants?|variants?)|class (?:[1-3]|I{1,3})(?: mutations?)?|truncating`,
    'mutation',
  ],
  [
    String.raw`inactivat\w*|LOF(?: mutations?)?|loss(?:[- ]of[- ]function)?(?: mutations?)?|deficien\w*`,
    'loss',
  ],
  [
    String.raw`(?:genetic |genomic |molecular |gene )*(?:alter\w*|aberrat\w*|defects?|abnormalit\w*|changes?)`,
    'any',
  ],
  [String.raw`negativ\w*|non-?amplified`, 'negative'],
  [String.raw`over-?express\w*|positiv\w*`, 'positive'],
]
const ACID = 'ACDEFGHIKLMNPQRSTVWY'
const PLACE = String.raw`(?:p\.)?([${ACID}]\d{1,4})([${ACID}*](?:fs\S*)?)?(?![A-Za-z0-9])`
const EXON = String.raw`exons?\s+(\d{1,2})\s*(deletions?|insertions?|skipping(?: mutations?)?|mutations?)?`
/** What may stand between a gene, the words for its changes, and one another. */
const JOIN =
  /^(?:[\s,/()–-]|(?:and\/or|and|or)\b|(?:genes?|protein|proteins|tumou?rs?|known|activating|sensitizing|sensitising|documented|confirmed|hotspot|somatic|germline|deleterious|pathogenic|driver|a|an|the|either|is|are|by|of)\b(?!-))+/i

type Found = readonly [change: Change, length: number]

function changeAt(text: string): Found | undefined {
  const exon = EXON_AT.exec(text)
  if (exon !== null) {
    const kind = exon[2]?.slice(0, 3).toLowerCase()
    const classification = kind === 'del' ? 'In_Frame_Del' : kind === 'ins' ? 'In_Frame_Ins' : undefined
    const detail = { exon: Number(exon[1]), ...(classification === undefined ? {} : { classification }) }
    return [{ kind: 'mutation', detail }, exon[0].length]
  }
  const tandem = TANDEM_AT.exec(text)
  if (tandem !== null)
    return [{ kind: 'mutation', detail: { classification: 'In_Frame_Ins' } }, tandem[0].length]
  const place = PLACE_AT.exec(text)
  if (place !== null) return [changeWritten(`${place[1]}${place[2] ?? ''}`), place[0].length]
  for (const [pattern, kind] of WORDS_AT) {
    const match = pattern.exec(text)
    if (match !== null) return [{ kind }, match[0].length]
  }
  return undefined
}
const EXON_AT = new RegExp(`^${EXON}`, 'i')
const TANDEM_AT = /^(?:ITD\b|internal tandem duplications?(?: \(ITD\))?)/
const PLACE_AT = new RegExp(`^${PLACE}`)
const WORDS_AT = WORDS.map(([source, kind]) => [new RegExp(`^(?:${source})(?![A-Za-z])`, 'i'), kind] as const)

/** "V600E" is one change; "V600" a place where any other amino acid will do. */
export function changeWritten(change: string): Change {
  return {
    kind: 'mutation',
    detail: /\d$/.test(change) ? { residue: `p.${change}` } : { proteinChange: `p.${change}` },
  }
}

/** The changes named right behind a gene, "L858R or exon 19 deletion", and how far they reach. */
export function changesAfter(text: string): {
  readonly changes: readonly Change[]
  readonly end: number
  /** "mutation negative": none of them may be there. */
  readonly negated: boolean
} {
  const changes: Change[] = []
  let [at, end, negated, last] = [0, 0, false, 0]
  for (let i = 0; i < 12; i++) {
    const gap = JOIN.exec(text.slice(at))?.[0] ?? ''
    const here = text.slice(at + gap.length)
    const found = changeAt(here)
    if (found === undefined) break
    const result = /^[\s-]*(?:(?:is|are)\s)?$/.test(gap) && changes.length > 0 ? RESULT.exec(here) : null
    last = end
    const others = result === null ? otherAcids(here, found) : []
    if (result === null) changes.push(found[0], ...others)
    else negated ||= result[0].toLowerCase() === 'negativ'
    at += gap.length + found[1] + others.length * 2
    end = at
  }
  // "… or loss of CDKN2A": what is followed by the next gene is said of that one. The text ends where it begins.
  if (end > 0 && /^\s*(?:of|in|involving|affecting)\s+(?:the\s+)?$/.test(text.slice(end))) {
    changes.pop()
    end = last
  }
  return { changes: telling(changes), end, negated }
}
/** "V600E/K": V600K as well. */
function otherAcids(text: string, [change, length]: Found): readonly Change[] {
  const [, place] = /^p\.([A-Z]\d+)[A-Z*]$/.exec(change.detail?.proteinChange ?? '') ?? []
  if (place === undefined) return []
  const [tail] = OTHER_ACIDS.exec(text.slice(length)) ?? ['']
  return [...tail.matchAll(/[A-Z*]/g)].map(([acid]) => changeWritten(`${place}${acid}`))
}
const OTHER_ACIDS = new RegExp(`^(?:/[${ACID}*](?![A-Za-z0-9]))+`)
/** Of a test for the changes named before it. */
const RESULT = /^(?:positiv|negativ)(?=e\b|ity\b)/i

const AHEAD = new RegExp(
  String.raw`((?:(?:${WORDS.map(([source]) => source).join('|')})(?:\s*(?:,|or|and|and\/or|\/)\s*)?)+)(?:\s+(?:in|of|for|involving|affecting|within|the|a|an|any|at|least|one|following|genes?|either|known|both|tumou?r|\d))*(?:[^.;:]{0,60}\(|\s*:?)\s*$`,
  'i',
)

/** The changes named in front of a gene, "mutation or deletion in the", and where they begin. */
export function changesBefore(
  text: string,
): { readonly changes: readonly Change[]; readonly at: number } | undefined {
  const match = AHEAD.exec(text)
  if (match === null) return undefined
  const { changes } = changesAfter(match[1]!)
  return changes.length === 0 ? undefined : { changes, at: match.index }
}

/** "V600E mutation" asks for V600E, not for any mutation. */
function telling(changes: readonly Change[]): readonly Change[] {
  const detailed = changes.some(({ detail }) => detail !== undefined)
  return changes.filter(({ kind, detail }) => !(detailed && kind === 'mutation' && detail === undefined))
}
