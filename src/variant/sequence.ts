import { type Assembly, chromosomeOf } from '../terms/genome.ts'

/** One sequence that a source can be asked about: a chromosome, a contig, or a transcript by its accession. */
export interface Contig {
  /** As the source itself spells it: "chr1", "1", "NC_000001.11", "NM_000059.4". */
  readonly name: string
  /** Bases. */
  readonly length: number
  /** Set where name and length are those of a chromosome of this build. */
  readonly assembly: Assembly | undefined
  /** RefSeq accession with version, known where `assembly` is. */
  readonly refseq: string | undefined
  /**
   * GA4GH refget digest "SQ.…" of the chromosome of that name and length. It was not computed from the bases: a file that
   * was masked or altered has another digest.
   */
  readonly refget: string | undefined
}

/**
 * Reference bases, from wherever a site keeps them. Calls are synchronous: a whole genome is normalised at millions of
 * questions a minute, and the answers come from a window held in memory.
 */
export interface SequenceSource {
  /** What to call the source in a message: the file's name. */
  readonly name: string
  readonly contigs: readonly Contig[]
  /** The contig a name means, by its own spelling first, then "chr1" for "1" and for its RefSeq accession. */
  contig(name: string): Contig | undefined
  /**
   * Bases of the interval [start, end), counted from 0, in capitals. Clipped to the contig: shorter than asked where the
   * contig begins or ends. A contig that is not there is an error of the caller (RangeError): ask `contig` first.
   * Throws coded faults when the source turns out damaged.
   */
  bases(contig: string, start: number, end: number): string
  /** The same as the source writes them: in small letters where a repeat is masked. */
  written(contig: string, start: number, end: number): string
}

/** A chromosome of a build as the fact pack of assemblies knows it. */
export interface KnownSequence {
  readonly assembly: Assembly
  /** "1" … "22", "X", "Y", "MT". */
  readonly chromosome: string
  readonly refseq: string
  readonly length: number
  readonly refget: string
}

/** Finds contigs by any of their spellings. */
export class ContigNames {
  readonly contigs: readonly Contig[]
  readonly #byName = new Map<string, Contig>()

  constructor(contigs: readonly { name: string; length: number }[], known: readonly KnownSequence[]) {
    this.contigs = contigs.map((one) => ({ ...one, ...identity(one, known) }))
    for (const one of this.contigs) this.#byName.set(one.name, one)
    for (const one of this.contigs) {
      const chromosome = chromosomeOf(one.name) ?? chromosomeOfRefseq(one.refseq, known)
      for (const alias of [one.refseq, chromosome]) {
        if (alias !== undefined && !this.#byName.has(alias)) this.#byName.set(alias, one)
      }
    }
  }

  find(name: string): Contig | undefined {
    return this.#byName.get(name) ?? this.#byName.get(chromosomeOf(name) ?? name)
  }
}

function identity(
  contig: { readonly name: string; readonly length: number },
  known: readonly KnownSequence[],
): Pick<Contig, 'assembly' | 'refseq' | 'refget'> {
  const chromosome = chromosomeOf(contig.name)
  const found = known.find(
    (one) =>
      one.length === contig.length &&
      (one.refseq === contig.name ||
        (chromosome !== undefined && chromosomeOf(one.chromosome) === chromosome)),
  )
  return { assembly: found?.assembly, refseq: found?.refseq, refget: found?.refget }
}

function chromosomeOfRefseq(refseq: string | undefined, known: readonly KnownSequence[]): string | undefined {
  const found = known.find((one) => one.refseq === refseq)
  return found === undefined ? undefined : chromosomeOf(found.chromosome)
}

/** A source made of bases in memory: gene slices, transcripts, tests. */
export class SequencesInMemory implements SequenceSource {
  readonly name: string
  readonly #names: ContigNames
  readonly #bases: ReadonlyMap<string, string>

  constructor(name: string, bases: ReadonlyMap<string, string>, known: readonly KnownSequence[] = []) {
    this.name = name
    this.#bases = bases
    this.#names = new ContigNames(
      [...bases].map(([contig, text]) => ({ name: contig, length: text.length })),
      known,
    )
  }

  get contigs(): readonly Contig[] {
    return this.#names.contigs
  }

  contig(name: string): Contig | undefined {
    return this.#names.find(name)
  }

  bases(contig: string, start: number, end: number): string {
    return this.written(contig, start, end).toUpperCase()
  }

  written(contig: string, start: number, end: number): string {
    const found = this.contig(contig)
    if (found === undefined) throw new RangeError(`no contig ${contig} in ${this.name}`)
    return (this.#bases.get(found.name) as string).slice(Math.max(0, start), Math.max(0, end))
  }
}
