import type { ClassificationLine } from '../../../src/app/classifications/classification-view.ts'

type Named = Pick<ClassificationLine, 'subject'>

/** "BRCA1 NM_007294.4:c.68_69del". */
export function titleOf({ subject }: Named): string {
  const { gene, hgvsC, hgvsG } = subject.names
  const name = hgvsC ?? hgvsG
  return [gene, name ?? placeOf({ subject })].filter((one) => one !== undefined).join(' ')
}

/** "GRCh38 chr10:94781859 G>A". */
export function placeOf({ subject: { variant } }: Named): string {
  const { assembly, chromosome, position, ref, alt } = variant
  return `${assembly} ${chromosome}:${position} ${ref}>${alt}`
}

/** Reads "chr10:94781859 G>A" or "10-94781859-G-A"; undefined: neither. */
export function readPlace(
  text: string,
): { chromosome: string; position: number; ref: string; alt: string } | undefined {
  const match =
    /^\s*(?:chr)?([0-9]{1,2}|X|Y|M|MT)[:\s-]\s*([0-9][0-9,]*)[:\s-]\s*([ACGT]+)\s*[>/:\s-]\s*([ACGT]+)\s*$/i.exec(
      text,
    )
  if (match === null) return undefined
  const [, name = '', position = '', ref = '', alt = ''] = match
  const chromosome = `chr${name.toUpperCase() === 'MT' ? 'M' : name.toUpperCase()}`
  return {
    chromosome,
    position: Number(position.replaceAll(',', '')),
    ref: ref.toUpperCase(),
    alt: alt.toUpperCase(),
  }
}
