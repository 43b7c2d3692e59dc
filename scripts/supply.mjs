// What Garrod is made of besides itself: checks every package of package-lock.json for a licence that may be combined with
// Apache-2.0 and for a checksum, and with --sbom writes a bill of materials (CycloneDX 1.5) to the standard output.
// Known vulnerabilities are scripts/advisories.mjs.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))

/** SPDX ids that ask for no more than a notice, and MPL-2.0, which binds the files of the package alone. */
const ALLOWED = new Set(
  'MIT Apache-2.0 ISC 0BSD BSD-2-Clause BSD-3-Clause BlueOak-1.0.0 CC0-1.0 Zlib Unlicense OFL-1.1 MPL-2.0'.split(
    ' ',
  ),
)
/** Packages whose manifest names no licence; read in the package itself. */
const READ = { 'png-js': 'MIT' }

/** Whether a licence expression can be met: every part of an AND, one of an OR. */
export function isAllowed(expression) {
  const text = expression.replace(/[()]/g, ' ').trim()
  if (/\sOR\s/.test(text)) return text.split(/\sOR\s/).some(isAllowed)
  return text.split(/\sAND\s/).every((one) => ALLOWED.has(one.trim()))
}

/** Packages of a lock file, each with what speaks against it. */
export function packagesOf({ packages }) {
  return Object.entries(packages)
    .filter(([path, entry]) => path !== '' && entry.link !== true)
    .map(([path, entry]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
      const licence = entry.license ?? READ[name] ?? 'none named'
      const problems = []
      if (!isAllowed(licence)) problems.push(`licence ${licence}`)
      if (entry.integrity === undefined) problems.push('no checksum')
      if (entry.resolved !== undefined && !/^https:\/\//.test(entry.resolved))
        problems.push(`comes from ${entry.resolved}`)
      return {
        name,
        version: entry.version,
        licence,
        dev: entry.dev === true,
        integrity: entry.integrity,
        problems,
      }
    })
}

function sbom(packages) {
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: { type: 'application', name: 'garrod', version: lock.version } },
    components: packages.map(({ name, version, licence, dev, integrity }) => ({
      type: 'library',
      name,
      version,
      purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
      scope: dev ? 'excluded' : 'required',
      licenses: [{ expression: licence }],
      ...(integrity === undefined
        ? {}
        : {
            hashes: [
              {
                alg: 'SHA-512',
                content: Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex'),
              },
            ],
          }),
    })),
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const packages = packagesOf(lock)
  if (process.argv.includes('--sbom')) {
    process.stdout.write(`${JSON.stringify(sbom(packages), null, 2)}\n`)
  } else {
    const bad = packages.filter((one) => one.problems.length > 0)
    for (const { name, version, problems } of bad)
      process.stderr.write(`${name}@${version}: ${problems.join(', ')}\n`)
    process.stderr.write(`${packages.length} packages, ${bad.length} refused\n`)
    process.exit(bad.length > 0 ? 1 : 0)
  }
}
