import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { garrod } from '../support/command-line.ts'

const genome = join(import.meta.dirname, '..', '..', 'examples', 'warfarin.grch37.vcf.gz')
const asked = [
  ['--drug', 'warfarin', '--taking', 'metformin'],
  ['--age', '60', '--height', '170', '--weight', '70'],
  ['--ancestry', 'white', '--smoker', 'no', '--indication', 'dvt-pe'],
].flat()

/** The Gage equation as the command answered it: a dose, or what is missing. */
async function gage(...more: string[]): Promise<{ known: boolean; missing?: string[] }> {
  const { out } = await garrod('pgx', genome, '--json', ...asked, ...more)
  const [warfarin] = JSON.parse(out).advice.filter(
    (one: { drug: { name: string } }) => one.drug.name === 'warfarin',
  )
  return warfarin.dose.find((one: { equation: string }) => one.equation.startsWith('Gage'))
}

test('everything that the Gage equation asks for can be told on the command line', async () => {
  assert.equal((await gage('--target-inr', '2.5')).known, true)
})

test('without a target INR the Gage equation names it, and nothing else, as missing', async () => {
  assert.deepEqual((await gage()).missing, ['target INR'])
})
