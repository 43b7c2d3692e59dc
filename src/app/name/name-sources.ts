import { createReadStream, existsSync } from 'node:fs'
import { readCdot } from '../../intake/cdot/read-cdot.ts'
import { peek, uncompressed } from '../../intake/compression.ts'
import { openFasta } from '../../intake/fasta/fasta.ts'
import { readGff3 } from '../../intake/gff3/gff3.ts'
import { assemblies } from '../../knowledge/assemblies.ts'
import { Facts } from '../../knowledge/facts.ts'
import { Fault } from '../../terms/fault.ts'
import type { Assembly } from '../../terms/genome.ts'
import { asRegistered } from '../../variant/hgvs/sequence-kind.ts'
import { bareChromosomes, LayeredSequences, regionsOf } from '../../variant/layered-sequences.ts'
import type { NameSources } from '../../variant/projection/sources.ts'
import type { KnownSequence, SequenceSource } from '../../variant/sequence.ts'
import type { Transcript } from '../../variant/transcript.ts'
import { TranscriptSet, withoutVersion } from '../../variant/transcript-set.ts'
import { readConfig } from '../config.ts'
import { onGivenSequence } from './given-transcripts.ts'

/** The files that names are answered from. */
interface NameFiles {
  readonly sequences: readonly string[]
  readonly transcripts: readonly string[]
  readonly assembly: Assembly | undefined
}

/** Opens the files. Of transcripts only those are kept that an expression names, unless one asks for all at a place. */
export async function openNameSources(
  files: NameFiles,
  expressions: readonly string[],
  warn: (text: string) => void,
): Promise<NameSources & { close(): void }> {
  const chromosomes = assemblies(Facts.find(readConfig().factFolders)).sequences
  const { sequences, given, close } = openSequences(files.sequences, chromosomes)
  const kept: Transcript[] = []
  const wanted = idsIn(expressions)
  for (const path of files.transcripts) {
    for await (const one of transcriptsOf(path, wanted, files.assembly, warn))
      kept.push(onGivenSequence(one, path, given, chromosomes))
  }
  const transcripts = new TranscriptSet(files.transcripts.join(', '), kept)
  return { sequences, transcripts, assembly: files.assembly, close }
}

/** FASTA files as one source (`given`), and above the chromosomes of the builds without their bases. Throws the faults of the files. */
export function openSequences(
  paths: readonly string[],
  chromosomes: readonly KnownSequence[],
): { readonly sequences: SequenceSource; readonly given: SequenceSource; readonly close: () => void } {
  const open = paths.map((path) => openFasta(path, chromosomes))
  const regions = open.map((one) => regionsOf(one, chromosomes)).filter((one) => one !== undefined)
  const given = new LayeredSequences([...open, ...regions])
  const close = () => {
    for (const one of open) one.close()
  }
  const layers = [...open, ...regions, bareChromosomes(chromosomes)]
  return { sequences: new LayeredSequences(layers), given, close }
}

/** A file of transcripts is cdot JSON or GFF3, told apart by its first letter. `wanted` undefined: all of them. */
export async function* transcriptsOf(
  path: string,
  wanted: ReadonlySet<string> | undefined,
  assembly: Assembly | undefined,
  warn: (text: string) => void,
): AsyncGenerator<Transcript> {
  if (!existsSync(path)) throw new Fault('FILE_NOT_FOUND', path, 'there is no such file', 'Check the path.')
  const chunks = createReadStream(path, { highWaterMark: 1 << 20 })
  const { head, all } = await peek(uncompressed(chunks, path), 1)
  const fits = (id: string) => wanted?.has(withoutVersion(id)) ?? true
  if (head[0] === 0x7b) {
    const damaged = (fault: Fault) => warn(`left out: ${fault.message}\n`)
    yield* readCdot(path, all, { id: fits, damaged })
    return
  }
  const { transcripts, unusable } = await readGff3(path, all, assembly)
  for (const [why, { count, examples }] of unusable) {
    warn(`left out: ${count} transcripts of ${path}: ${why} (${examples.join(', ')})\n`)
  }
  for (const one of transcripts.transcripts) if (fits(one.id)) yield one
}

/** The transcripts that expressions name, without version; undefined when a place or a protein is asked for. */
function idsIn(expressions: readonly string[]): ReadonlySet<string> | undefined {
  const ids = new Set<string>()
  for (const asked of expressions) {
    // As the expression is read: without marks that say nothing, and in the registry's letters.
    const text = asked.replace(/[\s\p{Cf}]+/gu, '')
    const [, accession, selector, type] = /^\s*([^:(\s]+)(?:\(([^)]*)\))?:([cnr])\./.exec(text) ?? []
    if (type === undefined) return undefined
    for (const id of [accession!, selector ?? accession!]) ids.add(withoutVersion(asRegistered(id)))
  }
  return ids
}
