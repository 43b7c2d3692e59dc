import { createReadStream } from 'node:fs'
import type { ClinicalVocabulary } from '../../decide/enrol/ctml/clinical-leaf.ts'
import { itemReader } from '../../decide/enrol/draft/read-item.ts'
import { readTrial } from '../../decide/enrol/read-trial.ts'
import { studiesOfPage } from '../../decide/enrol/registry/study.ts'
import type { Trial } from '../../decide/enrol/trial.ts'
import { uncompressed } from '../../intake/compression.ts'
import { jsonDocuments } from '../../intake/json-documents.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { conditionTypes } from '../../knowledge/tumor/condition-types.ts'
import { diagnosisCodes } from '../../knowledge/tumor/diagnosis-codes.ts'
import { diagnosisGroups } from '../../knowledge/tumor/diagnosis-groups.ts'
import { oncoTree } from '../../knowledge/tumor/oncotree.ts'
import { Fault } from '../../terms/fault.ts'
import { fileFault } from '../../terms/file-fault.ts'

/** More text is not taken in one piece, in bytes; 100,000 people with their variants are a third of it. */
const MOST = 500 << 20

/** The text of a file, plain or gzip. Throws FILE_NOT_FOUND, FILE_TOO_LONG, and the faults of damaged gzip. */
export async function readText(path: string): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for await (const part of uncompressed(createReadStream(path), path)) {
      parts.push(part)
      size += part.length
      if (size > MOST)
        throw new Fault(
          'FILE_TOO_LONG',
          path,
          `it has more than ${MOST} bytes`,
          'Split it into several files.',
        )
    }
  } catch (error) {
    throw fileFault(error, path)
  }
  return Buffer.concat(parts).toString('utf8')
}

/** A trial that could be read, or why it could not. */
export type ReadTrial = { readonly trial: Trial } | { readonly where: string; readonly fault: Fault }

/** Every trial of the files; one that cannot be read does not take the others along. Throws what the text itself is refused for. */
export async function readTrials(
  paths: readonly string[],
  vocabulary: ClinicalVocabulary,
): Promise<readonly ReadTrial[]> {
  const trials: ReadTrial[] = []
  const seen = new Set<string>()
  for (const path of paths) {
    const documents = jsonDocuments(await readText(path), path).flatMap(studiesOfPage)
    for (const [i, document] of documents.entries()) {
      const where = `${path}[${i}]`
      try {
        const trial = readTrial(document, where, vocabulary)
        if (seen.has(trial.protocol)) {
          throw new Fault(
            'CTML_PROTOCOL_TWICE',
            where,
            `protocol number ${trial.protocol} is there twice`,
            'Give each trial its own number: results name it.',
          )
        }
        seen.add(trial.protocol)
        trials.push({ trial })
      } catch (error) {
        if (!(error instanceof Fault)) throw error
        trials.push({ where, fault: error })
      }
    }
  }
  return trials
}

export function clinicalVocabulary(facts: Facts): ClinicalVocabulary {
  return {
    tree: oncoTree(facts),
    groups: diagnosisGroups(facts),
    codes: diagnosisCodes(facts),
    readItem: itemReader(facts),
    conditionTypes: conditionTypes(facts),
  }
}
