import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { SequenceSlices } from '../../src/variant/slices.ts'
import type { Exon, Transcript } from '../../src/variant/transcript.ts'
import { TranscriptSet } from '../../src/variant/transcript-set.ts'
import { sharedData } from '../support/shared-data.ts'

export const CACHE = 'reference/hgvs/provider-cache.json.gz'

interface Cache {
  readonly tx_info: readonly {
    tx_ac: string
    alt_ac: string
    cds_start_i: number | null
    cds_end_i: number | null
    hgnc: string
  }[]
  readonly exons: readonly {
    tx: string
    alt: string
    method: string
    exons: readonly {
      ord: number
      tx_start_i: number
      tx_end_i: number
      alt_start_i: number
      alt_end_i: number
      alt_strand: 1 | -1
      cigar: string
    }[]
  }[]
  readonly tx_identity: readonly {
    tx_ac: string
    cds_start_i: number | null
    cds_end_i: number | null
    lengths: number[]
    hgnc: string
  }[]
  readonly sequences: readonly { ac: string; start: number | null; end: number | null; seq: string | null }[]
  readonly protein_for_tx: readonly { tx: string; protein: string | null }[]
}

/** The sequences and transcripts that the peer's own tests recorded from its data provider. */
export function providerCache(): { readonly sequences: SequenceSlices; readonly transcripts: TranscriptSet } {
  const cache = JSON.parse(gunzipSync(readFileSync(sharedData(CACHE)!)).toString()) as Cache
  const slices = cache.sequences
    .filter((one) => one.seq !== null)
    .map(({ ac, start, seq }) => ({ sequence: ac, start: start ?? 0, bases: seq! }))
  const whole = new Map(
    cache.sequences
      .filter((one) => one.start === null && one.end === null && one.seq !== null)
      .map((one) => [one.ac, one.seq!.length]),
  )
  for (const { tx_ac, lengths } of cache.tx_identity)
    whole.set(tx_ac, whole.get(tx_ac) ?? lengths.reduce((a, b) => a + b, 0))
  return {
    sequences: new SequenceSlices('provider cache', slices, whole, chromosomes()),
    transcripts: new TranscriptSet('provider cache', transcriptsOf(cache)),
  }
}

export function chromosomes() {
  return readFileSync(sharedData('reference/chromosomes.tsv')!, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [assembly, chromosome, refseq, length, refget] = line.split('\t')
      return {
        assembly: assembly as 'GRCh37',
        chromosome: chromosome!,
        refseq: refseq!,
        length: Number(length),
        refget: refget!,
      }
    })
}

function transcriptsOf(cache: Cache): Transcript[] {
  const known = new Map(chromosomes().map((one) => [one.refseq, one.assembly]))
  return cache.exons
    .filter((one) => one.method === 'splign')
    .map(({ tx, alt, exons }) => {
      const info =
        cache.tx_info.find((one) => one.tx_ac === tx) ?? cache.tx_identity.find((one) => one.tx_ac === tx)
      const { cds_start_i: start = null, cds_end_i: end = null } = info ?? {}
      return {
        id: tx,
        gene: { symbol: info?.hgnc, id: undefined, hgnc: undefined },
        biotype: start === null ? 'lncRNA' : 'protein_coding',
        assembly: known.get(alt),
        contig: alt,
        strand: exons[0]!.alt_strand,
        exons: [...exons].sort((a, b) => a.ord - b.ord).map(exonOf),
        cds:
          start === null || end === null
            ? undefined
            : { start, end, phase: 0, startKnown: true, endKnown: true },
        protein: cache.protein_for_tx.find((one) => one.tx === tx)?.protein ?? undefined,
        tags: [],
      }
    })
}

/** The peer's "D" is a base that only the transcript has, its "I" one that only the genome has. */
function exonOf(one: Cache['exons'][number]['exons'][number]): Exon {
  const swapped = one.cigar.replace(/[ID]/g, (letter) => (letter === 'I' ? 'D' : 'I'))
  return {
    start: one.alt_start_i,
    end: one.alt_end_i,
    transcriptStart: one.tx_start_i,
    transcriptEnd: one.tx_end_i,
    cigar: /[IDX]/.test(swapped) ? swapped : undefined,
  }
}
