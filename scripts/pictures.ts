// Makes the README's pictures anew from a demonstration that was just started ("npm start"):
//   node_modules/.bin/node scripts/pictures.ts http://127.0.0.1:8484
// It sends examples/report.pdf to Example Three, as the README does. The picture of the workbench is of a draft that a
// person made, and is not among them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openBrowser } from '../test/web/chromium.ts'

const root = join(import.meta.dirname, '..')
const [base] = process.argv.slice(2)
if (base === undefined) {
  process.stderr.write('Give the address of the demonstration: scripts/pictures.ts http://127.0.0.1:8484\n')
  process.exit(2)
}

const sent = await fetch(`${base}/api/patients/example-3/documents`, {
  method: 'POST',
  headers: { 'content-type': 'application/pdf' },
  body: readFileSync(join(root, 'examples', 'report.pdf')),
})
const { document } = (await sent.json()) as { document: string }

const PICTURES = [
  ['patient', '/patients/example-1/act', 860, 'If ever prescribed'],
  ['document', `/patients/example-3/documents/${document}`, 860, '2 of 2 wait for you'],
  ['tumor', '/patients/example-2/tumor', 1010, 'What was found'],
] as const
for (const [name, path, height, seen] of PICTURES) {
  const browser = await openBrowser(1280, height)
  const page = await browser.context.newPage()
  await page.goto(base + path)
  await page.getByText(seen, { exact: true }).first().waitFor()
  await page.waitForLoadState('networkidle')
  // A PDF is drawn after its words are there, and nothing on the page says when.
  await page.waitForTimeout(5000)
  await page.screenshot({ path: join(root, 'docs', 'pictures', `${name}.png`) })
  await browser.close()
}
