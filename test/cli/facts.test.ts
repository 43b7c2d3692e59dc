import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { garrod } from '../support/command-line.ts'
import { needs, sharedData } from '../support/shared-data.ts'

const root = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'garrod-facts-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a command line with a home of its own: other test files share this process and its environment. */
async function inHome(...argv: string[]): ReturnType<typeof garrod> {
  const before = process.env['GARROD_HOME']
  process.env['GARROD_HOME'] = join(folder, 'home')
  try {
    return await garrod(...argv)
  } finally {
    if (before === undefined) delete process.env['GARROD_HOME']
    else process.env['GARROD_HOME'] = before
  }
}

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
  process.env['GARROD_FACTS'] = facts
  try {
    const run = await inHome('pgx', join(root, 'examples', 'clopidogrel.vcf.gz'))
    assert.deepEqual([run.exit, run.out], [2, ''])
    assert.match(run.err, /FACTS_CHECKSUM/)
    const verify = await inHome('facts', 'verify')
    assert.equal(verify.exit, 2)
    assert.match(verify.out, /^broken {2}clinpgx-phenotypes@2025-11-05/m)
  } finally {
    delete process.env['GARROD_FACTS']
  }
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
  assert.deepEqual([made.exit, made.err], [0, ''])
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
