import { LOOKS } from './mark.ts'

const marks = Object.entries(LOOKS)
  .map(
    ([mark, { ink, paper }]) =>
      `.mark.${mark}{color:${ink}}.act.${mark}{border-color:${ink};background:${paper}}`,
  )
  .join('\n')

/** Screen, phone and print in one sheet. Sizes in points on paper, rem on screen; system fonts only. */
export const REPORT_STYLE = `
:root{color-scheme:light;--ink:#1c2430;--soft:#51596a;--line:#d5dae2;--band:#f5f7fa;--link:#14508c}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:62rem;padding:1.5rem;color:var(--ink);background:#fff;font:1rem/1.5 "Segoe UI",-apple-system,Roboto,"Helvetica Neue","Liberation Sans",Arial,sans-serif}
h1,h2,h3,h4,p,ul,dl,dd,table,pre{margin:0}
h1{font-size:1.9rem;line-height:1.2;overflow-wrap:anywhere}
h2{font-size:1.25rem;margin:2rem 0 .6rem;padding-bottom:.25rem;border-bottom:2px solid var(--ink)}
h3{font-size:1.05rem;margin:1.1rem 0 .4rem}
h4{font-size:.9rem;margin:.7rem 0 .15rem}
a{color:var(--link)}
a:focus-visible{outline:3px solid #d08700;outline-offset:2px}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:.5rem;background:#fff;padding:.5rem}
.kind{color:var(--soft);font-weight:600;letter-spacing:.02em}
.identity{display:grid;grid-template-columns:1fr 1fr;gap:0 2rem;margin-top:.8rem;padding:.7rem 0;border-top:2px solid var(--ink);border-bottom:1px solid var(--line)}
.identity dl>div,.facts>div{display:grid;grid-template-columns:8.5rem 1fr;gap:.1rem .8rem}
dt{color:var(--soft)}
dd{overflow-wrap:anywhere}
.identity{font-size:.92rem}
.summary{font-size:1.08rem;font-weight:600}
.acts{list-style:none;padding:0;display:grid;gap:.45rem}
.act{display:grid;grid-template-columns:7.2rem 9.5rem 1fr;gap:.2rem .8rem;padding:.55rem .8rem;border-left:5px solid;border-radius:3px;break-inside:avoid}
.act .drug{font-weight:700;overflow-wrap:anywhere}
.what{line-height:1.4}
.why,.status,.caveat,.none,.pack{color:var(--soft);font-size:.87rem}
.status,.caveat{font-weight:400}
.caveat{font-style:italic}
.mark{display:inline-flex;align-items:center;gap:.35rem;font-weight:700;font-size:.9rem;white-space:nowrap}
.act>.mark{align-self:start;padding-top:.15rem}
h3 .mark{margin-left:.5rem;vertical-align:baseline}
.mark svg{flex:none}
h3 .codes{font-weight:400;font-size:.85rem;color:var(--soft);margin-left:.5rem}
${marks}
.later{gap:.1rem}
.later .act{background:none;padding:.25rem .8rem;border-left-width:3px}
.wide{overflow-x:auto;margin:.5rem 0 1rem}
table{border-collapse:collapse;width:100%;font-size:.92rem}
caption{text-align:left;color:var(--soft);padding:.3rem 0;font-size:.9rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem .4rem 0;border-bottom:1px solid var(--line);overflow-wrap:break-word}
thead th{font-size:.85rem;color:var(--soft);border-bottom:1.5px solid var(--ink);white-space:nowrap}
tbody th{font-weight:650}
.by-drug th:nth-child(1){width:19%}.by-drug th:nth-child(2){width:41%}.by-drug th:nth-child(3){width:24%}
.by-gene th:nth-child(1){width:10%}.by-gene th:nth-child(2){width:21%}.by-gene th:nth-child(3){width:24%}.by-gene th:nth-child(4){width:11%}
.by-drug .mark{font-size:.85rem}
.by-gene td:nth-child(5){font-size:.87rem}
tr.unknown td,tr.unknown th{background:var(--band)}
.quiet tbody th{font-weight:500}
.quiet,.small{font-size:.87rem}
.small{width:auto;min-width:24rem}
.small th,.small td{padding-right:1.4rem}
.result{font-weight:600}
h3 .result{font-weight:500;margin-left:.4rem}
.tag{font-size:.82rem;color:var(--soft)}
.clinical{margin-top:.2rem}
article{padding:.2rem 0 .9rem;border-bottom:1px solid var(--line)}
article:last-child{border-bottom:0}
.headline{font-weight:600}
.differ{margin:.4rem 0;padding:.45rem .7rem;background:${LOOKS.warning.paper};border-left:4px solid ${LOOKS.warning.ink}}
.rec{margin:.6rem 0;padding:.5rem .8rem .6rem;border:1px solid var(--line);border-radius:4px;break-inside:avoid}
.do{font-size:1.02rem;margin:.15rem 0 .35rem}
.facts{font-size:.9rem}
.note ul,footer ul{padding-left:1.2rem}
.note{font-size:.9rem;overflow-wrap:anywhere}
footer{font-size:.92rem}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--band);padding:.7rem;border-radius:4px;font:.85rem/1.5 ui-monospace,"Liberation Mono",monospace}
@media (max-width:44rem){
body{padding:1rem .9rem}
.identity{grid-template-columns:1fr}
.act{grid-template-columns:1fr}
.by-drug th,.by-gene th{width:auto!important}
.cards,.cards tbody,.cards tr,.cards td,.cards tbody th,.cards caption{display:block}
.cards thead{position:absolute;left:-99rem}
.cards tr{padding:.5rem .7rem;margin-bottom:.6rem;border:1px solid var(--line);border-radius:4px}
.cards td,.cards tbody th{border:0;padding:.12rem 0}
.cards td{position:relative;padding-left:6.2rem;min-height:1.5rem}
.cards td::before{content:attr(data-label);position:absolute;left:0;width:5.8rem;color:var(--soft);font-size:.85rem}
.cards tbody th{font-size:1.05rem}
.facts>div{grid-template-columns:1fr}
.small{min-width:0}
}
@media print{
@page{margin:14mm 14mm 16mm}
html{font-size:9.3pt}
body{max-width:none;padding:0;line-height:1.36}
.skip{display:none}
h2{margin:1.3rem 0 .5rem}h2,h3,h4,caption{break-after:avoid}thead,tbody tr:first-child{break-before:avoid}
tr,.note li{break-inside:avoid}
thead{display:table-header-group}
.wide{overflow:visible}
.act,.differ,tr.unknown td,tr.unknown th,pre{-webkit-print-color-adjust:exact;print-color-adjust:exact}
a{color:inherit;text-decoration:none}
}
`
