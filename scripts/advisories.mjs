// Known vulnerabilities of the packages in package-lock.json. The list comes from an OSV export that the site or CI gives
// (--osv FILE or FOLDER, or OSV_EXPORT: the unpacked npm export of osv.dev, one advisory or many in a file), else from
// the registry where it answers that question. Prints each finding with its severity and the day by which docs/security.md
// wants it gone. Exit 0: nothing of severity high or worse; 1: something; 2: no list could be had, or read.
// With --if-any a missing list is said and is no failure. With --dev the tools of development are looked at, too.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packagesOf } from './supply.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Days from publication to replacement, by severity; docs/security.md says the same. */
export const DAYS = { critical: 3, high: 14, moderate: 60, low: 180, unknown: 14 }
/** What fails the check. A severity that nobody stated may be the worst. */
const FAILS = new Set(['critical', 'high', 'unknown'])
/** A list whose newest entry is older says little about today. */
const STALE_DAYS = 7
const DAY = 86_400_000

/** Order of two versions by Semantic Versioning 2.0, clause 11: below zero, zero, above. */
export function compareVersions(one, other) {
  const parts = (text) => {
    const [main = '', ...pre] = text
      .replace(/^[v=\s]+/, '')
      .replace(/\+.*$/, '')
      .split('-')
    return { main: main.split('.').map(Number), pre: pre.join('-') }
  }
  const [a, b] = [parts(one), parts(other)]
  for (let i = 0; i < 3; i++) {
    const difference = (a.main[i] ?? 0) - (b.main[i] ?? 0)
    if (difference !== 0) return difference
  }
  if (a.pre === b.pre) return 0
  if (a.pre === '' || b.pre === '') return a.pre === '' ? 1 : -1
  const [left, right] = [a.pre.split('.'), b.pre.split('.')]
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [x, y] = [left[i], right[i]]
    if (x === y) continue
    if (x === undefined || y === undefined) return x === undefined ? -1 : 1
    const numbers = [/^\d+$/.test(x), /^\d+$/.test(y)]
    if (numbers[0] && numbers[1]) return Number(x) - Number(y)
    if (numbers[0] !== numbers[1]) return numbers[0] ? -1 : 1
    return x < y ? -1 : 1
  }
  return 0
}

/** Whether a version is affected, as an OSV `affected` entry says (OSV schema 1.6, evaluation). */
export function isAffected(version, { versions = [], ranges = [] }) {
  if (versions.includes(version)) return true
  return ranges.some(({ type, events = [] }) => {
    if (type !== 'SEMVER' && type !== 'ECOSYSTEM') return false
    const limits = events.flatMap((event) => event.limit ?? [])
    if (limits.length > 0 && !limits.some((limit) => limit === '*' || compareVersions(version, limit) < 0))
      return false
    const at = (event) => event.introduced ?? event.fixed ?? event.last_affected
    const sorted = events
      .filter((event) => at(event) !== undefined)
      .sort((a, b) => (at(a) === '0' ? -1 : at(b) === '0' ? 1 : compareVersions(at(a), at(b))))
    let affected = false
    for (const { introduced, fixed, last_affected: last } of sorted) {
      if (introduced !== undefined && (introduced === '0' || compareVersions(version, introduced) >= 0))
        affected = true
      if (fixed !== undefined && compareVersions(version, fixed) >= 0) affected = false
      if (last !== undefined && compareVersions(version, last) > 0) affected = false
    }
    return affected
  })
}

/** "critical", "high", "moderate", "low", or "unknown" where the advisory states neither a word nor a CVSS 3 vector. */
export function severityOf({ database_specific: specific, severity = [] }, affected) {
  const said = String(affected?.database_specific?.severity ?? specific?.severity ?? '').toLowerCase()
  if (said in DAYS) return said
  if (said === 'medium') return 'moderate'
  const vector = severity.find(({ type }) => type === 'CVSS_V3')?.score
  const score = vector === undefined ? undefined : cvss3(vector)
  if (score === undefined) return 'unknown'
  return score >= 9 ? 'critical' : score >= 7 ? 'high' : score >= 4 ? 'moderate' : 'low'
}

/** Base score of a CVSS 3.x vector (specification 3.1, section 7.1); undefined for what is none. */
export function cvss3(vector) {
  const metric = Object.fromEntries(vector.split('/').map((part) => part.split(':')))
  const changed = metric.S === 'C'
  const impact = { H: 0.56, L: 0.22, N: 0 }
  const weights = [
    { N: 0.85, A: 0.62, L: 0.55, P: 0.2 }[metric.AV],
    { L: 0.77, H: 0.44 }[metric.AC],
    { N: 0.85, L: changed ? 0.68 : 0.62, H: changed ? 0.5 : 0.27 }[metric.PR],
    { N: 0.85, R: 0.62 }[metric.UI],
    impact[metric.C],
    impact[metric.I],
    impact[metric.A],
  ]
  if (weights.some((one) => one === undefined)) return undefined
  const [av, ac, pr, ui, c, i, a] = weights
  const base = 1 - (1 - c) * (1 - i) * (1 - a)
  const total = changed ? 7.52 * (base - 0.029) - 3.25 * (base - 0.02) ** 15 : 6.42 * base
  if (total <= 0) return 0
  const whole = Math.min((changed ? 1.08 : 1) * (total + 8.22 * av * ac * pr * ui), 10)
  // Rounded up to one decimal, without the errors of binary fractions (section 7, Appendix A).
  const exact = Math.round(whole * 100_000)
  return exact % 10_000 === 0 ? exact / 100_000 : (Math.floor(exact / 10_000) + 1) / 10
}

/** What the advisories say of the packages, worst first. Those that were withdrawn say nothing. */
export function findingsIn(advisories, packages) {
  const byName = Map.groupBy(packages, ({ name }) => name)
  const found = []
  for (const advisory of advisories) {
    if (advisory.withdrawn !== undefined) continue
    for (const affected of advisory.affected ?? []) {
      if (affected.package?.ecosystem !== 'npm') continue
      for (const { name, version } of byName.get(affected.package.name) ?? []) {
        if (!isAffected(version, affected)) continue
        const severity = severityOf(advisory, affected)
        const fixed = (affected.ranges ?? []).flatMap(({ events = [] }) =>
          events.flatMap((one) => one.fixed ?? []),
        )
        const from = Date.parse(advisory.published ?? advisory.modified ?? '')
        const due = Number.isNaN(from)
          ? undefined
          : new Date(from + DAYS[severity] * DAY).toISOString().slice(0, 10)
        found.push({ id: advisory.id, name, version, severity, fixed, due, summary: advisory.summary ?? '' })
      }
    }
  }
  const worst = Object.keys(DAYS)
  return found.sort((a, b) => worst.indexOf(a.severity) - worst.indexOf(b.severity) || (a.id < b.id ? -1 : 1))
}

/** Advisories in a file (one, a list, {"vulns": [...]}, or one a line) or in every .json file of a folder. */
export function readOsv(path) {
  if (statSync(path).isDirectory())
    return readdirSync(path)
      .filter((name) => /\.(json|jsonl|ndjson)$/.test(name))
      .sort()
      .flatMap((name) => readOsv(join(path, name)))
  const text = readFileSync(path, 'utf8')
  if (text.trim() === '') throw new Error(`${path} is empty`)
  const values = /\.(jsonl|ndjson)$/.test(path)
    ? text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line))
    : [JSON.parse(text)].flat()
  const advisories = values.flatMap((one) => one?.vulns ?? one)
  const bad = advisories.find((one) => typeof one?.id !== 'string')
  if (bad !== undefined) throw new Error(`${path} holds something that is no OSV advisory: it has no id`)
  return advisories
}

/** What the registry answers; undefined where it does not answer that question. */
function fromRegistry(dev) {
  const { stdout } = spawnSync('npm', ['audit', ...(dev ? [] : ['--omit=dev']), '--json'], {
    cwd: root,
    encoding: 'utf8',
    timeout: 30_000,
  })
  try {
    const { vulnerabilities } = JSON.parse(stdout)
    if (vulnerabilities === undefined) return undefined
    return Object.values(vulnerabilities).map(({ name, severity, range, via }) => ({
      id: via.flatMap((one) => one.url ?? []).join(' ') || 'through another package',
      name,
      version: range,
      severity,
      fixed: [],
      due: undefined,
      summary: via.flatMap((one) => one.title ?? []).join('; '),
    }))
  } catch {
    return undefined
  }
}

function main(args) {
  const dev = args.includes('--dev')
  const at = args.indexOf('--osv')
  const path = (at >= 0 ? args[at + 1] : process.env.OSV_EXPORT) || undefined
  if (at >= 0 && path === undefined) {
    process.stderr.write('--osv: name the file or the folder of the export\n')
    return 2
  }
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const packages = packagesOf(lock).filter((one) => dev || !one.dev)
  let found
  let source
  if (path === undefined) {
    found = fromRegistry(dev)
    source = 'the registry'
  } else {
    try {
      const advisories = readOsv(path)
      if (advisories.length === 0) throw new Error(`${path} holds no advisory`)
      found = findingsIn(advisories, packages)
      const newest = advisories
        .map(({ modified = '' }) => modified)
        .sort()
        .at(-1)
      source = `${advisories.length} advisories of ${path}, the newest of ${newest || 'an unknown day'}`
      if (!(Date.now() - Date.parse(newest) <= STALE_DAYS * DAY))
        process.stderr.write(
          `the list is older than ${STALE_DAYS} days: what was published since is not in it\n`,
        )
    } catch (error) {
      process.stderr.write(`the list cannot be read: ${error.message}\n`)
      return 2
    }
  }
  if (found === undefined) {
    process.stderr.write(
      `no list of known vulnerabilities could be had: nothing is known of ${packages.length} packages. Give --osv, or run where the registry answers "npm audit".\n`,
    )
    return args.includes('--if-any') ? 0 : 2
  }
  if (args.includes('--json')) process.stdout.write(`${JSON.stringify(found, null, 2)}\n`)
  else
    for (const { id, name, version, severity, fixed, due, summary } of found)
      process.stdout.write(
        `${severity}\t${name} ${version}\t${id}\t${fixed.length > 0 ? `fixed in ${fixed.join(', ')}` : 'no fix named'}\t${due === undefined ? '' : `due ${due}`}\t${summary}\n`,
      )
  const bad = found.filter(({ severity }) => FAILS.has(severity)).length
  process.stderr.write(
    `${packages.length} packages against ${source}: ${found.length} findings, ${bad} of severity high or worse\n`,
  )
  return bad > 0 ? 1 : 0
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(main(process.argv.slice(2)))
