import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { checksumOf, packFiles } from '../../src/knowledge/fact-pack.ts'
import { garrodWith } from '../support/command-line.ts'
import { needs, sharedData } from '../support/shared-data.ts'

const root = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'garrod-facts-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const home = join(folder, 'home')
const inHome = (...argv: string[]) => garrodWith({ GARROD_HOME: home }, ...argv)

test('every installed pack is whole', async () => {
  const { exit, out } = await inHome('facts', 'verify')
  assert.equal(exit, 0)
  assert.doesNotMatch(out, /broken/)
  assert.match(out, /^ok {6}cpic@2025-11$/m)
})

test('a pack that was changed after it was made is refused by every run that needs it', async () => {
  const facts = join(folder, 'changed')
  cpSync(join(root, 'facts'), facts, { recursive: true })
  const file = join(facts, 'clinpgx-phenotypes', '2025-11-05', 'phenotypes.tsv')
  writeFileSync(file, readFileSync(file, 'utf8').replace('Poor Metabolizer', 'Normal Metabolizer'))
  const changed = { GARROD_HOME: home, GARROD_FACTS: facts }
  const run = await garrodWith(changed, 'pgx', join(root, 'examples', 'clopidogrel.vcf.gz'))
  assert.deepEqual([run.exit, run.out], [2, ''])
  assert.match(run.err, /FACTS_CHECKSUM/)
  const verify = await garrodWith(changed, 'facts', 'verify')
  assert.equal(verify.exit, 2)
  assert.match(verify.out, /^broken {2}clinpgx-phenotypes@2025-11-05/m)
})

test('a newer release of phenotypes becomes a pack of its own, in force until it is pinned away', async () => {
  const release = join(folder, 'release')
  mkdirSync(release)
  const allele = (name: string, functionValue: string) => ({
    name,
    functionValue,
    activityValue: null,
    lookupKey: functionValue,
  })
  const pair = (key: Record<string, number>, phenotype: string) => ({
    generesult: phenotype,
    phenotype,
    lookupkey: phenotype,
    diplotypekey: key,
    activityScore: null,
  })
  writeFileSync(
    join(release, 'TOY.json'),
    JSON.stringify({
      gene: 'TOY',
      version: '2030-01-02-00-00',
      namedAlleles: [
        allele('*1', 'Normal function'),
        allele('*2', 'No function'),
        allele('*3', 'No function'),
      ],
      diplotypes: [
        pair({ '*1': 2 }, 'Normal'),
        pair({ '*1': 1, '*2': 1 }, 'Middle'),
        pair({ '*1': 1, '*3': 1 }, 'Middle'),
      ],
    }),
  )
  const made = await inHome('facts', 'import', 'phenotypes', release)
  assert.equal(made.exit, 0)
  assert.match(made.err, /^In force for commands from now on/)
  assert.match(made.out, /clinpgx-phenotypes\/2030-01-02: 3 alleles, 2 phenotype rules/)
  assert.match((await inHome('facts', 'list')).out, /^\* clinpgx-phenotypes@2030-01-02/m)
  const again = await inHome('facts', 'import', 'phenotypes', release)
  assert.equal(again.exit, 2)
  assert.match(again.err, /FACTS_VERSION_EXISTS/)
  writeFileSync(
    join(release, 'TOY.json'),
    readFileSync(join(release, 'TOY.json'), 'utf8').replace('"phenotype":"Middle"', '"phenotype":"Other"'),
  )
  const conflict = await inHome('facts', 'import', 'phenotypes', release, '--version', '2030-02')
  assert.match(conflict.err, /IMPORT_PHENOTYPE_CONFLICT/)
})

test('the release of allele definitions gives exactly the pack that is carried', {
  skip: needs('pgx/definitions'),
}, async () => {
  const made = await inHome(
    'facts',
    'import',
    'alleles',
    sharedData('pgx/definitions')!,
    '--version',
    '2030-01',
  )
  assert.equal(made.exit, 0, made.err)
  for (const file of ['genes.tsv', 'loci.tsv', 'alleles.tsv', 'unphased-picks.tsv']) {
    assert.equal(
      readFileSync(join(folder, 'home', 'facts', 'clinpgx-alleles', '2030-01', file), 'utf8'),
      readFileSync(join(root, 'facts', 'clinpgx-alleles', '2025-11-05', file), 'utf8'),
    )
  }
})

/** An import that is refused: exit code 2 and this code. */
async function refused(code: string, ...argv: string[]): Promise<void> {
  const { exit, err } = await inHome('facts', 'import', ...argv)
  assert.match(err, new RegExp(`code   ${code}`))
  assert.equal(exit, 2)
}

test('what cannot be imported is refused with the file and what to do', async () => {
  const made = (name: string, content: string) => {
    const path = join(folder, name)
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, content)
    return path
  }
  await refused('IMPORT_FOLDER_UNREADABLE', 'alleles', join(folder, 'nowhere'))
  await refused('IMPORT_FOLDER_UNREADABLE', 'phenotypes', made('a-file.json', '{}'))
  made('empty/read-me.txt', '')
  await refused('IMPORT_FOLDER_EMPTY', 'alleles', join(folder, 'empty'))
  made('broken/TOY.json', '{')
  await refused('IMPORT_PHENOTYPE_INVALID', 'phenotypes', join(folder, 'broken'))
  const locus = {
    chromosome: 'chr1',
    position: 7,
    chromosomeHgvsName: 'g.7A>G',
    cpicAlleles: ['A', 'G'],
    cpicToVcfAlleleMap: {},
    ref: 'A',
    alts: ['G'],
  }
  const gene = (bases: string) =>
    JSON.stringify({
      version: '2030-01-02',
      gene: 'TOY',
      chromosome: 'chr1',
      refSeqChromosomeId: 'NC_000001.11',
      variants: [locus],
      namedAlleles: [
        { name: '*1', alleles: ['A'], reference: true },
        { name: '*2', alleles: [bases] },
      ],
    })
  made('definitions/TOY_translation.json', gene('G'))
  await refused('IMPORT_DEFINITION_INVALID', 'alleles', join(folder, 'definitions'))
  made('definitions/exemptions.json', '[]')
  await refused('IMPORT_DEFINITION_INVALID', 'alleles', join(folder, 'definitions'))
  made('definitions/exemptions.json', '{}')
  made('definitions/TOY_translation.json', gene('T'))
  await refused('IMPORT_DEFINITION_INVALID', 'alleles', join(folder, 'definitions'), '--version', '2031')
  made('definitions/TOY_translation.json', gene('G'))
  for (const version of ['../2031', '.2031', 'a b'])
    await refused('FACTS_VERSION_MALFORMED', 'alleles', join(folder, 'definitions'), '--version', version)
})

test('a population that is not known is refused, not left out', async () => {
  const table = join(folder, 'populations.tsv')
  writeFileSync(table, 'sample\tpopulation\nS1\tGBR\n')
  const vcf = join(root, 'examples', 'clopidogrel.vcf.gz')
  await refused('POPULATION_UNKNOWN', 'haplotypes', vcf, '--version', '2031', '--populations', table)
})

test('a pack that holds a folder, and a folder of packs that is a file, are refused', async () => {
  const facts = join(folder, 'with-folder')
  cpSync(join(root, 'facts'), facts, { recursive: true })
  mkdirSync(join(facts, 'hgnc', '2026-11', 'notes'))
  const verify = await garrodWith({ GARROD_HOME: home, GARROD_FACTS: facts }, 'facts', 'verify', 'hgnc')
  assert.equal(verify.exit, 2)
  assert.match(verify.out, /^broken {2}hgnc@2026-11/m)
  const other = { GARROD_HOME: join(folder, 'other-home'), GARROD_FACTS: join(root, 'package.json') }
  assert.match((await garrodWith(other, 'facts', 'list')).err, /FACTS_FOLDER_MISSING/)
})

test('a defect of the program does not look like an answer', () => {
  const facts = join(folder, 'wrong-kind')
  cpSync(join(root, 'facts'), facts, { recursive: true })
  const pack = join(facts, 'pgx-gene-rules', '2026-11')
  writeFileSync(join(pack, 'genes.json'), '[{ "gene": 7 }]')
  const head = JSON.parse(readFileSync(join(pack, 'pack.json'), 'utf8'))
  writeFileSync(join(pack, 'pack.json'), JSON.stringify({ ...head, sha256: checksumOf(packFiles(pack)) }))
  const run = spawnSync(
    process.execPath,
    [join(root, 'src/app/cli.ts'), 'pgx', join(root, 'examples', 'clopidogrel.vcf.gz')],
    {
      env: { ...process.env, GARROD_FACTS: facts, GARROD_HOME: join(folder, 'home-of-none') },
      encoding: 'utf8',
    },
  )
  assert.equal(run.status, 70)
  assert.match(run.stderr, /defect of the program/)
  assert.equal(run.stdout, '')
})
