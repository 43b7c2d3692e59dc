import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

/** Folder that gets a picture of every state a test looks at, for a person to look at too. */
const PICTURES = process.env['GARROD_PICTURES']

/** One h1, no skipped heading level, every field and button with a name, nothing wider than the window, text readable. */
export async function assertAccessible(
  page: Page,
  where = 'the page',
  landmarks: readonly string[] = ['main', 'header', 'nav'],
): Promise<void> {
  if (PICTURES !== undefined) await picture(page, PICTURES, where)
  const found = await page.evaluate((wanted) => {
    const seen = (element: Element) => element.checkVisibility()
    const all = (selector: string) => [...document.querySelectorAll(selector)].filter(seen)
    const named = (element: Element) => {
      const field = element as HTMLInputElement
      const by = element.getAttribute('aria-labelledby')
      const label =
        by === null
          ? ''
          : by
              .split(' ')
              .map((id) => document.getElementById(id)?.textContent ?? '')
              .join('')
      return (
        (element.textContent ?? '').trim() +
        (element.getAttribute('aria-label') ?? '') +
        label +
        ((field.labels?.length ?? 0) ? 'label' : '')
      )
    }
    const luminance = (rgb: readonly number[]) => {
      const [r, g, b] = rgb.map((v) =>
        v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4,
      )
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
    }
    const rgb = (text: string) => (text.match(/[\d.]+/g) ?? []).map(Number)
    const paper = (element: Element | null): number[] => {
      for (let at = element; at !== null; at = at.parentElement) {
        const colour = rgb(getComputedStyle(at).backgroundColor)
        if (colour.length === 3 || (colour[3] ?? 0) > 0.99) return colour.slice(0, 3)
      }
      return [255, 255, 255]
    }
    const pale = all('p, a, td, th, dt, dd, li, h1, h2, h3, h4, button, label, caption, span, strong')
      .filter((element) =>
        [...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue!.trim() !== ''),
      )
      .filter((element) => element.closest('[disabled], [data-disabled]') === null)
      .filter((element) => {
        const [light, dark] = [
          luminance(rgb(getComputedStyle(element).color).slice(0, 3)),
          luminance(paper(element)),
        ].sort((a, b) => b - a)
        return (light! + 0.05) / (dark! + 0.05) < 4.5
      })
      .map((element) => `${element.tagName} "${element.textContent!.trim().slice(0, 40)}"`)
    return {
      headings: all('h1, h2, h3, h4, h5, h6').map((element) => Number(element.tagName[1])),
      nameless: all('input:not([type=hidden]), select, button, a[href], iframe')
        .filter((element) => named(element) === '' && element.getAttribute('title') === null)
        .map((element) => element.outerHTML.slice(0, 120)),
      landmarks: wanted.filter((name) => document.querySelector(name) === null),
      pale,
      wide: document.documentElement.scrollWidth - window.innerWidth,
      language: document.documentElement.lang,
    }
  }, landmarks)
  assert.equal(found.headings.filter((level) => level === 1).length, 1, `${where}: one h1`)
  found.headings.reduce((above, level) => {
    assert.ok(level <= above + 1, `${where}: h${level} after h${above}`)
    return level
  }, 0)
  assert.deepEqual(found.nameless, [], `${where}: controls without a name`)
  assert.deepEqual(found.landmarks, [], `${where}: landmarks missing`)
  assert.deepEqual(found.pale, [], `${where}: text below 4.5:1`)
  assert.ok(found.wide <= 0, `${where}: ${found.wide} pixels wider than the window`)
  assert.equal(found.language, 'en')
}

async function picture(page: Page, folder: string, where: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const { pathname } = new URL(page.url())
  const name = `${pathname} ${where} ${page.viewportSize()!.width}`.replace(/[^A-Za-z0-9]+/g, '-').slice(1)
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}
