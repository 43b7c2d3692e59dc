import { createHash } from 'node:crypto'
import { sql as peopleAndRecords } from './0001-people-and-records.ts'
import { sql as plansAndCards } from './0002-plans-and-cards.ts'
import { sql as resources } from './0003-resources.ts'
import { sql as keys } from './0004-keys.ts'
import { sql as audit } from './0005-audit.ts'
import { sql as access } from './0006-access.ts'
import { sql as login } from './0007-login.ts'
import { sql as messages } from './0008-messages.ts'
import { sql as jobs } from './0009-jobs.ts'
import { sql as variants } from './0010-variants.ts'
import { sql as whatCardsBecome } from './0011-what-cards-become.ts'
import { sql as proposals } from './0012-proposals.ts'
import { sql as exportsAndSubscriptions } from './0013-exports-and-subscriptions.ts'
import { sql as organizationOfCallers } from './0014-organization-of-callers.ts'
import { sql as variantClassifications } from './0015-variant-classifications.ts'
import { sql as whatExportsTell } from './0016-what-exports-tell.ts'
import { sql as endOfGivenPasswords } from './0017-end-of-given-passwords.ts'
import { sql as birthDays } from './0018-birth-days.ts'
import { sql as tumourBoard } from './0019-tumour-board.ts'
import { sql as genomesByStretch } from './0020-genomes-by-stretch.ts'
import { sql as whatResourcesSay } from './0021-what-resources-say.ts'

/** One step of the schema. A released step is never edited: a change is a new step. */
export interface Migration {
  readonly number: number
  readonly name: string
  readonly sql: string
  readonly sha256: string
}

/** Kept as modules, not .sql files, so that they are inside the bundle. */
export const MIGRATIONS: readonly Migration[] = (
  [
    [1, 'people-and-records', peopleAndRecords],
    [2, 'plans-and-cards', plansAndCards],
    [3, 'resources', resources],
    [4, 'keys', keys],
    [5, 'audit', audit],
    [6, 'access', access],
    [7, 'login', login],
    [8, 'messages', messages],
    [9, 'jobs', jobs],
    [10, 'variants', variants],
    [11, 'what-cards-become', whatCardsBecome],
    [12, 'proposals', proposals],
    [13, 'exports-and-subscriptions', exportsAndSubscriptions],
    [14, 'organization-of-callers', organizationOfCallers],
    [15, 'variant-classifications', variantClassifications],
    [16, 'what-exports-tell', whatExportsTell],
    [17, 'end-of-given-passwords', endOfGivenPasswords],
    [18, 'birth-days', birthDays],
    [19, 'tumour-board', tumourBoard],
    [20, 'genomes-by-stretch', genomesByStretch],
    [21, 'what-resources-say', whatResourcesSay],
  ] as const
).map(([number, name, sql]) => ({
  number,
  name,
  sql,
  sha256: createHash('sha256').update(sql).digest('hex'),
}))
