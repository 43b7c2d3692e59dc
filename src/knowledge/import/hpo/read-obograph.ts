import * as z from 'zod'
import { Fault } from '../../../terms/fault.ts'
import { notJson } from '../../../terms/not-json.ts'
import { issueWords } from '../../../terms/schema-issue.ts'
import type { ReleasedOntology, ReleasedSynonym, ReleasedTerm } from './ontology-tables.ts'
import { noTerms, noVersion } from './read-obo.ts'

const values = z.array(z.looseObject({ pred: z.string(), val: z.string() }))
const Obograph = z.looseObject({
  graphs: z
    .array(
      z.looseObject({
        meta: z.looseObject({ version: z.string().optional() }).optional(),
        nodes: z.array(
          z.looseObject({
            id: z.string(),
            lbl: z.string().optional(),
            meta: z
              .looseObject({
                deprecated: z.boolean().optional(),
                synonyms: z
                  .array(
                    z.looseObject({ pred: z.string(), val: z.string(), synonymType: z.string().optional() }),
                  )
                  .optional(),
                basicPropertyValues: values.optional(),
              })
              .optional(),
          }),
        ),
        edges: z.array(z.looseObject({ sub: z.string(), pred: z.string(), obj: z.string() })),
      }),
    )
    .min(1),
})

const SCOPES: Readonly<Record<string, ReleasedSynonym['scope']>> = {
  hasExactSynonym: 'exact',
  hasBroadSynonym: 'broad',
  hasNarrowSynonym: 'narrow',
  hasRelatedSynonym: 'related',
}
const REPLACED_BY = 'IAO_0100001'
const ALTERNATIVE = 'hasAlternativeId'

/** Reads hp.json (OBO Graphs). Throws HPO_JSON_MALFORMED, HPO_VERSION_MISSING, HPO_EMPTY. */
export function readObograph(text: string, where: string): ReleasedOntology {
  const graph = parsed(text, where).graphs[0]!
  const version = /\d{4}-\d{2}-\d{2}/.exec(graph.meta?.version ?? '')?.[0]
  if (version === undefined) throw noVersion(where, 'the graph names no release')
  const parents = new Map<string, string[]>()
  for (const { sub, pred, obj } of graph.edges) {
    const [child, parent] = [idOf(sub), idOf(obj)]
    if (pred !== 'is_a' || child === undefined || parent === undefined) continue
    const own = parents.get(child) ?? []
    parents.set(child, own)
    own.push(parent)
  }
  const terms: ReleasedTerm[] = []
  const synonyms: ReleasedSynonym[] = []
  const altIds: { alt: string; id: string }[] = []
  for (const node of graph.nodes) {
    const id = idOf(node.id)
    if (id === undefined || node.lbl === undefined) continue
    const said = node.meta?.basicPropertyValues ?? []
    const replacement = said.find((one) => one.pred.endsWith(REPLACED_BY))?.val
    terms.push({
      id,
      name: node.lbl,
      parents: (parents.get(id) ?? []).sort(),
      obsolete: node.meta?.deprecated === true,
      replacedBy: replacement === undefined ? undefined : idOf(replacement),
    })
    for (const one of said) if (one.pred.endsWith(ALTERNATIVE)) altIds.push({ alt: one.val, id })
    for (const one of node.meta?.synonyms ?? []) {
      const lay = one.synonymType?.endsWith('layperson') === true
      synonyms.push({ id, text: one.val, scope: lay ? 'layperson' : (SCOPES[one.pred] ?? 'related') })
    }
  }
  if (terms.length === 0) throw noTerms(where)
  return { version, terms, synonyms, altIds }
}

function parsed(text: string, where: string): z.infer<typeof Obograph> {
  const refused = (what: string) =>
    new Fault('HPO_JSON_MALFORMED', where, what, 'Give hp.json as the HPO project publishes it.')
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch (error) {
    throw refused(`${notJson(error, text)}`)
  }
  const result = Obograph.safeParse(raw)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw refused(`${issue?.path.join('.') || 'the file'}: ${issueWords(issue, 'not an OBO graph')}`)
}

/** "http://purl.obolibrary.org/obo/HP_0001250" and "HP:0001250" are one term; undefined for any other ontology's. */
function idOf(text: string): string | undefined {
  const digits = /(?:^|\/)HP[:_](\d{7})$/.exec(text)?.[1]
  return digits === undefined ? undefined : `HP:${digits}`
}
