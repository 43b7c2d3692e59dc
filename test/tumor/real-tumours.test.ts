import assert from 'node:assert/strict'
import { test } from 'node:test'
import { garrod } from '../support/command-line.ts'
import { needs, sharedData } from '../support/shared-data.ts'

const FOLDER = 'oncology/tumours'
const path = (name: string) => sharedData(`${FOLDER}/${name}`)!

interface Tumor {
  readonly sample: string | null
  readonly diagnosis: { readonly code?: string }
  readonly profile: {
    readonly assembly: string
    readonly counts: Readonly<Record<string, number>>
    readonly fusions: readonly { five: string; three: string }[]
    readonly files: readonly { leftOut: readonly { reason: string; count: number }[] }[]
    readonly tested: Readonly<Record<string, unknown>>
  }
  readonly oncogenicity: { readonly variants: readonly { variant: { gene: string } }[] }
}

async function ask(
  ...argv: readonly string[]
): Promise<{ exit: number; tumors: readonly Tumor[]; out: string }> {
  const { exit, out } = await garrod('tumor', ...argv, '--json')
  const document = JSON.parse(out) as { schema: string; tumors: readonly Tumor[] }
  assert.equal(document.schema, 'garrod-tumor/1')
  return { exit, tumors: document.tumors, out }
}

test('leukaemias of TCGA: a tumour for each of 193 people, every call in one of them', {
  skip: needs(`${FOLDER}/tcga_laml.maf.gz`),
}, async () => {
  const { exit, tumors, out } = await ask(path('tcga_laml.maf.gz'), '--diagnosis', 'AML')
  assert.equal(exit, 1)
  assert.equal(tumors.length, 193)
  assert.equal(
    tumors.reduce((sum, { profile }) => sum + profile.counts['variants']!, 0),
    2207,
  )
  assert.ok(
    tumors.every(
      ({ diagnosis, profile }) => diagnosis.code === 'AML' && profile.tested['variants'] === 'unknown',
    ),
  )
  assert.equal((await ask(path('tcga_laml.maf.gz'), '--diagnosis', 'AML')).out, out, 'the same bytes twice')
})

test('a MAF and the segments of one person join by the name of the sample', {
  skip: needs(`${FOLDER}/TCGA.AB.3009.hg19.seg.tsv`),
}, async () => {
  const { tumors } = await ask(
    path('tcga_laml.maf.gz'),
    path('TCGA.AB.3009.hg19.seg.tsv'),
    ...['--sample', 'TCGA-AB-3009', '--diagnosis', 'AML'],
  )
  assert.equal(tumors.length, 1)
  assert.ok(tumors[0]!.profile.counts['ratios']! > 100)
  assert.ok(tumors[0]!.profile.counts['variants']! > 0)
})

test('a MAF with the line ends of old spreadsheets, and one that does not tell its build', {
  skip: needs(`${FOLDER}/apl_primary.maf.gz`),
}, async () => {
  const { tumors } = await ask(path('apl_primary.maf.gz'), '--diagnosis', 'APLPMLRARA')
  assert.ok(tumors.length > 100)
  assert.ok(
    tumors.some(({ oncogenicity }) => oncogenicity.variants.some(({ variant }) => variant.gene === 'FLT3')),
  )
  const { exit, err } = await garrod('tumor', path('tcga_brca_A08B_wgs.maf.gz'), '--diagnosis', 'BRCA')
  assert.equal(exit, 2)
  assert.match(err, /BUILD_UNKNOWN/)
  const named = await ask(path('tcga_brca_A08B_wgs.maf.gz'), '--assembly', 'GRCh37')
  assert.equal(named.tumors[0]!.profile.counts['variants'], 1913)
})

for (const [sample, code, variants] of [
  ['T001-COAD', 'COAD', { grch37: 3317, grch38: 3313 }],
  ['T001-BRCA', 'BRCA', { grch37: 196, grch38: 196 }],
] as const)
  for (const build of ['grch37', 'grch38'] as const)
    test(`${sample} of ${build}: variants, segments, fusions and expression are one profile`, {
      skip: needs(`${FOLDER}/pcgr/${sample}.${build}.vcf.gz`),
    }, async () => {
      const files = [`${build}.vcf.gz`, `${build}.cna.tsv`, `${build}.fusions.tsv`, 'gene_expression.tsv.gz']
      const { tumors } = await ask(
        ...files.map((file) => path(`pcgr/${sample}.${file}`)),
        ...['--assembly', build === 'grch37' ? 'GRCh37' : 'GRCh38', '--diagnosis', code],
      )
      const [{ profile }, ...more] = tumors as [Tumor, ...Tumor[]]
      assert.equal(more.length, 0)
      assert.equal(profile.counts['variants'], variants[build])
      // Nothing annotates these calls: their effect is unknown, and none is called harmless for it.
      assert.equal(profile.counts['effectUnknown'], variants[build])
      assert.ok(profile.counts['segments']! > 200 && profile.counts['expression']! > 19_000)
      assert.ok(profile.fusions.some(({ five, three }) => five === 'EML4' && three === 'ALK'))
    })
