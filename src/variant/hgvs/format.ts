import {
  type AlleleList,
  type ExtensionEnd,
  type FrameStop,
  type HgvsExpression,
  type Inserted,
  type Interval,
  isPosition,
  type NucleotideChange,
  type NucleotideEdit,
  type Place,
  type Position,
  type ProteinChange,
  type ProteinEdit,
  type RepeatCount,
  type ResiduePosition,
  type Stretch,
} from './expression.ts'
import { threeLetters } from './residues.ts'

/** As HGVS 21.0 writes it: three-letter amino acids, "Ter", no bases that follow from the reference. */
export function formatHgvs(expression: HgvsExpression): string {
  const { accession, selector, type } = expression
  const named = accession === undefined ? '' : `${accession}${selector === undefined ? '' : `(${selector})`}:`
  const change =
    expression.type === 'p'
      ? written(expression, formatProteinChange)
      : written(expression, formatNucleotideChange)
  return `${named}${type}.${change}`
}

function written<Change>(
  { change, alleles }: { readonly change: Change; readonly alleles?: AlleleList<Change> },
  format: (change: Change) => string,
): string {
  if (alleles === undefined) return format(change)
  const between = alleles.phase === 'unknown' ? '(;)' : ';'
  const texts = alleles.molecules.map((changes) => changes.map(format).join(between))
  if (alleles.phase === 'unknown' && texts.length === 1) return texts[0]!
  return texts.map((text) => `[${text}]`).join(';')
}

export function formatNucleotideChange({ interval, edit, predicted }: NucleotideChange): string {
  const text = `${formatInterval(interval)}${formatNucleotideEdit(edit)}`
  return predicted ? `(${text})` : text
}

export function formatInterval({ start, end, uncertain }: Interval): string {
  const first = formatPlace(start)
  const last = formatPlace(end)
  const text = first === last ? first : `${first}_${last}`
  return uncertain ? `(${text})` : text
}

function formatPlace(place: Place): string {
  if (isPosition(place)) return formatPosition(place)
  const [earliest, latest] = [formatPosition(place.earliest), formatPosition(place.latest)]
  return earliest === latest ? `(${earliest})` : `(${earliest}_${latest})`
}

export function formatPosition({ from, base, offset }: Position): string {
  const text = base === undefined ? '?' : `${from === 'stop' ? '*' : ''}${base}`
  if (offset === 0) return text
  const size = Number.isFinite(offset) ? String(Math.abs(offset)) : '?'
  return `${text}${offset > 0 ? '+' : '-'}${size}`
}

export function formatNucleotideEdit(edit: NucleotideEdit): string {
  switch (edit.kind) {
    case 'identity':
      return '='
    case 'substitution':
      return `${edit.from}>${edit.to}`
    case 'deletion':
      return 'del'
    case 'duplication':
      return 'dup'
    case 'insertion':
      return `ins${formatInserted(edit.inserted)}`
    case 'deletion-insertion':
      return formatDeletionInsertion(edit.stated.bases, edit.inserted)
    case 'inversion':
      return 'inv'
    case 'conversion':
      return `con${formatStretch(edit.source)}`
    case 'copies':
      return `copy${edit.count}`
    case 'repeat':
      return `${edit.unit ?? ''}[${formatCount(edit.count)}]`
  }
}

/** One base for one other is a substitution, however it was written. */
function formatDeletionInsertion(deleted: string | undefined, inserted: Inserted): string {
  if (deleted?.length === 1 && inserted.kind === 'bases' && inserted.bases.length === 1) {
    return `${deleted}>${inserted.bases}`
  }
  return `delins${formatInserted(inserted)}`
}

function formatInserted(inserted: Inserted): string {
  switch (inserted.kind) {
    case 'bases':
      return inserted.bases
    case 'unknown':
      return `N[${formatCount(inserted.length)}]`
    case 'stretch':
      return inserted.stretch.accession === undefined
        ? formatStretch(inserted.stretch)
        : `[${formatStretch(inserted.stretch)}]`
    case 'several':
      return `[${inserted.parts.map((part) => formatInserted(part).replace(/^\[(.*)\]$/s, '$1')).join(';')}]`
  }
}

function formatStretch({ accession, type, interval, inverted }: Stretch): string {
  const named = accession === undefined ? '' : `${accession}:${type}.`
  return `${named}${formatInterval(interval)}${inverted ? 'inv' : ''}`
}

function formatCount({ least, most }: RepeatCount): string {
  return least === most ? String(least ?? '?') : `(${least ?? '?'}_${most ?? '?'})`
}

export function formatProteinChange(change: ProteinChange): string {
  switch (change.kind) {
    case 'unchanged':
      return change.predicted ? '(=)' : '='
    case 'none':
      return change.predicted ? '0?' : '0'
    case 'unknown':
      return '?'
    case 'residues': {
      const first = formatResidue(change.start)
      const last = formatResidue(change.end)
      const place = first === last ? first : `${first}_${last}`
      const text = `${change.uncertainInterval ? `(${place})` : place}${formatProteinEdit(change.edit)}`
      return change.predicted ? `(${text})` : text
    }
  }
}

export function formatResidue({ residue, number }: ResiduePosition): string {
  return `${threeLetters(residue)}${number}`
}

export function formatProteinEdit(edit: ProteinEdit): string {
  switch (edit.kind) {
    case 'identity':
      return '='
    case 'substitution':
      return threeLetters(edit.to)
    case 'deletion':
      return 'del'
    case 'duplication':
      return 'dup'
    case 'insertion':
      return `ins${threeLetters(edit.residues)}`
    case 'deletion-insertion':
      return `delins${threeLetters(edit.residues)}`
    case 'frameshift':
      return `${threeLetters(edit.to ?? '')}fs${formatStop(edit.stop)}`
    case 'extension':
      return `${threeLetters(edit.to ?? '')}ext${formatExtensionEnd(edit.end)}`
    case 'repeat':
      return `[${formatCount(edit.count)}]`
  }
}

function formatStop(stop: FrameStop): string {
  return stop === undefined ? '' : `Ter${stop === 'unnumbered' ? '' : stop}`
}

export function formatExtensionEnd(end: ExtensionEnd): string {
  if (end === undefined) return ''
  return end.kind === 'stop' ? formatStop(end.length) : `${threeLetters(end.residue ?? '')}${end.length}`
}
