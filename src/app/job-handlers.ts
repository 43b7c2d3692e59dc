import type { Facts } from '../knowledge/facts.ts'
import type { SiteAccess } from './access/site-access.ts'
import { EXPORT, exportJob } from './bulk/export-job.ts'
import { RECLASSIFIED_JOB, reclassifiedJob } from './classifications/reclassified-job.ts'
import { WISHES, wishesJob } from './classifications/wishes-job.ts'
import { READ_DOCUMENT, readDocumentJob } from './documents/read-document-job.ts'
import { SEND, sendJob } from './exchange/send-job.ts'
import { CATCH_UP, catchUpJob } from './jobs/catch-up-job.ts'
import {
  FOLD_VARIANTS,
  foldVariantsJob,
  INDEX_ALL_VARIANTS,
  INDEX_VARIANTS,
  indexAllVariantsJob,
  indexVariantsJob,
} from './jobs/index-variants.ts'
import {
  type Interpreter,
  REINTERPRET,
  REINTERPRET_ALL,
  reinterpretAllJob,
  reinterpretJob,
} from './jobs/reinterpret-job.ts'
import { UPLOAD, uploadJob } from './jobs/upload-job.ts'
import type { JobHandlers } from './jobs/worker.ts'
import { REANALYSE, REANALYSE_ALL, reanalyseAllJob, reanalyseJob } from './reanalysis/reanalyse-job.ts'
import { REMATCH, REMATCH_ALL, rematchAllJob, rematchJob } from './trials/rematch-job.ts'

/** Every kind of job, with what does it; `more`: what only the server does. */
export function jobHandlers(
  services: Interpreter & { readonly facts: Facts; readonly site?: SiteAccess },
  more: JobHandlers = {},
): JobHandlers {
  const { facts } = services
  return {
    ...more,
    [UPLOAD]: uploadJob(services),
    [INDEX_VARIANTS]: indexVariantsJob(services),
    [INDEX_ALL_VARIANTS]: indexAllVariantsJob(services),
    [FOLD_VARIANTS]: foldVariantsJob(services),
    [CATCH_UP]: catchUpJob(services),
    [READ_DOCUMENT]: readDocumentJob(services),
    [RECLASSIFIED_JOB]: reclassifiedJob(services),
    [WISHES]: wishesJob(services),
    [REANALYSE]: reanalyseJob(services),
    [REANALYSE_ALL]: reanalyseAllJob(services),
    [REMATCH]: rematchJob(services),
    [REMATCH_ALL]: rematchAllJob(services),
    [EXPORT]: exportJob(services),
    [SEND]: sendJob(services),
    [REINTERPRET]: reinterpretJob(services),
    [REINTERPRET_ALL]: reinterpretAllJob(services, () =>
      facts.inForce.map(({ head }) => ({ id: head.id, version: head.version })),
    ),
  }
}
