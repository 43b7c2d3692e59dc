// Writes what is generated from the program itself: docs/cli.md, docs/faults.md, docs/settings.md, NOTICE and docs/evidence/security.md. A test
// fails when they are out of date.
// Run with Node 24: node scripts/write-docs.ts
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cliManual } from '../src/app/command-line/cli-manual.ts'
import { notice } from '../src/app/notice.ts'
import { Facts } from '../src/knowledge/facts.ts'
import { readControls, securityPage } from '../test/security/controls.ts'
import { faultsPage } from './faults/faults-page.ts'
import { settingsPage } from './settings-page.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
writeFileSync(join(root, 'docs/cli.md'), await cliManual())
writeFileSync(join(root, 'docs/faults.md'), faultsPage(root))
writeFileSync(join(root, 'docs/settings.md'), settingsPage())
writeFileSync(join(root, 'NOTICE'), notice(Facts.find([join(root, 'facts')])))
writeFileSync(join(root, 'docs/evidence/security.md'), securityPage(readControls()))
