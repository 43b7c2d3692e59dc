import { aboutCtml } from './ctml/about.ts'
import type { ClinicalVocabulary } from './ctml/clinical-leaf.ts'
import { readCtml } from './ctml/document.ts'
import { typedClauses } from './ctml/typed.ts'
import { isOwnTrial, readOwnTrial } from './own-trial.ts'
import { registryTrial } from './registry/registry-trial.ts'
import { isRegistryStudy, readRegistryStudy } from './registry/study.ts'
import { isStudy, readStudy } from './study/read-study.ts'
import type { Trial } from './trial.ts'

/** Reads a document of any form that is known: a FHIR ResearchStudy, a study of ClinicalTrials.gov, our own, CTML. Throws what each of them throws. */
export function readTrial(document: unknown, where: string, vocabulary: ClinicalVocabulary): Trial {
  if (isStudy(document)) return readStudy(document, where, vocabulary)
  if (isOwnTrial(document)) return { ...readOwnTrial(document, where, vocabulary), ctml: undefined }
  if (isRegistryStudy(document)) return registryTrial(readRegistryStudy(document, where), vocabulary)
  const ctml = readCtml(document, where)
  return { ...aboutCtml(ctml), ctml, clauses: typedClauses(ctml, vocabulary) }
}
