import { Cursor } from '../../src/variant/hgvs/cursor.ts'
import {
  formatExtensionEnd,
  formatHgvs,
  formatInterval,
  formatNucleotideChange,
  formatNucleotideEdit,
  formatPosition,
  formatProteinChange,
  formatProteinEdit,
  formatResidue,
} from '../../src/variant/hgvs/format.ts'
import { parseHgvs, readNucleotideChange, readType } from '../../src/variant/hgvs/parse.ts'
import { readAccession, readSelector } from '../../src/variant/hgvs/read-accession.ts'
import { readBases, readNucleotideEdit } from '../../src/variant/hgvs/read-nucleotide-edit.ts'
import {
  readDefiniteInterval,
  readInterval,
  readPosition,
  signedNumber,
} from '../../src/variant/hgvs/read-place.ts'
import {
  readAminoAcid,
  readExtensionEnd,
  readFrameStop,
  readProteinChange,
  readProteinEdit,
  readResidue,
  readResiduePosition,
  readResidues,
  readStop,
  readStopDistance,
  readWholeProtein,
} from '../../src/variant/hgvs/read-protein.ts'

/** Reads a text by one rule of the grammar and writes it back; undefined where the rule has no normal spelling. */
type Rule = (text: string) => string | undefined

const whole =
  <Read>(read: (cursor: Cursor) => Read, write: (read: NonNullable<Read>) => string = String): Rule =>
  (text) => {
    const cursor = new Cursor(text)
    const found = read(cursor)
    if (found === undefined || found === null) throw cursor.fault('something')
    if (!cursor.done) throw cursor.fault('the end')
    return write(found)
  }

/** An answer that is only one of the alphabet: "A" for the one-letter rules, "Ala" for the others. */
const spelled =
  (letters: 1 | 3, rule: Rule): Rule =>
  (text) => {
    const units = letters === 3 ? text.match(/[A-Z][a-z]{2}/g)?.join('') : text.match(/[A-Z*]/g)?.join('')
    if (units !== text) throw new Error(`${text} has another alphabet`)
    return rule(text)
  }

const one =
  (pattern: RegExp): Rule =>
  (text) =>
    whole((cursor) => cursor.run(pattern))(text)

const amino = whole(readAminoAcid)
const residue = whole(readResidue)
const residues = whole(readResidues)
const withoutStop: Rule = (text) => {
  const read = residues(text)!
  if (read.includes('*')) throw new Error('a stop')
  return read
}
const stop = whole(readStop)
const nucleotides = (type: 'g' | 'r'): Rule => whole((cursor) => readBases(cursor, type) || undefined)
const edit = (kind: string | undefined, type: 'g' | 'r'): Rule => {
  const rule = whole(
    (cursor) => {
      const read = readNucleotideEdit(cursor, type)
      return kind === undefined || read.kind === kind ? read : undefined
    },
    (read) => formatNucleotideEdit(read),
  )
  return rule
}
const protein = (kind?: string): Rule =>
  whole((cursor) => {
    const read = readProteinEdit(cursor)
    return kind === undefined || read.kind === kind ? read : undefined
  }, formatProteinEdit)
/** An edit in parentheses, as the grammar of the peer knows it without its place. */
const perhaps =
  (rule: Rule): Rule =>
  (text) => {
    const inside = /^\((.*)\)$/.exec(text)?.[1]
    return inside === undefined ? rule(text) : `(${rule(inside)})`
  }
const place = (type: 'g' | 'm' | 'c' | 'n' | 'r'): Rule =>
  whole((cursor) => readPosition(cursor, type), formatPosition)
const definite = (type: 'g' | 'm' | 'c' | 'n' | 'r'): Rule =>
  whole((cursor) => readDefiniteInterval(cursor, type), formatInterval)
const interval = (type: 'g' | 'm' | 'c' | 'n' | 'r'): Rule =>
  whole((cursor) => readInterval(cursor, type), formatInterval)
const change = (type: 'g' | 'm' | 'c' | 'n' | 'r'): Rule =>
  whole((cursor) => readNucleotideChange(cursor, type), formatNucleotideChange)
const residueInterval: Rule = (text) => {
  const inside = /^\((.*)\)$/.exec(text)?.[1] ?? text
  return inside.split('_').map(whole(readResiduePosition, formatResidue)).join('_')
}
const variant =
  (type?: string): Rule =>
  (text) => {
    const read = parseHgvs(text)
    if (type !== undefined && read.type !== type) throw new Error(`${text} is of type ${read.type}`)
    return formatHgvs(read)
  }
/** "NM_01234.5:c.22+6", a place without a change. */
const placeOf = (types: string): Rule =>
  whole((cursor) => {
    const accession = readAccession(cursor)
    cursor.expect(':')
    const type = readType(cursor)
    if (!types.includes(type)) throw cursor.fault(types)
    if (type !== 'p') return `${accession}:${type}.${formatInterval(readInterval(cursor, type))}`
    const start = formatResidue(readResiduePosition(cursor))
    return `${accession}:p.${start}${cursor.take('_') ? `_${formatResidue(readResiduePosition(cursor))}` : ''}`
  })

/** By the names that the rows of the peer's grammar test give to its rules. */
export const RULES: Readonly<Record<string, Rule>> = {
  accn: whole(readAccession),
  aa1: spelled(1, amino),
  aa3: spelled(3, amino),
  aa13: amino,
  aat1: spelled(1, residue),
  aat3: spelled(3, residue),
  aat13: residue,
  aa1_seq: spelled(1, withoutStop),
  aa3_seq: spelled(3, withoutStop),
  aa13_seq: withoutStop,
  aat1_seq: spelled(1, residues),
  aat3_seq: spelled(3, residues),
  aat13_seq: residues,
  aa13_ext: whole(readExtensionEnd, formatExtensionEnd),
  aa13_fs: whole(readFrameStop, String),
  term1: spelled(1, stop),
  term3: spelled(3, stop),
  term13: stop,
  fsext_offset: (text) => (text === '' ? undefined : whole(readStopDistance, String)(text)),
  fs: (text) => protein('frameshift')(text),
  ext: (text) => protein('extension')(text),
  base: whole(signedNumber),
  snum: whole(signedNumber),
  nnum: whole((cursor) => (cursor.here === '-' ? signedNumber(cursor) : undefined)),
  num: whole((cursor) => cursor.number()),
  offset: whole((cursor) => signedNumber(cursor) ?? 0),
  pm: one(/[-+]/y),
  dna: nucleotides('g'),
  dna_iupac: nucleotides('g'),
  dna_seq: nucleotides('g'),
  na_iupac: (text) => {
    try {
      return nucleotides('g')(text)
    } catch {
      return nucleotides('r')(text)
    }
  },
  rna: nucleotides('r'),
  rna_iupac: nucleotides('r'),
  rna_seq: nucleotides('r'),
  ...Object.fromEntries(
    (['g', 'm', 'c', 'n', 'r'] as const).flatMap((type) => [
      [`${type}_pos`, place(type)],
      [`def_${type}_pos`, place(type)],
      [`def_${type}_interval`, definite(type)],
      [`uncertain_${type}_interval`, interval(type)],
      [`${type}_interval`, interval(type)],
      [`${type}_posedit`, change(type)],
      [`${type}_typed_posedit`, variantWithout(type)],
      [`${type}_variant`, variant(type)],
      [`${type}_hgvs_position`, placeOf(type)],
    ]),
  ),
  p_pos: whole(readResiduePosition, formatResidue),
  def_p_pos: whole(readResiduePosition, formatResidue),
  def_p_interval: residueInterval,
  p_interval: residueInterval,
  p_posedit: whole(readProteinChange, formatProteinChange),
  p_posedit_special: whole(readWholeProtein, formatProteinChange),
  p_typed_posedit: variantWithout('p'),
  p_variant: variant('p'),
  p_hgvs_position: placeOf('p'),
  hgvs_variant: variant(),
  hgvs_position: placeOf('gmcnrp'),
  dna_con: edit('conversion', 'g'),
  dna_del: edit('deletion', 'g'),
  dna_delins: edit('deletion-insertion', 'g'),
  dna_dup: edit('duplication', 'g'),
  dna_edit: edit(undefined, 'g'),
  dna_edit_mu: perhaps(edit(undefined, 'g')),
  dna_ident: edit('identity', 'g'),
  dna_ins: edit('insertion', 'g'),
  dna_inv: edit('inversion', 'g'),
  dna_subst: edit('substitution', 'g'),
  dna_copy: edit('copies', 'g'),
  rna_con: edit('conversion', 'r'),
  rna_del: edit('deletion', 'r'),
  rna_delins: edit('deletion-insertion', 'r'),
  rna_dup: edit('duplication', 'r'),
  rna_edit: edit(undefined, 'r'),
  rna_edit_mu: perhaps(edit(undefined, 'r')),
  rna_ident: edit('identity', 'r'),
  rna_ins: edit('insertion', 'r'),
  rna_inv: edit('inversion', 'r'),
  rna_subst: edit('substitution', 'r'),
  pro_del: protein('deletion'),
  pro_delins: protein('deletion-insertion'),
  pro_dup: protein('duplication'),
  pro_edit: protein(),
  pro_edit_mu: perhaps(protein()),
  pro_ext: protein('extension'),
  pro_fs: protein('frameshift'),
  pro_ins: protein('insertion'),
  pro_subst: protein('substitution'),
  pro_ident: protein('identity'),
  opt_gene_expr: whole(readSelector),
  paren_gene: whole(readSelector),
  gene_symbol: (text) => whole(readSelector)(`(${text})`),
}

function variantWithout(type: string): Rule {
  return (text) => (text.startsWith(`${type}.`) ? variant(type)(text) : undefined)
}
