import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { facts } from '../../../test/support/access.ts'
import { assemblies } from '../../knowledge/assemblies.ts'
import { siteAccess, USUAL_SITE } from '../access/site-access.ts'
import { siteNames } from './site-names.ts'

const folder = mkdtempSync(join(tmpdir(), 'garrod-names-'))
after(() => rmSync(folder, { recursive: true }))
const known = assemblies(facts)

const file = (name: string, text: string) => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const gff3 = (contig: string, head = '') =>
  [
    '##gff-version 3',
    ...(head === '' ? [] : [head]),
    `${contig}\tensembl\tmRNA\t1001\t1100\t.\t+\t.\tID=transcript:ENST1;transcript_id=ENST1;version=2;biotype=protein_coding`,
    `${contig}\tensembl\texon\t1001\t1100\t.\t+\t.\tParent=transcript:ENST1`,
    '',
  ].join('\n')
const read = (...transcripts: string[]) => siteNames({ ...USUAL_SITE, transcripts }, known, () => undefined)

test('transcripts stand on the chromosomes of their own assembly', async () => {
  const head = '#!genome-build GRCh37.p13'
  const names = await read(file('37.gff3', gff3('7', head)), file('38.gff3', gff3('NC_000007.14')))
  const found = names?.transcripts.byId('ENST1.2') ?? []
  assert.deepEqual(
    found.map(({ contig, assembly }) => [contig, assembly]),
    [
      ['NC_000007.13', 'GRCh37'],
      ['NC_000007.14', 'GRCh38'],
    ],
  )
  // Another sequence than a chromosome is no place that anybody is asked about.
  assert.deepEqual((await read(file('patch.gff3', gff3('HSCHR7_2_CTG6', head))))?.transcripts.transcripts, [])
})

test('a file that does not say its assembly, or is no file of transcripts, stops the start with a code', async () => {
  await assert.rejects(read(file('which.gff3', gff3('7'))), { code: 'TRANSCRIPTS_ASSEMBLY' })
  await assert.rejects(read(file('text.gff3', 'no transcripts\n')), { code: 'GFF3_LINE' })
  await assert.rejects(read(file('cut.json', '{"transcripts": {"NM_1.1": ')), { code: 'JSON_MALFORMED' })
  await assert.rejects(read(folder), { code: 'FILE_UNREADABLE' })
  assert.throws(() => siteAccess({ GARROD_TRANSCRIPTS: join(folder, 'none.gff3') }), {
    code: 'FILE_NOT_FOUND',
    where: `GARROD_TRANSCRIPTS: ${join(folder, 'none.gff3')}`,
  })
})

test('a site without files has no names', async () => {
  assert.equal(await siteNames(USUAL_SITE, known, () => undefined), undefined)
})
