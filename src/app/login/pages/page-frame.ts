import { type Html, html, htmlText, ownHtml } from '../../../deliver/page/html-text.ts'
import { STYLE } from './page-style.ts'

/** A page of this server without script, as text. */
export function pageText(title: string, body: Html): string {
  return htmlText(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Garrod</title>
<style>${ownHtml(STYLE)}</style>
</head>
<body>
<header class="top">Garrod</header>
<main>
<h1>${title}</h1>
${body}
</main>
<footer class="foot">Decision support for health professionals. Not a medical device.</footer>
</body>
</html>
`)
}

/** A fault as these pages show one. */
export function faultPart(text: string | undefined): Html | undefined {
  return text === undefined ? undefined : html`<p class="fault" role="alert">${text}</p>`
}
