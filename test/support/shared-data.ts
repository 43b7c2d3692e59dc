import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'shared', 'data')

/**
 * Path of a file of the public evaluation data that may lie beside the checkout, or undefined where it is absent.
 * Tests that need it skip with a printed reason; nothing of the product reads it.
 */
export function sharedData(path: string): string | undefined {
  const full = join(folder, path)
  return existsSync(full) ? full : undefined
}

/** The `skip` option for a test that needs the data: false when present, else the reason. */
export function needs(path: string): false | string {
  return sharedData(path) === undefined ? `evaluation data "${path}" is not beside this checkout` : false
}
