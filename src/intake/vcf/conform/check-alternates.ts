import { type Breakend, readAlternate } from '../model/alternate.ts'
import { shown } from './findings.ts'
import { piecesOf } from './pieces.ts'
import type { RecordUnderCheck } from './record-under-check.ts'

/** ALT: alleles other than REF, joined by commas (sections 1.6.1 and 5.4). */
export function checkAlternates(ref: string, record: RecordUnderCheck): void {
  const { alternates, header, report } = record
  const seen = new Set<string>()
  const reference = ref.toUpperCase()
  for (const text of alternates) {
    const field = alternates.length > 1 ? text.slice(0, 60) : undefined
    // An empty column is one finding, not two.
    if (text === '' && alternates.length === 1) return
    const upper = text.startsWith('<') ? text : text.toUpperCase()
    if (seen.has(upper) && !isToldApart(text, record))
      report('VCF_ALT_REPEATED', 'ALT', field, () => `${shown(text)} stands twice`)
    seen.add(upper)
    const allele = readAlternate(text)
    switch (allele.kind) {
      case 'fault':
        report(allele.why === 'ambiguous' ? 'VCF_ALT_AMBIGUOUS' : 'VCF_ALT', 'ALT', field, () =>
          FAULTS[allele.why](text),
        )
        break
      case 'bases':
        if (upper === reference)
          report('VCF_ALT_IS_REF', 'ALT', field, () => `ALT and REF are ${shown(text)}`)
        break
      case 'overlapping-deletion':
        if (header.minor < 2) report('VCF_ALT_STAR', 'ALT', field, () => 'ALT is "*"')
        break
      case 'symbolic':
        if (!isDeclared(allele.id, header.alts))
          report('VCF_ALT_UNDECLARED', 'ALT', allele.id.slice(0, 60), () => shown(text))
        break
      case 'breakend':
        if (!holdsBase(allele, ref))
          report('VCF_BREAKEND_BASE', 'ALT', field, () => `REF is ${shown(ref)}, ALT ${shown(text)}`)
        break
    }
  }
}

const FAULTS = {
  empty: () => 'an empty allele: a comma too many',
  space: (text: string) => `whitespace in ${shown(text)}`,
  dot: () => '"." beside other alleles',
  ambiguous: (text: string) => `ALT is ${shown(text)}`,
  bases: (text: string) => `${shown(text)} is neither bases A, C, G, T, N nor a symbol`,
  symbol: (text: string) => `${shown(text)} is no symbol <ID>: whitespace, a comma or an angle bracket in it`,
  breakend: (text: string) => `${shown(text)} is no breakend such as G[17:198982[`,
} as const

/**
 * From 4.4 on a symbol may stand twice, since SVLEN, CN or the lists of tandem repeats say of each allele what it is
 * (section 3): two copies of `<CNV:TR>` of different lengths. A record without such a list says one thing twice.
 */
function isToldApart(text: string, { header, alternates, columns }: RecordUnderCheck): boolean {
  if (header.minor < 4 || !text.startsWith('<')) return false
  return piecesOf(columns[7]!, ';').some((field) => piecesOf(field, ',').length >= alternates.length)
}

/** A subtype is declared with its type: <DUP:TANDEM> by DUP. "<*>" and the reference block of a gVCF need no line. */
function isDeclared(id: string, alts: ReadonlySet<string>): boolean {
  return id === '*' || alts.has(id) || alts.has(id.split(':', 1)[0]!)
}

/** The base at the join is kept: "t" begins with REF when the piece follows, ends with it when the piece goes before. */
function holdsBase({ bases, joined }: Breakend, ref: string): boolean {
  if (bases === '.') return true
  const kept = joined === 'after' ? bases[0] : bases.at(-1)
  return kept?.toUpperCase() === ref[0]?.toUpperCase()
}
