import { createHash } from 'node:crypto'

/** The colours and measures of the page (web/src/styles), for forms that need no script. */
export const STYLE = `
*{box-sizing:border-box}
body{margin:0;line-height:1.5;color:#1c2430;background:#fff;font-family:"Segoe UI",-apple-system,Roboto,"Helvetica Neue","Liberation Sans",Arial,sans-serif}
a{color:#14508c}
:focus-visible{outline:3px solid #d08700;outline-offset:2px}
.top{padding:.7rem 1.5rem;background:#163b65;color:#fff;font-size:1.2rem;font-weight:700}
main{max-width:34rem;margin:0 auto;padding:1.5rem;min-height:calc(100vh - 8rem)}
.foot{max-width:34rem;margin:0 auto;padding:1rem 1.5rem;color:#51596a;font-size:.9rem;border-top:1px solid #d5dae2}
h1{line-height:1.2;font-size:1.6rem;font-weight:650;overflow-wrap:anywhere}
h2{font-size:1.1rem;margin:1.4rem 0 .4rem}
.soft{color:#51596a;font-size:.92rem}
label{display:block;font-weight:600;margin-top:.9rem}
input[type=text],input[type=password],input[type=search]{width:100%;font:inherit;font-weight:400;padding:.5rem .6rem;margin-top:.25rem;border:1px solid #6b7280;border-radius:4px;background:#fff;color:inherit}
.hint{font-weight:400;color:#51596a;font-size:.9rem}
button{font:inherit;font-weight:600;padding:.55rem 1.1rem;border-radius:4px;border:1px solid #1b4f8a;background:#1b4f8a;color:#fff;cursor:pointer}
button:hover{background:#163b65}
button.plain{background:#fff;color:#14508c}
button.plain:hover{background:#f5f7fa}
.acts{display:flex;flex-wrap:wrap;gap:.7rem;margin-top:1.4rem}
.fault{margin:.8rem 0;padding:.7rem 1rem;background:#fdeceb;border-left:5px solid #a30d1b;border-radius:3px}
.box{margin:.8rem 0;padding:.8rem 1rem;background:#f5f7fa;border:1px solid #d5dae2;border-radius:4px;overflow-wrap:anywhere}
.check{display:flex;gap:.6rem;align-items:baseline;font-weight:400;margin-top:.5rem}
.find{display:flex;gap:.6rem;align-items:end}
.find>label{flex:1}
ul{list-style:none;margin:.8rem 0;padding:0}
ul.also{list-style:disc;padding-left:2.6rem}
li button.row{display:block;width:100%;text-align:left;margin-bottom:.5rem;background:#fff;color:inherit;border-color:#d5dae2;font-weight:400}
li button.row:hover{background:#eaf1f9}
.row strong{display:block}
@media (max-width:30rem){main{padding:1rem .9rem}.top{padding:.7rem .9rem}.acts button{flex:1 1 100%}}
`

const DIGEST = createHash('sha256').update(STYLE).digest('base64')

/**
 * No script, this one style, forms to this server alone and to where they are redirected to (browsers hold redirects of a
 * form to `form-action` as well). `frames`: origins of EHRs that may show the page in a frame.
 */
export function pagePolicy(frames: readonly string[], goesTo: readonly string[] = []): string {
  return [
    "default-src 'none'",
    `style-src 'sha256-${DIGEST}'`,
    'img-src data:',
    `form-action 'self' ${goesTo.join(' ')}`.trim(),
    `frame-ancestors ${frames.length === 0 ? "'none'" : frames.join(' ')}`,
    "base-uri 'none'",
  ].join('; ')
}
