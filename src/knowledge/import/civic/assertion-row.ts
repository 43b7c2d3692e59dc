import { cell } from './release-rows.ts'

/** Columns of assertions.tsv: conclusions that the source published, as facts. */
export const ASSERTION_COLUMNS = [
  ...(['assertion', 'profile', 'disease', 'therapies', 'type', 'direction', 'significance'] as const),
  ...(['amp', 'codes', 'evidence'] as const),
] as const
type AssertionRow = Readonly<Record<(typeof ASSERTION_COLUMNS)[number], string>>

/** An assertion with its ACMG or ClinGen/CGC/VICC codes. Flags of guidelines are those of its curators and are not kept. */
export function assertionRow(row: Readonly<Record<string, string>>, profile: string): AssertionRow {
  const doid = cell(row, 'doid').replace(/^DOID:/i, '')
  const list = (...names: readonly string[]) =>
    cell(row, ...names)
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '')
  return {
    assertion: cell(row, 'assertion_id'),
    profile,
    disease: doid === '' ? cell(row, 'disease') : `DOID:${doid}`,
    therapies: list('therapies', 'drugs').sort().join('|'),
    type: cell(row, 'assertion_type').toLowerCase(),
    direction: cell(row, 'assertion_direction').toLowerCase().replaceAll(' ', '-'),
    significance: cell(row, 'significance', 'clinical_significance').toLowerCase(),
    amp: cell(row, 'amp_category'),
    codes: [...list('acmg_codes'), ...list('clingen_codes')].join('|'),
    evidence: list('evidence_item_ids').join('|'),
  }
}
