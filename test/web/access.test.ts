import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AuditEntry } from '../../src/safeguard/audit/audit-entry.ts'
import { patientId, tenantId } from '../../src/terms/ids.ts'
import { call, testServer } from '../support/http-server.ts'
import { assertAccessible } from './accessible.ts'
import { noBrowser, openBrowser, watchedPage } from './chromium.ts'
import { PAGE, pageIsBuilt } from './page-server.ts'

const skip = noBrowser || (pageIsBuilt() ? false : 'the page is not built ("npm run build")')

const looked = (at: string, more: Partial<AuditEntry>): AuditEntry => ({
  at,
  action: 'R',
  kind: 'rest',
  interaction: 'read',
  outcome: 'success',
  who: { id: 'user/nurse-7', roles: ['clinician'] },
  purpose: 'TREAT',
  patients: [patientId('ann')],
  what: ['GET /api/patients/:id/findings'],
  ...more,
})

test('who looked at the record, by day and person, at desktop and phone width', { skip }, async () => {
  const server = await testServer({ page: PAGE })
  const browser = await openBrowser(1280, 900)
  try {
    await call(`${server.url}/api/patients`, 'POST', { id: 'ann', name: 'Ann Example' })
    for (const entry of [
      looked('2026-11-20T08:00:00Z', {}),
      looked('2026-11-20T08:10:00Z', {}),
      looked('2026-11-20T09:00:00Z', { kind: 'cds-hooks', interaction: 'order-sign' }),
      looked('2026-11-20T10:00:00Z', {
        who: { id: 'user/researcher-2', roles: ['researcher'] },
        purpose: 'HRESCH',
        outcome: 'refused',
      }),
      looked('2026-11-21T03:00:00Z', {
        who: { id: 'user/emergency-1', roles: ['clinician'] },
        kind: 'break-glass',
        purpose: 'ETREAT',
      }),
      looked('2026-11-21T12:00:00Z', {
        who: { id: 'client/laboratory', roles: ['laboratory', 'system'] },
        kind: 'hl7v2',
        interaction: 'ORU_R01',
        action: 'C',
      }),
    ]) {
      await server.services.audit.record(tenantId('main'), entry)
    }
    const { page, complaints } = await watchedPage(browser.context)
    await page.goto(`${server.url}/patients/ann/access`)
    await page.getByRole('heading', { name: 'Who looked at this record' }).waitFor()
    const text = (await page.locator('.access').allInnerTexts()).join().replace(/\s+/g, ' ')
    assert.match(
      text,
      /A researcher user\/researcher-2 tried to see or change what your genes mean for your medicines, and did not get it, for research/,
    )
    assert.match(text, /looked at what your genes mean for your medicines, to treat you between .* 2 times/)
    assert.match(text, /your whole record, past the usual rules, to treat you in an emergency .* emergency/)
    assert.match(
      text,
      /A laboratory, a computer program client\/laboratory added to your record, by a message between computers/,
    )
    assert.equal(await page.locator('.access h3').count(), 3)
    await assertAccessible(page)
    for (const [name, width] of [['desktop', 1280] as const, ['phone', 390] as const]) {
      await page.setViewportSize({ width, height: 900 })
      const wide = await page.evaluate('document.documentElement.scrollWidth')
      assert.ok((wide as number) <= width, `${name}: the page is ${wide} wide`)
    }
    assert.deepEqual(complaints, [])
  } finally {
    await browser.close()
    await server.close()
  }
})
