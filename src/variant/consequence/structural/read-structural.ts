import type { Answer } from '../../../terms/answer.ts'
import { copyChange } from './copy-change.ts'
import { readBreakend } from './read-breakend.ts'
import { slackOf } from './slack.ts'
import type { AltPlace, BreakEnd, StructuralChange, StructuralFields } from './structural-change.ts'

/**
 * Reads "<DEL>", "<DUP>", "<DUP:TANDEM>", "<INV>", "<CNV>", "<CNn>" and breakends (VCF 4.5, sections 1.4.5, 3 and 5.4). Where the
 * record does not tell its end, its mate or the direction of its copies, or tells two that contradict: unknown, and why.
 */
export function readStructural(place: AltPlace, fields: StructuralFields): Answer<StructuralChange, string> {
  const { alt } = place
  if (/[[\]]/.test(alt) || /^\.[A-Z]+$|^[A-Z]+\.$/i.test(alt)) return readBreakend(place, fields)
  const [, type = '', sub = ''] = /^<([^:>]+)((?::[^>]*)?)>$/.exec(alt) ?? []
  if (type === 'BND' || type === 'TRA')
    return unknown(`${alt} does not tell where its mate lies: a breakend is needed, as in "N[chr2:321["`)
  const copyNumber = type === 'CNV' || /^CN\d+$/.test(type)
  if (type !== 'DEL' && type !== 'DUP' && type !== 'INV' && !copyNumber)
    return unknown(`what ${alt} stands for is not known here`)
  const end = endOf(place, fields)
  if (!end.known) return end
  const stretch = { begin: place.position + 1, end: end.value }
  const base = { stretch, inserted: undefined, slack: slackOf(fields), copies: undefined }
  const [before, first, last, after] = endsOf(place.contig, stretch)
  if (copyNumber) {
    const change = copyChange(place, fields)
    if (!change.known) return change
    return { known: true, value: { ...base, ...change.value, joins: [] } }
  }
  const of = (part: Pick<StructuralChange, 'alteration' | 'joins'>): Answer<StructuralChange, string> => ({
    known: true,
    value: { ...base, ...part },
  })
  if (type === 'DEL') return of({ alteration: 'deletion', joins: [[before, after]] })
  if (type === 'INV')
    return of({
      alteration: 'inversion',
      joins: [
        [before, last],
        [first, after],
      ],
    })
  if (/^:TANDEM/.test(sub)) return of({ alteration: 'tandem_duplication', joins: [[last, first]] })
  // Where the copy lies is not told.
  return of({ alteration: 'duplication', joins: [] })
}

function endsOf(
  contig: string,
  { begin, end }: { readonly begin: number; readonly end: number },
): [BreakEnd, BreakEnd, BreakEnd, BreakEnd] {
  return [
    { contig, position: begin - 1, keeps: 'left' },
    { contig, position: begin, keeps: 'right' },
    { contig, position: end, keeps: 'left' },
    { contig, position: end + 1, keeps: 'right' },
  ]
}

/** Last base of the change: INFO END, which of several ALTs is that of the longest, or POS and SVLEN of the ALT itself. */
function endOf({ position, allele, alleles }: AltPlace, { info }: StructuralFields): Answer<number, string> {
  const [end, lengths] = [info('END'), info('SVLEN')?.split(',')]
  const length = lengths?.length === 1 && alleles > 1 ? undefined : lengths?.[allele - 1]
  if (end !== undefined && !/^\d{1,10}$/.test(end)) return unknown(`END "${end}" is not a position`)
  if (length !== undefined && length !== '.' && !/^-?\d{1,10}$/.test(length))
    return unknown(`SVLEN "${length}" is not a length`)
  const byLength = length === undefined || length === '.' ? undefined : position + Math.abs(Number(length))
  const byEnd = end === undefined ? undefined : Number(end)
  const told = alleles > 1 ? (byLength ?? undefined) : (byEnd ?? byLength)
  if (told === undefined)
    return unknown(
      alleles > 1
        ? 'the record has several ALTs and no SVLEN for each'
        : 'the record has neither END nor SVLEN',
    )
  if (told <= position) return unknown(`the end, ${told}, does not lie behind POS`)
  // One base more or less is a difference of convention.
  const differs = byEnd !== undefined && byLength !== undefined && Math.abs(byEnd - byLength) > 1
  if (differs && alleles === 1 && info('IMPRECISE') === undefined)
    return unknown(`END ${byEnd} and SVLEN ${length} contradict each other`)
  return { known: true, value: told }
}

function unknown(why: string): { readonly known: false; readonly because: readonly [string] } {
  return { known: false, because: [why] }
}
