import { anchorOf } from './anchor.ts'
import type { DoseDetail, DrugDetail, RecommendationDetail } from './drug-detail.ts'
import type { DrugLine, QuietDrug } from './drug-line.ts'
import type { DrugPart } from './drug-part.ts'
import { type Html, html } from './html-text.ts'
import { linesHtml, linksHtml, listHtml, markHtml } from './mark-html.ts'

/** Every drug of the plan: what to change or know, what is not known, what asks for nothing. */
export function drugTables({ table, notKnown, quiet }: DrugPart): Html {
  return html`<section aria-labelledby="drugs-title">
<h2 id="drugs-title">By drug</h2>
${table.length === 0 ? html`<p>No drug needs a change.</p>` : mainTable(table)}
${notKnown.length === 0 ? undefined : notKnownTable(notKnown)}
${quiet.length === 0 ? undefined : quietNames(quiet)}
</section>`
}

function mainTable(lines: readonly DrugLine[]): Html {
  return html`<div class="wide"><table class="cards by-drug">
<caption>Drugs that need a change or a remark, and every drug taken or considered</caption>
<thead><tr><th scope="col">Drug</th><th scope="col">What to do</th><th scope="col">Because of</th><th scope="col">Who says so (strength)</th></tr></thead>
<tbody>${lines.map(
    (line) => html`<tr>
<th scope="row" data-label="Drug">${line.anchor === undefined ? line.drug : html`<a href="#${line.anchor}">${line.drug}</a>`} ${line.status === 'reference' ? undefined : html`<span class="status">${line.status}</span>`}<div>${markHtml(line.mark)}</div></th>
<td data-label="What to do">${line.headline}${line.caveats.length > 0 ? html`<div class="caveat">${line.caveats.join('; ')}</div>` : undefined}</td>
<td data-label="Because of">${linesHtml(line.basis, 'no gene result')}</td>
<td data-label="Who says so">${line.who || html`<span class="none">no recommendation</span>`}</td>
</tr>\n`,
  )}</tbody></table></div>`
}

function notKnownTable(groups: DrugPart['notKnown']): Html {
  return html`<div class="wide"><table class="cards">
<caption>Not known: drugs with a guideline whose gene results are missing. Nothing was assumed.</caption>
<thead><tr><th scope="col">Drugs</th><th scope="col">Not known, because</th></tr></thead>
<tbody>${groups.map((one) => html`<tr><th scope="row" data-label="Drugs">${one.drugs.join(', ')}</th><td data-label="Because">${one.because}</td></tr>\n`)}</tbody></table></div>`
}

function quietNames(names: readonly string[]): Html {
  return html`<p><strong>No change.</strong> These genes ask for nothing unusual with: ${names.map((name, i) => html`${i > 0 ? ', ' : ''}<a href="#${anchorOf('drug', name)}">${name}</a>`)}.</p>`
}

/** Drugs that need no change: what publishers say of each, in one row. */
export function otherDrugs(drugs: readonly QuietDrug[]): Html | undefined {
  if (drugs.length === 0) return undefined
  return html`<section aria-labelledby="others-title">
<h2 id="others-title">Other drugs: what publishers say</h2>
<div class="wide"><table class="cards quiet">
<caption>Drugs not taken that need no change</caption>
<thead><tr><th scope="col">Drug</th><th scope="col">Result</th><th scope="col">What publishers say</th></tr></thead>
<tbody>${drugs.map(
    (
      one,
    ) => html`<tr id="${one.anchor}"><th scope="row" data-label="Drug">${one.drug}</th><td data-label="Result">${linesHtml(one.basis, 'no gene result')}</td>
<td data-label="Publishers">${one.says.map((say) => html`<div>${say.text}${linksHtml(say.links)}</div>`)}${one.missing.map((text) => html`<div class="caveat">Not known: ${text}</div>`)}</td></tr>\n`,
  )}</tbody></table></div>
</section>`
}

/** One section per drug: each publisher's recommendation with its reason and source, doses, and what is missing. */
export function drugDetails(details: readonly DrugDetail[]): Html | undefined {
  if (details.length === 0) return undefined
  return html`<section aria-labelledby="drug-details-title">
<h2 id="drug-details-title">Each drug in detail</h2>
${details.map(
  (one) => html`<article id="${one.line.anchor}" aria-labelledby="${one.line.anchor}-title">
<h3 id="${one.line.anchor}-title">${one.line.drug} ${markHtml(one.line.mark)} <span class="codes">${one.codes}${one.line.status === 'reference' ? '' : ` · ${one.line.status}`}</span></h3>
<p class="headline">${one.line.headline}</p>
${one.difference === undefined ? undefined : html`<p class="differ"><strong>Publishers differ.</strong> ${one.difference}</p>`}
${one.recommendations.map(recommendation)}
${one.doses.map(dose)}
${listHtml('Not known', one.missing)}
${listHtml('What would change this answer', one.wouldChange)}
</article>`,
)}
</section>`
}

function recommendation(one: RecommendationDetail): Html {
  return html`<div class="rec">
<p><strong>${one.source}</strong> ${markHtml(one.mark)}</p>
<p class="do">${one.doThis}</p>
<dl class="facts">
<div><dt>Why</dt><dd>${one.because}</dd></div>
<div><dt>Result used</dt><dd>${linesHtml(one.basis, 'none')}${one.ambiguous === undefined ? undefined : html`<div class="caveat">${one.ambiguous}</div>`}</dd></div>
<div><dt>Strength</dt><dd>${one.strength}; for ${one.population}${one.asks === undefined ? '' : `. Whether this patient belongs to it: ${one.asks}.`}</dd></div>
<div><dt>Source</dt><dd>${one.citation}${linksHtml(one.links)} <span class="pack">${one.pack}</span></dd></div>
</dl></div>`
}

function dose(one: DoseDetail): Html {
  return html`<div class="rec">
<p><strong>Dose estimate</strong> ${one.equation}</p>
<p class="do">${one.dose === undefined ? `No dose was calculated; missing: ${one.rows.map((row) => row.name).join(', ')}.` : one.dose}</p>
${one.dose === undefined ? undefined : html`<dl class="facts">${one.rows.map((row) => html`<div><dt>${row.name}</dt><dd>${row.value}</dd></div>`)}</dl>`}
${listHtml('Notes', one.notes)}
<p class="why">${one.citation}${linksHtml(one.links)}</p></div>`
}
