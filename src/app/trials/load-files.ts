import { studiesOfPage } from '../../decide/enrol/registry/study.ts'
import { jsonDocuments } from '../../intake/json-documents.ts'
import type { Facts } from '../../knowledge/facts.ts'
import type { ExitCode, Io } from '../command.ts'
import { audited } from '../command-line/audited-command.ts'
import { cliAct } from '../command-line/cli-act.ts'
import { TENANT } from '../tenant.ts'
import { loadTrials } from './load-trials.ts'
import { rematchesOf } from './rematch-job.ts'
import { lapsedText, readSignatureFiles } from './signed-trials.ts'
import { clinicalVocabulary, readText } from './trial-files.ts'

/** Keeps the trials of files in the store, with the signed criteria of files in the place of their drafts; 1 when one could not be read, 2 when none could. */
export async function loadFiles(
  paths: readonly string[],
  signed: readonly string[],
  facts: Facts,
  json: boolean,
  io: Io,
): Promise<ExitCode> {
  const documents: (readonly [string, unknown])[] = []
  for (const path of paths)
    for (const [i, one] of jsonDocuments(await readText(path), path)
      .flatMap(studiesOfPage)
      .entries())
      documents.push([`${path}[${i}]`, one])
  const signatures = await readSignatureFiles(signed, clinicalVocabulary(facts))
  const task = { action: 'C', interaction: 'load', command: 'garrod trials load', patients: [] } as const
  return audited<ExitCode>(task, async (store) => {
    const act = cliAct()
    const { loaded, changes, lapsed } = await loadTrials({ store, facts }, TENANT, documents, act, signatures)
    await store.jobs.enqueue(TENANT, await rematchesOf(store, TENANT, changes), act.at)
    for (const one of loaded) {
      if (json) {
        await io.out(
          `${JSON.stringify('fault' in one ? { document: one.where, ...one.fault.toJSON() } : one)}\n`,
        )
      } else if ('fault' in one) io.err(`left out: ${one.where}: ${one.fault.message}\n`)
      else await io.out(`${one.protocol}  ${one.action}  ResearchStudy/${one.study}\n`)
    }
    for (const one of lapsed) io.err(lapsedText(one))
    const failed = loaded.filter((one) => 'fault' in one).length
    return failed === 0 ? 0 : failed === loaded.length ? 2 : 1
  })
}
