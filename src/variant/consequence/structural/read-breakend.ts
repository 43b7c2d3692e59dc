import type { Answer } from '../../../terms/answer.ts'
import { slackOf } from './slack.ts'
import type { AltPlace, BreakEnd, StructuralChange, StructuralFields } from './structural-change.ts'

/** VCF 4.5, section 5.4: t[p[ and t]p] join what lies after the mate, or before it turned round, behind t; ]p]t and [p[t before it. */
const JOINED = /^([A-Z.]*)([[\]])(.+):(\d{1,10})\2([A-Z.]*)$/i
/** "G." and ".G": an end whose other is not known. */
const SINGLE = /^(?:(\.)[A-Z]+|[A-Z]+(\.))$/i

/**
 * The join of a breakend. A join of two places of one chromosome that leaves out, or repeats, what lies between them is
 * read as that deletion or tandem duplication.
 */
export function readBreakend(
  { contig, position, ref, alt }: AltPlace,
  fields: StructuralFields,
): Answer<StructuralChange, string> {
  const slack = slackOf(fields)
  const single = SINGLE.exec(alt)
  if (single !== null) {
    const end: BreakEnd = { contig, position, keeps: single[1] === undefined ? 'left' : 'right' }
    return { known: true, value: { ...JOIN, joins: [[end]], slack } }
  }
  const [, before = '', bracket, mateContig = '', matePosition = '', after = ''] = JOINED.exec(alt) ?? []
  const bases = before === '' ? after : before
  if (bracket === undefined || (before === '') === (after === ''))
    return { known: false, because: [`"${alt.slice(0, 60)}" is not a breakend`] }
  if (mateContig.startsWith('<'))
    return { known: false, because: ['its mate lies on an assembled contig outside the reference'] }
  const own: BreakEnd = { contig, position, keeps: before === '' ? 'right' : 'left' }
  const mate: BreakEnd = {
    contig: mateContig,
    position: Number(matePosition),
    keeps: bracket === '[' ? 'right' : 'left',
  }
  const inserted = Math.max(0, bases.length - ref.length)
  const base = { joins: [[own, mate] as const], inserted, slack, copies: undefined }
  const [low, high] = own.position <= mate.position ? [own, mate] : [mate, own]
  if (mateContig === contig && low.position < high.position) {
    if (low.keeps === 'left' && high.keeps === 'right' && high.position - low.position > 1)
      return told({
        ...base,
        alteration: 'deletion',
        stretch: { begin: low.position + 1, end: high.position - 1 },
      })
    if (low.keeps === 'right' && high.keeps === 'left')
      return told({
        ...base,
        alteration: 'tandem_duplication',
        stretch: { begin: low.position, end: high.position },
      })
  }
  return told({ ...base, alteration: JOIN.alteration, stretch: undefined })
}

const JOIN = {
  alteration: 'chromosome_breakpoint',
  stretch: undefined,
  inserted: undefined,
  copies: undefined,
} as const

function told(value: StructuralChange): Answer<StructuralChange, string> {
  return { known: true, value }
}
