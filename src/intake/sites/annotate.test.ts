import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { bgzip } from '../../../test/support/bgzip-writer.ts'
import { Fault } from '../../terms/fault.ts'
import { scanLines } from '../scan/scan-lines.ts'
import { readFileHeader } from '../vcf/scan/file-header.ts'
import type { VariantFile } from '../vcf/scan/records-at.ts'
import type { AnnotatedLines } from './annotate-task.ts'
import { buildSites } from './build-sites.ts'

const folder = mkdtempSync(join(tmpdir(), 'garrod-sites-'))
after(() => rmSync(folder, { recursive: true }))

async function fileOf(name: string, lines: readonly string[], samples = ''): Promise<VariantFile> {
  const path = join(folder, name)
  const columns = `#CHROM POS ID REF ALT QUAL FILTER INFO${samples}`
  const text = ['##fileformat=VCFv4.3', columns, ...lines]
    .map((line) => `${line.replaceAll(' ', '\t')}\n`)
    .join('')
  writeFileSync(path, bgzip(text, 500))
  return { path, name, header: await readFileHeader(path, name) }
}

const AF = { id: 'AF', type: 'Float', description: '' } as const
const columns = [AF, { ...AF, id: 'KNOWN' }]
const taken = [
  { from: 'INFO', id: 'AF', per: 'allele', flag: false },
  { from: 'ID', id: 'ID', per: 'record', flag: false },
] as const

async function sitesOf(lines: readonly string[], out = join(folder, 'known.sites')) {
  const { path, name, header } = await fileOf('known.vcf.gz', lines)
  const source = { path, name, start: header.start, order: { kind: 'sites', options: { taken } } }
  return { out, directory: await buildSites(source, out, { columns, assembly: 'GRCh38', version: '1' }) }
}

/** The records with what the sites say of them. */
async function annotated(file: VariantFile, sources: readonly string[], threads = 0): Promise<string> {
  const order = { kind: 'annotate', options: { sources, samples: file.header.samples.length } }
  const parts: Uint8Array[] = []
  for await (const { text } of scanLines<AnnotatedLines>(file.path, file.header.start, order, { threads }))
    parts.push(text)
  return Buffer.concat(parts).toString().replaceAll('\t', ' ')
}

test('a record that has the key already, undeclared, is refused: two values of one key would stand there', async () => {
  const { out } = await sitesOf(['1 100 rs1 A G . . AF=0.25'])
  const alike = await fileOf('alike.vcf', ['1 100 . A G . . XAF=1;AF_X=2;T=AF=3'])
  assert.match(await annotated(alike, [out]), /T=AF=3;AF=0.25/)
  const file = await fileOf('taken.vcf', ['1 99 . A G . . .', '1 100 . A G . . DP=3;AF=0.5'])
  await assert.rejects(
    annotated(file, [out]),
    (error) =>
      error instanceof Fault && error.code === 'ANNOTATION_TAKEN' && error.where.endsWith(':4, INFO'),
  )
})

test('values are put at the end of INFO, one for each ALT', async () => {
  const { out, directory } = await sitesOf([
    'chr1 100 rs1 A G . . AF=0.25',
    'chr1 100 . A C,T . . AF=1e-05,.',
    'chr1 200 x,y CAT C . . AF=0.5',
    'chr1 1048570 . AAAAAAAAAAAAAAAA A . . AF=0.125',
    'chr2 5 . A <DEL> . . AF=0.9',
  ])
  assert.deepEqual([directory.sites, directory.skipped, directory.repeated], [5, 1, 0])
  const sample = (info: string, change: string) => `chr1 ${change} . . ${info} GT 0/1\n`
  const file = await fileOf(
    'genome.vcf.gz',
    [
      sample('DP=3', '100 . A G'),
      sample('.', '100 . A T,G'),
      sample('DP=3', '100 . A T,<NON_REF>'),
      sample('.', '199 . GCATG GCG,G'),
      sample('.', '1048570 . AAAAAAAAAAAAAAAA A'),
      'chr2 5 . A <DEL> . . . GT 0/1',
    ].map((line) => line.trimEnd()),
    ' FORMAT S',
  )
  assert.equal(
    await annotated(file, [out]),
    [
      sample('DP=3;AF=0.25;KNOWN=rs1', '100 . A G'),
      sample('AF=.,0.25;KNOWN=.,rs1', '100 . A T,G'),
      sample('DP=3', '100 . A T,<NON_REF>'),
      sample('.', '199 . GCATG GCG,G').replace(' . GT', ' AF=0.5,.;KNOWN=x%2Cy,. GT'),
      sample('AF=0.125', '1048570 . AAAAAAAAAAAAAAAA A'),
      'chr2 5 . A <DEL> . . . GT 0/1\n',
    ].join(''),
  )
})

test('whatever the sites, the answer is that of a plain table, on every thread', async () => {
  const allele = fc.string({ unit: fc.constantFrom('A', 'C', 'G', 'T'), minLength: 1, maxLength: 6 })
  const site = fc.tuple(fc.constantFrom(1, 2), fc.integer({ min: 1, max: 30 }), fc.nat(2), allele, allele)
  const sites = fc.array(site, { minLength: 1, maxLength: 60 })
  const sorted = (list: readonly (readonly [number, number, number, string, string])[]) =>
    list
      .filter(([, , , ref, alt]) => ref !== alt)
      .map(([contig, near, window, ref, alt]) => ({ contig, position: near + window * 1048560, ref, alt }))
      .sort((a, b) => a.contig - b.contig || a.position - b.position)
  const spelt = ({
    contig,
    position,
    ref,
    alt,
  }: {
    contig: number
    position: number
    ref: string
    alt: string
  }) => {
    let [r, a, p] = [ref, alt, position]
    while (r.length > 1 && a.length > 1 && r.at(-1) === a.at(-1)) [r, a] = [r.slice(0, -1), a.slice(0, -1)]
    while (r.length > 1 && a.length > 1 && r[0] === a[0]) [r, a, p] = [r.slice(1), a.slice(1), p + 1]
    return `${contig} ${p} ${r} ${a}`
  }
  await fc.assert(
    fc.asyncProperty(sites, sites, async (known, asked) => {
      const table = new Map<string, string>()
      const lines = sorted(known).map((one, i) => {
        if (!table.has(spelt(one))) table.set(spelt(one), `0.${i}`)
        return `chr${one.contig} ${one.position} . ${one.ref} ${one.alt} . . AF=${table.get(spelt(one))}`
      })
      const { out, directory } = await sitesOf(lines)
      assert.equal(directory.sites, table.size)
      const wanted = sorted(asked)
      const line = (one: (typeof wanted)[number], info: string) =>
        `${one.contig} ${one.position} . ${one.ref} ${one.alt} . . ${info}`
      const file = await fileOf(
        'any.vcf.gz',
        wanted.map((one) => line(one, 'X')),
      )
      const expected = wanted.map((one) => {
        const value = table.get(spelt(one))
        return `${line(one, value === undefined ? 'X' : `X;AF=${value}`)}\n`
      })
      assert.equal(await annotated(file, [out]), expected.join(''))
    }),
    { numRuns: 40, seed: 1902 },
  )
  const many = Array.from({ length: 3000 }, (_, i) => `chr1 ${1 + i * 700} . A G . . AF=0.${i}`)
  const { out } = await sitesOf(many)
  const file = await fileOf(
    'many.vcf.gz',
    many.map((one) => one.replace(/AF=.*/, 'X')),
  )
  const one = await annotated(file, [out], 0)
  assert.equal(one.match(/AF=0\.\d/g)?.length, 3000)
  assert.equal(await annotated(file, [out], 2), one)
})

test('a source that is not sorted, and a site file that was damaged, are refused', async () => {
  await assert.rejects(sitesOf(['chr1 9 . A G . . AF=1', 'chr1 8 . A G . . AF=1']), coded('SITES_UNSORTED'))
  await assert.rejects(
    sitesOf(['chr1 9 . A G . . .', 'chr2 8 . A G . . .', 'chr1 10 . A G . . .']),
    coded('SITES_UNSORTED'),
  )
  const { out } = await sitesOf(
    Array.from({ length: 50 }, (_, i) => `chr1 ${i + 1} rs${i} A G . . AF=0.${i}`),
  )
  const file = await fileOf('one.vcf.gz', ['chr1 5 . A G . . .'])
  const whole = readFileSync(out)
  const altered = Buffer.from(whole)
  altered[60]! ^= 0x10
  writeFileSync(out, altered)
  await assert.rejects(annotated(file, [out]), coded('SITES_DAMAGED'))
  writeFileSync(out, whole.subarray(0, whole.length - 1))
  await assert.rejects(annotated(file, [out]), coded('SITES_DAMAGED'))
  await assert.rejects(annotated(file, [join(folder, 'absent.sites')], 2), coded('FILE_NOT_FOUND'))
})

test('a site that is named twice is counted, and the first is kept', async () => {
  const { out, directory } = await sitesOf(['chr1 9 a A G . . AF=0.1', 'chr1 9 b AC GC . . AF=0.2'])
  assert.deepEqual([directory.sites, directory.repeated], [1, 1])
  const file = await fileOf('one.vcf.gz', ['chr1 9 . A G . . .'])
  assert.equal(await annotated(file, [out]), 'chr1 9 . A G . . AF=0.1;KNOWN=a\n')
})

function coded(code: string): (error: unknown) => boolean {
  return (error) => error instanceof Fault && error.code === code
}
