// Compares facts/approvals with the evaluation set beside the checkout, and prints every disagreement.
// node_modules/.bin/node scripts/evidence-approvals.ts [facts folder]
import { Comparison, type Statement, sameLiteral, statements, textOf } from '../test/peers/tumor/approvals.ts'

const compared = new Comparison(process.argv[2])
const fda = statements().filter(({ agency }) => agency === 'fda')
const found = fda.map((one) => ({ one, ...compared.find(one) }))
const recalled = found.filter(({ same }) => same.length > 0)
const indications = Map.groupBy(found, ({ one }) => one.indication)
const wholly = [...indications.values()].filter((rows) => rows.some(({ same }) => same.length > 0)).length
const line = ({ id, generic, literals, oncotree, therapies, text }: Statement) =>
  `${id} ${generic} | ${oncotree} | ${literals.map(textOf).join(' AND ')} | ${therapies.join(' + ')}\n      ${text.slice(0, 330)}`
for (const { one, drug, disease, same } of found)
  if (same.length === 0)
    console.log(`MISSED ${drug ? (disease ? 'biomarker' : 'disease') : 'drug'}: ${line(one)}`)
const seen = new Set(fda.flatMap(({ generic }) => compared.drugs(generic)))
const mine = compared.ours.filter(({ drug, agency }) => seen.has(drug) && agency === 'FDA')
const hit = new Set(found.flatMap(({ same }) => same.map(({ id }) => id)))
for (const one of mine)
  if (!hit.has(one.id))
    console.log(
      `EXTRA ${one.id} ${one.basis} | ${one.disease.key} | ${one.biomarker} | ${one.setting} ${one.line} ${one.regimens.map((r) => r.join(' + ')).join(' / ')} ${one.approved}`,
    )
const combos = recalled.filter(({ one, same }) =>
  same.some(({ drug, regimens }) =>
    regimens.some((with_) => {
      const all = new Set([...drug.split(/ and |, /), ...with_])
      return one.therapies.every((name) => all.has(name))
    }),
  ),
)
void sameLiteral
console.log(
  `statements ${fda.length}, recalled ${recalled.length} (${(recalled.length / fda.length).toFixed(3)})`,
)
console.log(`indications ${indications.size}, recalled ${wholly} (${(wholly / indications.size).toFixed(3)})`)
console.log(`with the same combination: ${combos.length}`)
console.log(
  `our rows of the same drugs ${mine.length}, found there ${mine.filter(({ id }) => hit.has(id)).length} (${(mine.filter(({ id }) => hit.has(id)).length / mine.length).toFixed(3)})`,
)
