import type { SiteNotes } from '../../../record/family-variant.ts'
import {
  type Cells,
  type ConsequenceField,
  cellsOf,
  consequenceField,
  transcriptNote,
} from './consequence-fields.ts'

/**
 * Names that annotators give to the frequency in a reference population, most telling first. INFO AF is never one of them: it is
 * the frequency in the file's own samples.
 */
const FILTERING = ['fafmax_faf95_max', 'faf95_max', 'faf95_popmax', 'gnomad_faf95', 'fafmax']
const HIGHEST = [
  'af_grpmax',
  'gnomad_af_grpmax',
  'gnomad_popmax_af',
  'af_popmax',
  'gnomad_af_popmax',
  'max_af',
  'gnomad_af',
  'gnomade_af',
  'gnomadg_af',
  'exac_af',
]
const SCORES: readonly (readonly [tool: string, fields: readonly string[]])[] = [
  ['REVEL', ['revel', 'revel_score', 'dbnsfp_revel_score']],
  ['BayesDel', ['bayesdel', 'bayesdel_noaf_score', 'dbnsfp_bayesdel_noaf_score']],
  ['AlphaMissense', ['am_pathogenicity', 'alphamissense_score', 'dbnsfp_alphamissense_score']],
  ['VEST4', ['vest4_score', 'dbnsfp_vest4_score']],
  ['CADD', ['cadd_phred', 'dbnsfp_cadd_phred']],
]
const BASES = /^[ACGTN]+$/
const DELTAS = ['spliceai_pred_ds_ag', 'spliceai_pred_ds_al', 'spliceai_pred_ds_dg', 'spliceai_pred_ds_dl']

/** Reads the INFO column of records by what the header declared. */
export class NotesReader {
  #consequences: ConsequenceField | undefined

  /** Takes one header line. VEP's CSQ stands before the others. */
  meta(text: string): void {
    const found = consequenceField(text)
    if (found !== undefined && this.#consequences?.field !== 'CSQ') this.#consequences = found
  }

  /** Whether the header declares consequences at all. */
  get hasConsequences(): boolean {
    return this.#consequences !== undefined
  }

  read(info: string, ref: string, alts: readonly string[], place: number): SiteNotes {
    const fields = infoFields(info)
    const declared = this.#consequences
    const value = declared && fields.get(declared.field.toLowerCase())
    const cells = declared && value ? cellsOf(declared, value, ref, alts, place) : []
    const transcripts = declared ? cells.map((cell) => transcriptNote(declared.field, cell)) : []
    const look = (name: string): string | undefined => perAlt(fields.get(name), alts.length, place)
    return {
      transcripts,
      frequency: frequencyOf(look, cells),
      scores: [...scoresOf(look, cells), ...spliceOf(fields.get('spliceai'), look, cells, alts[place]!)],
      clinvar: clinvarOf(fields, cells, alts, place),
    }
  }
}

function infoFields(info: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const field of info.split(';')) {
    const equals = field.indexOf('=')
    if (equals > 0) fields.set(field.slice(0, equals).toLowerCase(), field.slice(equals + 1))
  }
  return fields
}

/** The value of one ALT in a list with one per ALT; a single value stands for all only when there is one ALT. */
function perAlt(value: string | undefined, alts: number, place: number): string | undefined {
  const parts = value?.split(',')
  return parts?.length === alts ? parts[place] : undefined
}

/** A number written once or alike for every transcript; where they differ it is not known which one counts. */
function numberOf(text: string | undefined): number | undefined {
  const values = new Set((text ?? '').split(/[&|]/).filter((part) => part !== '' && part !== '.'))
  const [only] = values
  if (values.size !== 1 || only === undefined || !/^-?\d*\.?\d+(e-?\d+)?$/i.test(only)) return undefined
  return Number(only)
}

function first(
  name: string,
  look: (name: string) => string | undefined,
  cells: readonly Cells[],
): number | undefined {
  return numberOf(look(name)) ?? numberOf(cells.map((cell) => cell(name)).find((text) => text !== undefined))
}

function frequencyOf(
  look: (name: string) => string | undefined,
  cells: readonly Cells[],
): SiteNotes['frequency'] {
  for (const [kind, names] of [
    ['filtering', FILTERING],
    ['population', HIGHEST],
  ] as const)
    for (const field of names) {
      const value = first(field, look, cells)
      // slivar writes −1 for "not in the file of frequencies".
      if (value !== undefined && value >= 0 && value <= 1) return { value, kind, field }
    }
  return undefined
}

function scoresOf(
  look: (name: string) => string | undefined,
  cells: readonly Cells[],
): { tool: string; value: number; field: string }[] {
  return SCORES.flatMap(([tool, fields]) => {
    for (const field of fields) {
      const value = first(field, look, cells)
      if (value !== undefined) return [{ tool, value, field }]
    }
    return []
  })
}

/** SpliceAI: the highest of the four deltas, from the plugin's columns or from INFO SpliceAI=ALT|GENE|AG|AL|DG|DL|…. */
function spliceOf(
  own: string | undefined,
  look: (name: string) => string | undefined,
  cells: readonly Cells[],
  alt: string,
): { tool: string; value: number; field: string }[] {
  const deltas = DELTAS.map((name) => first(name, look, cells))
  if (deltas.every((value) => value !== undefined))
    return [{ tool: 'SpliceAI', value: Math.max(...deltas), field: 'SpliceAI_pred_DS' }]
  const values = (own ?? '')
    .split(',')
    .map((entry) => entry.split('|'))
    .filter(([allele]) => allele === alt)
    .map((entry) =>
      Math.max(...entry.slice(2, 6).map((text) => (text === '' || text === '.' ? Number.NaN : Number(text)))),
    )
    .filter((value) => Number.isFinite(value))
  return values.length === 0 ? [] : [{ tool: 'SpliceAI', value: Math.max(...values), field: 'SpliceAI' }]
}

/** Of a record with several ALT the statement of this one, where there is one for each; else that of the record is told as such. */
function clinvarOf(
  fields: ReadonlyMap<string, string>,
  cells: readonly Cells[],
  alts: readonly string[],
  place: number,
): SiteNotes['clinvar'] {
  const several = alts.filter((alt) => BASES.test(alt)).length > 1
  const own = (name: string) => {
    const text = fields.get(name)
    // "Pathogenic,_low_penetrance" is one statement, whatever the number of ALT.
    return text?.includes(',_') ? undefined : perAlt(text, alts.length, place)
  }
  const from = (name: string) =>
    own(name) ??
    fields.get(name) ??
    cells.map((cell) => cell(name) ?? cell(`clinvar_${name}`)).find((text) => text !== undefined)
  const significance = from('clnsig')
  if (significance === undefined || significance === '.') return undefined
  return {
    significance,
    review: from('clnrevstat'),
    id: from('clnvid') ?? from('clnvarid') ?? from('alleleid'),
    ...(several && fields.has('clnsig') && own('clnsig') === undefined ? { ofSomeAlt: true } : {}),
  }
}
