import type { StructuralFields } from '../../../variant/consequence/structural/structural-change.ts'
import { infoEntries, sampleTable, type VariantRecord } from '../../../variant/normalise/variant-record.ts'

/** What a record tells of its symbolic and breakend ALTs beside POS, REF and ALT. */
export function structuralFields(record: VariantRecord): StructuralFields {
  const entries = new Map(infoEntries(record.info).map(({ key, value }) => [key, value ?? '']))
  const { keys, rows } = sampleTable(record)
  const at = keys.indexOf('CN')
  const copyNumbers = at < 0 ? [] : rows.map((row) => copyNumber(row[at]))
  return { info: (key) => entries.get(key), copyNumbers }
}

function copyNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,5}(\.\d+)?$/.test(text) ? Number(text) : undefined
}
