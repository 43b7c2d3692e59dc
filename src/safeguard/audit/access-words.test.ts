import assert from 'node:assert/strict'
import { test } from 'node:test'
import { patientId } from '../../terms/ids.ts'
import { accessLine } from './access-words.ts'
import type { AuditEntry } from './audit-entry.ts'

const said = (more: Partial<AuditEntry>) =>
  accessLine({
    at: '2026-11-22T09:30:00Z',
    action: 'R',
    kind: 'rest',
    interaction: 'read',
    outcome: 'success',
    who: { id: 'user/7', roles: ['pharmacist'] },
    purpose: 'TREAT',
    patients: [patientId('p1')],
    what: ['GET /api/patients/:id'],
    ...more,
  }).sentence

const sentences: readonly (readonly [Partial<AuditEntry>, string])[] = [
  [{}, 'A pharmacist (user/7) looked at your record, to treat you.'],
  [
    { what: ['GET /api/patients/:id/report.pdf'], purpose: 'PATRQT' },
    'A pharmacist (user/7) looked at your report of genetic results, because you asked for it.',
  ],
  [
    { what: ['POST /api/patients/:id/drugs'], action: 'U' },
    'A pharmacist (user/7) changed your list of medicines, to treat you.',
  ],
  [
    { what: ['Observation/o1'], outcome: 'refused', purpose: 'HRESCH' },
    'A pharmacist (user/7) tried to see or change your test results, and was not let, for research.',
  ],
  [
    { outcome: 'failed' },
    'A pharmacist (user/7) tried to see or change your record, and it did not work, to treat you.',
  ],
  [
    { interaction: 'search-type', patients: [patientId('p1'), patientId('p2')] },
    'A pharmacist (user/7) saw you in a list of several patients, to treat you.',
  ],
  [
    { kind: 'cds-hooks', interaction: 'order-sign', who: { id: 'client/ehr', roles: [] } },
    'Client/ehr looked at your genetic results, for advice while medicines were ordered, to treat you.',
  ],
  [
    { what: ['GET /api/patients/:id/tumor'] },
    'A pharmacist (user/7) looked at what was found in your tumour, to treat you.',
  ],
  [
    {
      what: ['POST /api/patients/:id/amendments'],
      action: 'C',
      who: { id: 'user/anna', roles: ['patient'] },
      purpose: 'PATRQT',
    },
    'You (user/anna) added to the corrections that you asked for, because you asked for it.',
  ],
  [
    {
      what: [],
      kind: 'job',
      interaction: 'upload',
      action: 'E',
      who: { id: 'job:upload', roles: ['system'] },
      purpose: 'HOPERAT',
    },
    'A computer program (job:upload) used your record, in a task of the server (reading a file), to run the hospital.',
  ],
  [
    { purpose: 'X-NEW', who: { id: 'user/8', roles: ['new-role'] } },
    'New-role (user/8) looked at your record, for the purpose X-NEW.',
  ],
]
for (const [entry, sentence] of sentences) {
  test(sentence, () => assert.equal(said(entry), sentence))
}
