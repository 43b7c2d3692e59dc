import { mcodeBundle } from '../../../deliver/fhir/tumor/mcode.ts'
import { tumorBundle } from '../../../deliver/fhir/tumor/tumor-bundle.ts'
import { variantName } from '../../../interpret/tumor/tumor.ts'
import { assemblies } from '../../../knowledge/assemblies.ts'
import { geneIds } from '../../../knowledge/gene-id.ts'
import { oncoTree } from '../../../knowledge/tumor/oncotree.ts'
import { VERSION } from '../../version.ts'
import { profileSection } from './profile-section.ts'
import { scoresSection } from './scores-section.ts'
import type { Answers, TumorCase } from './section.ts'
import { therapiesSection } from './therapies-section.ts'
import { tiersSection } from './tiers-section.ts'

/** One tumour with all its answers as a line of FHIR; of nobody known but the sample. */
export function caseBundle(
  { received, diagnosis, facts }: TumorCase,
  answers: Answers,
  form: 'fhir' | 'mcode',
  issued: string,
): string {
  const told = {
    profile: answers.get(profileSection),
    scores: answers.get(scoresSection),
    tiers: answers.get(tiersSection),
    ranking: answers.get(therapiesSection),
  }
  if (
    told.profile === undefined ||
    told.scores === undefined ||
    told.tiers === undefined ||
    told.ranking === undefined
  )
    throw new RangeError('a tumour is answered by every section before it is written as FHIR')
  const known = assemblies(facts)
  const type = diagnosis.code === undefined ? undefined : oncoTree(facts).types.get(diagnosis.code)
  const bundle = tumorBundle({
    patient: {
      identifiers: [{ system: 'urn:garrod:sample', value: received.profile.sample ?? 'not named' }],
      name: undefined,
      sex: 'unknown',
      birthDate: undefined,
    },
    profile: received.profile,
    scores: told.scores,
    tiers: told.tiers,
    ranking: told.ranking,
    diagnosis: type && { oncotree: type.code, ncit: type.ncit, name: type.name },
    nameOf: variantName,
    notes: told.profile.notes,
    files: received.parts.map(({ file }) => ({ name: file, sha256: undefined })),
    facts: facts.used,
    genes: geneIds(facts),
    refseqOf: (assembly, chromosome) =>
      known.of(assembly, chromosome === 'chrM' ? 'MT' : chromosome.slice(3))?.refseq,
    engineVersion: VERSION,
    issued,
    type: 'collection',
    status: 'preliminary',
  })
  return `${JSON.stringify(form === 'mcode' ? mcodeBundle(bundle) : bundle)}\n`
}
