import { Fault } from '../../../terms/fault.ts'
import type { FactPack, OpenPack } from '../../fact-pack.ts'
import type { Facts } from '../../facts.ts'
import { codes } from '../../guideline/codes.ts'
import { Guideline, GuidelineRule } from '../../guideline/guideline-rule.ts'
import { writePack } from '../write-pack.ts'
import { CODEBOOK_FILES, readCodebook } from './codebook.ts'
import { readGuidelineRelease } from './guideline-release.ts'
import type { UpstreamGuideline } from './guideline-row.ts'
import { rulesOf, type Uncoded } from './guideline-rules.ts'

/** What to import, and where to. */
interface GuidelineImport {
  /** The publisher, as the release writes it. */
  readonly source: 'CPIC' | 'DPWG'
  /** File or folder of the release; see readGuidelineRelease for its forms. */
  readonly from: string
  /** Folder of packs to write to: <into>/<id>/<version>. */
  readonly into: string
  /** Version of the new pack. */
  readonly version: string
  /** Day on which the release was taken, YYYY-MM-DD. */
  readonly retrieved: string
  /** Installed packs: the publisher's pack in force lends its codebook, "codes" its words. */
  readonly facts: Facts
}

/** What came of it. */
interface GuidelineImportReport {
  readonly folder: string
  readonly rows: number
  readonly rules: number
  readonly guidelines: number
  /** To be read and coded by a person; empty when everything in the release is known. */
  readonly uncoded: readonly Uncoded[]
}

/**
 * Makes a guideline pack from a publisher's release. Texts are looked up by hash in the codebook of the pack in force;
 * an unknown one becomes a rule that says so, and is listed in the report and in uncoded.jsonl.
 * Throws GUIDELINES_MISSING, GUIDELINES_FORMAT, GUIDELINES_EMPTY, FACTS_VERSION_EXISTS: a version once made stays as it is.
 */
export function importGuidelines(order: GuidelineImport): GuidelineImportReport {
  const release = readGuidelineRelease(order.from)
  const rows = release.rows.filter((row) => row.source === order.source)
  if (rows.length === 0) {
    throw new Fault(
      'GUIDELINES_EMPTY',
      order.from,
      `the release has no recommendation of ${order.source}`,
      `Sources in it: ${[...new Set(release.rows.map((row) => row.source))].sort().join(', ') || 'none'}.`,
    )
  }
  const base = order.facts.pack(order.source.toLowerCase())
  const { rules, uncoded } = rulesOf(rows, readCodebook(base), codes(order.facts))
  const guidelines = release.guidelines.filter((one) => one.source === order.source).map(guidelineOf)
  const files = new Map<string, string>(CODEBOOK_FILES.map((name) => [name, base.text(name)]))
  files.set('guidelines.jsonl', jsonLines(guidelines.map((one) => Guideline.parse(one)).sort(byId)))
  files.set('rules.jsonl', jsonLines(rules.map((rule) => GuidelineRule.parse(rule))))
  if (uncoded.length > 0) files.set('uncoded.jsonl', jsonLines(uncoded))
  const folder = writePack(order.into, headOf(base, order, uncoded), files)
  return { folder, rows: rows.length, rules: rules.length, guidelines: guidelines.length, uncoded }
}

function guidelineOf(upstream: UpstreamGuideline): Guideline {
  const years = upstream.citations.flatMap(({ year }) => (year === undefined ? [] : [year]))
  return {
    id: upstream.id,
    source: upstream.source === 'CPIC' ? 'CPIC' : 'DPWG',
    drugs: [...upstream.drugs].sort(),
    genes: [...upstream.genes].sort(),
    version: upstream.version === undefined ? 'unversioned' : `annotation ${upstream.version}`,
    url: `https://www.clinpgx.org/guidelineAnnotation/${upstream.id}`,
    pmids: upstream.citations.map(({ pmid }) => pmid),
    ...(years.length > 0 ? { year: Math.max(...years) } : {}),
  }
}

function byId(a: Guideline, b: Guideline): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

function jsonLines(rows: readonly unknown[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
}

const UNCODED_LIMIT = /^\d+ texts? or terms? of this release/

function headOf(
  base: OpenPack,
  order: GuidelineImport,
  uncoded: readonly Uncoded[],
): Omit<FactPack, 'sha256'> {
  const limits = base.head.limits.filter((limit) => !UNCODED_LIMIT.test(limit))
  if (uncoded.length > 0) {
    limits.push(
      `${uncoded.length} texts or terms of this release are not coded yet (uncoded.jsonl); their rules say so.`,
    )
  }
  const { sha256: _sha256, ...head } = base.head
  return { ...head, version: order.version, retrieved: order.retrieved, limits }
}
