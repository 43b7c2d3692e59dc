import { Fault } from '../../terms/fault.ts'
import type { ProteinExpression, ResiduePosition } from '../hgvs/expression.ts'
import { formatResidue } from '../hgvs/format.ts'
import { threeLetters } from '../hgvs/residues.ts'
import type { NameSources } from '../projection/sources.ts'
import { TranscriptMap } from '../projection/transcript-map.ts'
import { referenceOf } from '../protein/predict.ts'

/**
 * Throws HGVS_REFERENCE_MISMATCH where the protein does not have the named residues at their places. The protein is that of a
 * transcript given, translated; where there is none, nothing is checked.
 */
export function checkProtein(
  expression: ProteinExpression,
  { transcripts, sequences }: NameSources,
  where: string,
): void {
  const { accession, change } = expression
  if (change.kind !== 'residues' || accession === undefined) return
  for (const transcript of transcripts.transcripts) {
    if (transcript.protein !== accession && transcript.id !== accession) continue
    const reference = referenceOf(new TranscriptMap(transcript), sequences)
    if (!reference.known) continue
    for (const place of [change.start, change.end]) {
      checkResidue(place, where, accession, reference.value.protein)
    }
    return
  }
}

function checkResidue(
  { residue, number }: ResiduePosition,
  where: string,
  accession: string,
  protein: string,
): void {
  const there = protein[number - 1]
  if (there === residue || there === 'X' || residue === 'X') return
  throw new Fault(
    'HGVS_REFERENCE_MISMATCH',
    where,
    there === undefined
      ? `${accession} ends before ${formatResidue({ residue, number })}`
      : `${accession} has ${threeLetters(there)}${number}, not ${formatResidue({ residue, number })}`,
    'Check the accession with its version, and the position.',
  )
}
