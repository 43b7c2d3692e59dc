import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Facts } from '../../src/knowledge/facts.ts'

/** The fact packs of this checkout. */
export function builtInFacts(): Facts {
  return Facts.find([join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'facts')])
}
