import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'

const PATHS = [process.env['GARROD_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser']
const executablePath = PATHS.find((path) => path !== undefined && existsSync(path))

/** Why page tests cannot run here, or false when they can. */
export const noBrowser: false | string =
  executablePath === undefined ? 'no Chromium at /usr/bin/chromium (Debian: apt-get install chromium)' : false

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A browser of one window size with an empty profile of its own. */
export async function openBrowser(width: number, height: number): Promise<OpenBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'garrod-page-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: executablePath!,
    args: FLAGS,
    viewport: { width, height },
  })
  return {
    context,
    async close() {
      await context.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

export interface OpenBrowser {
  readonly context: BrowserContext
  close(): Promise<void>
}

/**
 * Waits until nothing on the page answers to `locator`. A page reads its lists anew after an answer of the server, so
 * that what an action takes away is gone a moment after what it brings.
 */
export async function gone(locator: Locator): Promise<void> {
  await locator.first().waitFor({ state: 'detached' })
}

/** A page that remembers everything the browser complained about. */
export async function watchedPage(context: BrowserContext): Promise<{ page: Page; complaints: string[] }> {
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // The browser itself notes every 4xx answer; a fault is such an answer and is asserted on the page.
    const answered = /Failed to load resource: the server responded with a status of 4\d\d/.test(
      message.text(),
    )
    if ((message.type() === 'error' || message.type() === 'warning') && !answered)
      complaints.push(message.text())
  })
  return { page, complaints }
}
