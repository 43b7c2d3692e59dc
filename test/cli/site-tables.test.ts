import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readSiteTables } from '../../src/app/tumor/site-tables.ts'
import { Facts } from '../../src/knowledge/facts.ts'
import { type AuditEvent, entryOf } from '../../src/safeguard/audit/audit-event.ts'
import { hasStore } from '../../src/store/open-store.ts'
import { garrodWith } from '../support/command-line.ts'
import { newHome, removeHome } from '../support/store-home.ts'

const folder = mkdtempSync(join(tmpdir(), 'garrod-site-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const run = (...words: string[]) => garrodWith({ GARROD_HOME: folder }, ...words)

function table(name: string, ...rows: readonly string[]): string {
  const path = join(folder, name)
  writeFileSync(path, `${rows.map((row) => row.replaceAll('|', '\t')).join('\n')}\n`)
  return path
}

const hotspots = table('counts.tsv', 'gene|residue|alt_aa|samples', 'EGFR|L858|R|150')
const guidelines = table(
  'flags.tsv',
  'category|diagnosis|role|effect|therapies|guideline|version',
  'TP53 R273H|LUAD|prognostic|poor-outcome||Board of this house|2026-11',
)
const MAF = table(
  't.maf',
  'Hugo_Symbol|NCBI_Build|Chromosome|Start_Position|Reference_Allele|Tumor_Seq_Allele2|Variant_Classification|HGVSp_Short|Tumor_Sample_Barcode',
  'EGFR|GRCh37|7|55259515|T|G|Missense_Mutation|p.L858R|T1',
  'TP53|GRCh37|17|7577120|C|T|Missense_Mutation|p.R273H|T1',
)

test('tables of the site become a pack with a version, and every tumour here is read with them', async () => {
  const nameless = await run('facts', 'import', 'tumor-tables', hotspots)
  assert.equal(nameless.exit, 2)
  assert.match(nameless.err, /USAGE_VERSION/)
  const imported = await run('facts', 'import', 'tumor-tables', hotspots, guidelines, '--version', '2026-11')
  assert.equal(imported.exit, 0, imported.err)
  assert.match(imported.out, /site-tumor-tables\/2026-11\n.*hotspots, 1 rows\n.*guidelines, 1 rows/)
  const again = await run('facts', 'import', 'tumor-tables', hotspots, '--version', '2026-11')
  assert.match(again.err, /FACTS_VERSION_EXISTS/, 'a version once made stays as it is')
  const { out } = await run('tumor', MAF, '--diagnosis', 'LUAD', '--json')
  assert.match(out, /hotspots of site-tumor-tables@2026-11/)
  const [tumor] = (
    JSON.parse(out) as {
      tumors: { tiers: { alterations: { name: string; tier: string; level: string }[] } }[]
    }
  ).tumors
  const tp53 = tumor!.tiers.alterations.find(({ name }) => /TP53/.test(name))
  assert.deepEqual([tp53?.tier, tp53?.level], ['I', 'A'], 'a flag of a guideline for this disease')
})

test('the server reads the same tables, and names the pack', async () => {
  const facts = Facts.find([join(import.meta.dirname, '..', '..', 'facts'), join(folder, 'facts')])
  const { pack, hotspots: counts, supplied } = await readSiteTables(facts)
  assert.equal(pack, 'site-tumor-tables@2026-11')
  assert.equal(counts!.count('EGFR', 'L858R')?.change, 150)
  assert.equal(supplied.guidelines.length, 1)
  const none = await readSiteTables(Facts.find([join(import.meta.dirname, '..', '..', 'facts')]))
  assert.equal(none.pack, undefined)
})

test('a table that is none of them, or that the reader refuses, is refused whole', async () => {
  const other = table('other.tsv', 'a|b', '1|2')
  const unknown = await run('facts', 'import', 'tumor-tables', other, '--version', '1')
  assert.match(unknown.err, /SITE_TABLE_UNKNOWN/)
  const bad = table('bad.tsv', 'gene|residue|alt_aa|samples', 'EGFR|L858|R|many')
  const refused = await run('facts', 'import', 'tumor-tables', hotspots, bad, '--version', '1')
  assert.match(refused.err, /HOTSPOT_COUNT_INVALID/)
  writeFileSync(join(folder, 'facts', 'site-tumor-tables', '2026-11', 'hotspots-1.tsv'), 'gene\n')
  const changed = await run('tumor', MAF, '--diagnosis', 'LUAD')
  assert.match(changed.err, /FACTS_CHECKSUM/)
})

test('an import beside a store is in its audit log with the new pack, refused ones with their code; a running server is spoken of', async () => {
  const home = newHome()
  const here = (...words: string[]) =>
    garrodWith({ GARROD_HOME: home, GARROD_KEY_FOLDER: undefined }, ...words)
  try {
    assert.equal(hasStore({ home, databaseUrl: undefined }), false)
    const alone = await here('facts', 'import', 'tumor-tables', hotspots, '--version', '1')
    assert.equal(alone.exit, 0, alone.err)
    assert.match(alone.err, /for a server from its next start/)
    assert.equal(hasStore({ home, databaseUrl: undefined }), false, 'an import makes no store')
    assert.equal((await here('audit', 'verify')).exit, 0)
    await here('facts', 'import', 'tumor-tables', hotspots, guidelines, '--version', '2')
    await here('facts', 'import', 'tumor-tables', hotspots, '--version', '2')
    const { out } = await here('audit', 'list', '--json')
    const entries = out
      .trim()
      .split('\n')
      .map((line) => entryOf((JSON.parse(line) as { event: AuditEvent }).event))
      .filter(({ what }) => what[0] === 'garrod facts import tumor-tables')
    assert.deepEqual(entries.map(({ what, outcome, code }) => [outcome, code, ...what.slice(1)]).sort(), [
      ['refused', 'FACTS_VERSION_EXISTS'],
      ['success', undefined, 'site-tumor-tables@2'],
    ])
  } finally {
    await removeHome(home)
  }
})
