import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Facts } from '../../src/knowledge/facts.ts'

/** The fact packs of this checkout, the newest of each unless pinned ("cpic@2024-01"). */
export function builtInFacts(...pins: readonly string[]): Facts {
  return Facts.find([join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'facts')], pins)
}
