import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FamilyAnswer } from '../../../src/app/germline/family.ts'
import { garrod } from '../../support/command-line.ts'
import { sharedData } from '../../support/shared-data.ts'

export const TRIO = 'vcf/real/giab-ashkenazim-trio-b37.vcf.gz'
export const COMPOUND = 'vcf/real/comphet.vcf'

/** The family of the samples HG002 to HG004, as Genome in a Bottle publishes it. */
const PEDIGREE = ['F HG002 HG003 HG004 1 2', 'F HG003 0 0 1 1', 'F HG004 0 0 2 1']

/** Father and son in each other’s place: then the mother is no relative of her "child". */
export const WRONG_CHILD = ['F HG003 HG002 HG004 1 2', 'F HG002 0 0 1 1', 'F HG004 0 0 2 1']

/** What the command says of a file with a pedigree. */
export async function familyOf(path: string, pedigree: readonly string[] = PEDIGREE): Promise<FamilyAnswer> {
  const folder = mkdtempSync(join(tmpdir(), 'garrod-ped-'))
  try {
    const ped = join(folder, 'family.ped')
    writeFileSync(ped, `${pedigree.join('\n')}\n`)
    const ran = await garrod('germline', sharedData(path)!, '--ped', ped, '--assembly', 'GRCh37', '--json')
    if (ran.exit === 2) throw new Error(ran.err)
    return JSON.parse(ran.out) as FamilyAnswer
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
