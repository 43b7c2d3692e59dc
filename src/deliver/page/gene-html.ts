import type { GeneDetail, GeneLine, MissingGroup } from './gene-part.ts'
import { type Html, html } from './html-text.ts'
import { linesHtml, listHtml } from './mark-html.ts'

export function geneTable(lines: readonly GeneLine[]): Html {
  return html`<section aria-labelledby="genes-title">
<h2 id="genes-title">By gene</h2>
<div class="wide"><table class="cards by-gene">
<caption>Every gene looked at. Where a drug now taken changes an enzyme, the phenotype to expect stands below the genetic one.</caption>
<thead><tr><th scope="col">Gene</th><th scope="col">Result</th><th scope="col">Phenotype</th><th scope="col">Activity score</th><th scope="col">How sure</th></tr></thead>
<tbody>${lines.map(
    (line) => html`<tr${line.known ? '' : html` class="unknown"`}>
<th scope="row" data-label="Gene"><a href="#${line.anchor}">${line.gene}</a></th>
<td data-label="Result" class="result">${linesHtml(line.results, 'not known')}</td>
<td data-label="Phenotype"><div>${line.clinical === undefined ? undefined : html`<span class="tag">by genotype</span> `}${line.phenotypes.length > 0 ? line.phenotypes.join(' or ') : html`<span class="none">${line.known ? 'none assigned' : 'not known'}</span>`}</div>
${line.clinical === undefined ? undefined : html`<div class="clinical"><span class="tag">with current drugs</span> <strong>${line.clinical.phenotype}</strong> (${line.clinical.because})</div>`}</td>
<td data-label="Activity score">${linesHtml(line.activityScores, '–')}${line.clinical?.activityScore === undefined ? undefined : html`<div class="clinical"><span class="tag">with current drugs</span> ${line.clinical.activityScore}</div>`}</td>
<td data-label="How sure">${linesHtml(line.sure, '–')}</td>
</tr>\n`,
  )}</tbody></table></div>
</section>`
}

/** One section per gene: what was seen, what was not, what could therefore hide, and the rules that were applied. */
export function geneDetails(details: readonly GeneDetail[]): Html | undefined {
  if (details.length === 0) return undefined
  return html`<section aria-labelledby="gene-details-title">
<h2 id="gene-details-title">Each gene in detail</h2>
${details.map(
  (one) => html`<article id="${one.line.anchor}" aria-labelledby="${one.line.anchor}-title">
<h3 id="${one.line.anchor}-title">${one.line.gene} <span class="result">${one.line.resultText}</span></h3>
<dl class="facts">
${one.alleles.length === 0 ? undefined : html`<div><dt>Alleles</dt><dd>${one.alleles.join('; ')}</dd></div>`}
<div><dt>Read</dt><dd>${one.read}</dd></div>
</dl>
${candidates(one)}
${listHtml('Changed by drugs now taken', one.conversions)}
${listHtml('What this kind of data cannot show', one.blindTo)}
${missing(one.missing)}
${one.notExcluded.length === 0 ? undefined : html`<div class="note"><h4>Alleles that could not be excluded</h4><p>${one.notExcluded.join(', ')}</p></div>`}
${listHtml('Bases that no definition knows', one.undocumented)}
${listHtml('Other positions that advice uses', one.extraPositions)}
${listHtml('How this was read', one.why)}
</article>`,
)}
</section>`
}

function candidates({ candidates: rows, population }: GeneDetail): Html | undefined {
  if (rows.length < 2) return undefined
  return html`<div class="wide"><table class="small"><caption>Diplotypes that fit the data. Probabilities: ${population ?? 'no population'}.</caption>
<thead><tr><th scope="col">Diplotype</th><th scope="col">Phenotype</th><th scope="col">Activity score</th><th scope="col">Probability</th><th scope="col">Reported</th></tr></thead>
<tbody>${rows.map((row) => html`<tr><th scope="row">${row.name}</th><td>${row.phenotype}</td><td>${row.activityScore}</td><td>${row.probability}</td><td>${row.reported ? 'yes' : 'no'}</td></tr>`)}</tbody></table></div>`
}

function missing(groups: readonly MissingGroup[]): Html | undefined {
  if (groups.length === 0) return undefined
  return html`<div class="note"><h4>Positions not seen</h4>${groups.map(
    (group) =>
      html`<p><strong>${group.positions.length} ${group.positions.length === 1 ? 'position' : 'positions'}</strong>, ${group.because}:
${group.positions.map((one, i) => html`${i > 0 ? '; ' : ''}${one.name}${one.alleles.length > 0 ? ` decides ${one.alleles.join(', ')}` : ''}`)}.</p>`,
  )}</div>`
}
