import type { ClinicalVocabulary } from '../../decide/enrol/ctml/clinical-leaf.ts'
import { readSignatures, type Signature, withSignatures } from '../../decide/enrol/draft/signature.ts'
import { jsonDocuments } from '../../intake/json-documents.ts'
import type { Io } from '../command.ts'
import { type ReadTrial, readText, readTrials } from './trial-files.ts'

/**
 * Trials with the signed criteria of files in the place of their drafts. A signature whose text a trial no longer has is
 * told and changes nothing. Throws what a file of signatures is refused for.
 */
export async function readSignedTrials(
  paths: readonly string[],
  signed: readonly string[],
  vocabulary: ClinicalVocabulary,
  io: Io,
): Promise<readonly ReadTrial[]> {
  const signatures = await readSignatureFiles(signed, vocabulary)
  return (await readTrials(paths, vocabulary)).map((one) => {
    if (!('trial' in one)) return one
    const { trial, lapsed } = withSignatures(one.trial, signatures)
    for (const signature of lapsed) io.err(lapsedText(signature))
    return { trial }
  })
}

/** Signatures as "draft --sign" prints them. Throws what such a file is refused for. */
export async function readSignatureFiles(
  paths: readonly string[],
  vocabulary: ClinicalVocabulary,
): Promise<readonly Signature[]> {
  const signatures: Signature[] = []
  for (const path of paths)
    for (const [i, document] of jsonDocuments(await readText(path), path).entries())
      signatures.push(...readSignatures(document, `${path}[${i}]`, vocabulary))
  return signatures
}

export function lapsedText({ id, nctId, text }: Signature): string {
  return `signature ${id} of ${nctId} has lapsed: the trial no longer has “${text.slice(0, 80)}”\n`
}
