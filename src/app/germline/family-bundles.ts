import { basename } from 'node:path'
import { germlineBundle } from '../../deliver/fhir/germline-bundle.ts'
import type { Bundle } from '../../deliver/fhir/resource.ts'
import { assemblies } from '../../knowledge/assemblies.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { geneIds } from '../../knowledge/gene-id.ts'
import { VERSION } from '../version.ts'
import type { FamilyAnswer } from './family.ts'

/** Findings of each person who was asked about, as FHIR: one Bundle a person, named by the sample. */
export function familyBundles(answer: FamilyAnswer, file: string, facts: Facts, issued: string): Bundle[] {
  const known = assemblies(facts)
  const genes = geneIds(facts)
  const sexes = new Map(answer.family.sexes.map(({ sample, stated }) => [sample, stated]))
  return answer.people.map(({ sample, findings }) =>
    germlineBundle({
      patient: {
        identifiers: [{ system: 'urn:garrod:sample', value: sample }],
        name: undefined,
        sex: sexes.get(sample) ?? 'unknown',
        birthDate: undefined,
      },
      findings,
      notes: answer.notes,
      files: [{ name: basename(file), format: 'vcf', sha256: undefined }],
      facts: facts.used,
      genes,
      refseqOf: (assembly, chromosome) =>
        known.of(assembly, chromosome === 'chrM' ? 'MT' : chromosome.slice(3))?.refseq,
      engineVersion: VERSION,
      issued,
      type: 'collection',
      status: 'preliminary',
    }),
  )
}
