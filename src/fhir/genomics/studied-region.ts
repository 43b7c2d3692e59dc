import type { Assemblies, ReferenceSequence } from '../../knowledge/assemblies.ts'
import type { AskedRange } from './place.ts'
import type { Span } from './stored-variant.ts'

/**
 * What of the ranges asked for lies in the regions that a study names, as $find-study-metadata tells it: regions without
 * overlap, 0-based [start, end), in the assembly of the study. "none" where no part does; "unknown" where the study names no
 * region, or a place is not known in its assembly. A region that is not written as coordinates (a gene, a file) is
 * repeated as it is: how much of it was asked for is not known here.
 */
export function regionsWithin(
  regions: readonly string[],
  asked: readonly AskedRange[],
  assemblies: Assemblies,
): string {
  if (regions.length === 0) return 'unknown'
  const written: string[] = []
  const parts = new Map<string, Span[]>()
  for (const text of regions) {
    const region = readRegion(text, assemblies)
    if (region === undefined) {
      written.push(text)
      continue
    }
    for (const range of asked) {
      if (range.sequence.chromosome !== region.sequence.chromosome) continue
      const there = rangeOn(range, region.sequence, assemblies)
      if (there === undefined) return 'unknown'
      const start = Math.max(there.start, region.start)
      const end = Math.min(there.end, region.end)
      if (start < end)
        parts.set(region.sequence.refseq, [...(parts.get(region.sequence.refseq) ?? []), { start, end }])
    }
  }
  const found = [...parts].flatMap(([refseq, spans]) =>
    joined(spans).map(({ start, end }) => `${refseq}:${start}-${end}`),
  )
  const all = [...found.sort(), ...written]
  return all.length === 0 ? 'none' : all.join(', ')
}

function readRegion(text: string, assemblies: Assemblies) {
  const [, refseq = '', from = '', to = ''] = /^(NC_\d+\.\d+):(\d+)-(\d+)$/.exec(text.trim()) ?? []
  const sequence = assemblies.sequence(refseq)
  return sequence && { sequence, start: Number(from), end: Number(to) }
}

/** Undefined where an end of the range is not known exactly in the other assembly. */
function rangeOn(range: AskedRange, to: ReferenceSequence, assemblies: Assemblies): Span | undefined {
  const { sequence, start, end } = range
  if (sequence.refseq === to.refseq || start === end) return { start, end }
  const first = assemblies.lift(sequence.chromosome, sequence.assembly, start + 1)
  const last = assemblies.lift(sequence.chromosome, sequence.assembly, end)
  const exact = first.low === first.high && last.low === last.high
  return exact ? { start: first.low - 1, end: last.low } : undefined
}

function joined(spans: readonly Span[]): readonly Span[] {
  const found: Span[] = []
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const before = found.at(-1)
    if (before === undefined || span.start > before.end) found.push(span)
    else found[found.length - 1] = { start: before.start, end: Math.max(before.end, span.end) }
  }
  return found
}
