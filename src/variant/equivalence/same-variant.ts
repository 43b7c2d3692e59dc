import { type Description, describe } from '../describe/describe.ts'
import { readAskedHgvs } from '../hgvs/read-asked.ts'
import type { NameSources } from '../projection/sources.ts'
import { known, type Named, type NameGap, unknown } from '../sequence-change.ts'
import { looksLikeSpdi, parseSpdi } from '../spdi/spdi.ts'
import { looksLikeVcf, parseVcfAllele } from '../vcf-allele.ts'
import { compareSpans } from './compare-spans.ts'
import { type Span, spanOf, spanOfChange } from './span.ts'

/**
 * Whether two expressions mean the same variant: by their normal forms on a sequence that both reach through the alignments
 * given, else by what their texts say about one sequence. Another sequence is never taken for this one. Throws the faults of
 * `describe`.
 */
export function sameVariant(one: string, other: string, sources: NameSources): Named<boolean> {
  const [a, b] = [describe(one, sources, { transcripts: [] }), describe(other, sources, { transcripts: [] })]
  const [normal, normalToo] = [normalForms(a), normalForms(b)]
  let apart = false
  for (const [sequence, { form, sure }] of normal) {
    const too = normalToo.get(sequence)
    if (too?.form === form) return known(true)
    if (too !== undefined && sure && too.sure) apart = true
  }
  if (apart) return known(false)
  const gaps: NameGap[] = []
  for (const span of spansOf(a, sources)) {
    for (const too of spansOf(b, sources)) {
      const verdict = comparable(span, too)
      if (verdict === 'same' || verdict === 'different') return known(verdict === 'same')
      if (verdict !== undefined) gaps.push(verdict)
    }
  }
  return unknown(
    gaps[0] ?? { kind: 'no-common-sequence', one: referenceOf(a.written), other: referenceOf(b.written) },
  )
}

/**
 * By sequence: the contextual SPDI on it, or the normalised expression on a transcript; and a protein's own expression. Not sure
 * is what takes the bases of one sequence for those of another: such forms may differ and mean the same.
 */
function normalForms({
  genome,
  transcripts,
  written,
}: Description): ReadonlyMap<string, { readonly form: string; readonly sure: boolean }> {
  const forms = new Map<string, { readonly form: string; readonly sure: boolean }>()
  for (const { sequence, spdi } of genome)
    if (spdi.known) forms.set(sequence, { form: spdi.value, sure: true })
  for (const { transcript, hgvs, assumed } of transcripts) {
    // RNA is named along the transcript without its introns: another frame.
    const frame = hgvs.known && /:r\./.test(hgvs.value) ? `${transcript} RNA` : transcript
    if (hgvs.known) forms.set(frame, { form: hgvs.value, sure: !assumed })
  }
  // Two proteins of which nothing is known need not have changed alike.
  if (genome.length === 0 && /:p\.(?!\?$)/.test(written)) {
    forms.set(referenceOf(written), { form: written.replace(/p\.\((.*)\)$/s, 'p.$1'), sure: true })
  }
  return forms
}

function referenceOf(written: string): string {
  return written.split(':')[0]!.replace(/\(.*/, '')
}

function spansOf({ asked, genome, transcripts }: Description, sources: NameSources): readonly Span[] {
  const own =
    looksLikeVcf(asked) || looksLikeSpdi(asked) ? statedSpan(asked, sources) : textSpan(asked, sources)
  const onGenome = genome.map(({ asWritten, assumed }) => {
    const span = textSpan(asWritten, sources)
    return span !== undefined && assumed ? { ...span, deleted: undefined } : span
  })
  const onTranscripts = transcripts.map(({ asWritten, assumed }) => {
    const span = textSpan(asWritten, sources)
    return span !== undefined && assumed ? { ...span, deleted: undefined } : span
  })
  return [own, ...onGenome, ...onTranscripts].filter((span) => span !== undefined)
}

function textSpan(text: string, { sequences }: NameSources): Span | undefined {
  const expression = readAskedHgvs(text)
  if (expression.type === 'p' || expression.accession === undefined) return undefined
  const accession = sequences.contig(expression.accession)?.refseq ?? expression.accession
  return spanOf(expression, accession)
}

function statedSpan(text: string, { sequences, assembly }: NameSources): Span | undefined {
  if (looksLikeVcf(text)) {
    const { chrom, pos, ref, alt } = parseVcfAllele(text)
    const described = describe(
      text,
      {
        sequences,
        assembly,
        transcripts: { name: '', transcripts: [], byId: () => [], overlapping: () => [] },
      },
      { transcripts: [] },
    )
    const sequence = described.genome[0]?.sequence ?? chrom
    return spanOfChange({ sequence, start: pos - 1, deleted: ref, inserted: alt })
  }
  const { sequence, position, deleted, inserted } = parseSpdi(text)
  const bases = typeof deleted === 'number' ? 'N'.repeat(Math.min(deleted, 5_000_000)) : deleted
  return spanOfChange({
    sequence: sequences.contig(sequence)?.refseq ?? sequence,
    start: position,
    deleted: bases,
    inserted,
  })
}

/** Undefined where the two are of different sequences. */
function comparable(one: Span, other: Span): 'same' | 'different' | NameGap | undefined {
  const [sequence, kind = ''] = one.frame.split('|')
  const [sequenceToo, kindToo = ''] = other.frame.split('|')
  if (
    sequence !== sequenceToo ||
    (kind[0] !== kindToo[0] && kind + kindToo !== 'cr' && kind + kindToo !== 'rc')
  )
    return undefined
  if (one.frame.replace('|r', '|c') === other.frame.replace('|r', '|c')) return compareSpans(one, other)
  return acrossFrames(one, other)
}

/** In two stretches of one transcript: an exon and an intron never share a base, two sides of one intron may. */
function acrossFrames(one: Span, other: Span): 'different' | NameGap {
  const single = [one, other].every(({ start, end }) => end - start === 1)
  const replaced = [one, other].every(
    ({ effect }) => effect.kind === 'replace' && effect.inserted.length === 1,
  )
  const intronic = [one, other].map(({ frame }) => /[+-]$/.exec(frame)?.[0])
  const facing = intronic[0] !== undefined && intronic[1] !== undefined && intronic[0] !== intronic[1]
  if (single && replaced && !facing && !(intronic[0] === undefined && intronic[1] === undefined))
    return 'different'
  return { kind: 'bases-unknown', sequence: one.frame.split('|')[0]!, start: 0, end: 0 }
}
