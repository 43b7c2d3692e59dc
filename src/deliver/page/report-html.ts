import { drugDetails, drugTables, otherDrugs } from './drug-html.ts'
import type { DrugLine } from './drug-line.ts'
import { geneDetails, geneTable } from './gene-html.ts'
import { type Html, html, htmlText, ownHtml } from './html-text.ts'
import type { Labelled } from './identity-part.ts'
import { markHtml } from './mark-html.ts'
import type { ReportInput } from './report-input.ts'
import { type ReportModel, reportModel } from './report-model.ts'
import { REPORT_STYLE } from './report-style.ts'

/** The clinician report as one HTML file: no script, no outside file; prints on A4 and Letter. */
export function reportHtml(input: ReportInput): string {
  const model = reportModel(input)
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="${model.engine}">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'">
<title>Pharmacogenomic report: ${model.identity.name}, ${model.identity.reportedOn}</title>
<style>${ownHtml(REPORT_STYLE)}</style>
</head>
<body>
<a class="skip" href="#act">Skip to what to act on</a>
${header(model)}
<main>
${actSection(model)}
${drugTables(model.drugs)}
${geneTable(model.genes)}
${drugDetails(model.drugs.details)}
${otherDrugs(model.drugs.others)}
${geneDetails(model.geneDetails)}
</main>
${closing(model)}
</body>
</html>
`
  return htmlText(page)
}

function header({ identity }: ReportModel): Html {
  const pairs = (rows: readonly Labelled[]) =>
    rows.map(({ label, value }) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)
  return html`<header class="head">
<p class="kind">Pharmacogenomic report</p>
<h1>${identity.name}</h1>
<div class="identity">
<dl aria-label="Patient">${pairs(identity.patient)}</dl>
<dl aria-label="Test">${pairs(identity.test)}</dl>
</div>
</header>`
}

function actSection({ summary, drugs, interactions }: ReportModel): Html {
  const { now, later, open, notes } = drugs
  return html`<section id="act" aria-labelledby="act-title">
<h2 id="act-title">Act on these</h2>
<p class="summary">${summary}</p>
${actList('Taken or considered now', now)}
${actList('Not known for a drug taken or considered now', open)}
${listNotes(notes)}
${interactionList(interactions)}
${actList('If ever prescribed', later, 'later')}
</section>`
}

function actList(title: string, lines: readonly DrugLine[], kind = 'now'): Html | undefined {
  if (lines.length === 0) return undefined
  return html`<h3>${title}</h3>
<ul class="acts ${kind}">
${lines.map(
  (line) => html`<li class="act ${line.mark}">
${markHtml(line.mark)}
<p class="drug">${line.anchor === undefined ? line.drug : html`<a href="#${line.anchor}">${line.drug}</a>`}</p>
<div><p class="what">${line.headline}</p>
<p class="why">${line.small}</p></div>
</li>
`,
)}</ul>`
}

function listNotes(notes: readonly string[]): Html | undefined {
  if (notes.length === 0) return undefined
  return html`<h3>To know about this list</h3>
<ul>${notes.map((note) => html`<li>${note}</li>\n`)}</ul>`
}

function interactionList(lines: ReportModel['interactions']): Html | undefined {
  if (lines.length === 0) return undefined
  return html`<h3>Drug, drug and gene together</h3>
<ul class="acts">
${lines.map(
  (line) => html`<li class="act ${line.mark}">${markHtml(line.mark)}
<p class="drug">${line.drugs} (${line.gene})</p>
<div><p class="what">${line.sentence}</p>
<p class="why">Sources: ${line.sources}</p></div></li>
`,
)}</ul>`
}

function closing(model: ReportModel): Html {
  return html`<footer>
<section aria-labelledby="limits-title"><h2 id="limits-title">Limits of this report</h2>
<ul>${model.limits.map((limit) => html`<li>${limit}</li>\n`)}</ul></section>
<section aria-labelledby="versions-title"><h2 id="versions-title">Versions</h2>
<p>Made by ${model.engine} on ${model.identity.reportedOn} from these fact packs:</p>
<div class="wide"><table class="cards"><thead><tr><th scope="col">Pack</th><th scope="col">What it is</th><th scope="col">Licence</th></tr></thead>
<tbody>${model.packs.map((pack) => html`<tr><th scope="row" data-label="Pack">${pack.ref}</th><td data-label="What it is">${pack.title}</td><td data-label="Licence">${pack.licence}</td></tr>\n`)}</tbody></table></div>
</section>
<section aria-labelledby="rerun-title"><h2 id="rerun-title">Make this report again</h2>
<p>The same file and the same facts give the same report:</p>
<pre>${model.rerun}</pre></section>
</footer>`
}
