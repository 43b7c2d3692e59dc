import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as z from 'zod'
import type { Classification } from '../../interpret/finding/germline.ts'
import { acmgCombining } from '../../knowledge/acmg/combining.ts'
import { CHROMOSOMES } from '../../record/variant-calls.ts'
import type { StoredClassification } from '../../store/classifications/classification-store.ts'
import { unknownClassification } from '../../store/classifications/classifications.ts'
import { packRefText } from '../../terms/evidence.ts'
import { Fault } from '../../terms/fault.ts'
import { chromosomeOf } from '../../terms/genome.ts'
import { accessOf } from '../access/access-of.ts'
import { parsed } from '../http/fault-reply.ts'
import { act, type Services } from '../http/services.ts'
import { Assessment, classified, criteriaText, type KeptClassification } from './assessed-criteria.ts'
import {
  type ClassificationPage,
  type ClassificationView,
  keptOf,
  lineOf,
  type VersionLine,
} from './classification-view.ts'
import { reclassified } from './reclassified-job.ts'

/** Lines of one page of the list. */
const PAGE = 100
const word = z.string().trim().min(1).max(300)
const version = z.number().int().min(1)
const bases = z
  .string()
  .regex(/^[ACGTN]+$/i, 'bases are A, C, G, T or N')
  .max(10_000)

const Named = z.strictObject({
  gene: word.optional(),
  hgvsC: word.optional(),
  hgvsP: word.optional(),
  hgvsG: word.optional(),
})
const New = z.strictObject({
  variant: z.strictObject({
    assembly: z.enum(['GRCh37', 'GRCh38']),
    chromosome: word,
    /** 1-based, as VCF spells the variant: left-aligned, so that carriers are found. */
    position: z.number().int().min(1).max(400_000_000),
    ref: bases,
    alt: bases,
  }),
  condition: z
    .string()
    .regex(/^(MONDO|OMIM|ORPHA):\d+$/, 'a disease is named as MONDO:0007947')
    .optional(),
  names: Named.default({}),
  assessment: Assessment.default({ criteria: [], comment: '' }),
})
const Change = z.strictObject({ expected: version, assessment: Assessment })
const Signing = z.strictObject({ expected: version })
const Listed = z.strictObject({ after: word.optional() })
const Path = z.object({ classification: word })
const Asked = z.strictObject({ version: z.coerce.number().int().min(1).optional() })

/** What the laboratory holds of variants: drafts edited criterion by criterion, signed and amended. About no person. */
export function classificationRoutes(server: FastifyInstance, services: Services, wake: () => void): void {
  const { store, tenant, facts } = services
  const { classifications } = store
  const rules = () => acmgCombining(facts)
  const idOf = (request: FastifyRequest) => parsed(Path, request.params, 'path').classification
  const maySign = (request: FastifyRequest) =>
    accessOf(facts, services.site).authorize(
      request.caller,
      { action: 'create', kind: 'ClassificationSignature' },
      services.now().toISOString(),
    ).allow

  async function view(stored: StoredClassification, request: FastifyRequest): Promise<ClassificationView> {
    const heads = await classifications.history(tenant, stored.id)
    const versions = await Promise.all(
      heads.map(async ({ id, ...head }): Promise<VersionLine> => {
        const { comment, classification } = keptOf((await classifications.get(tenant, id, head.version))!)
        return { ...head, criteria: criteriaText(classification), comment }
      }),
    )
    request.audit.about(`Classification/${stored.id}`)
    return { ...lineOf(stored), ...keptOf(stored), versions, maySign: maySign(request) }
  }

  server.get('/api/classifications', async (request): Promise<ClassificationPage> => {
    const { after } = parsed(Listed, request.query, 'query')
    const page = await classifications.list(tenant, PAGE, after)
    return {
      classifications: page.map(lineOf),
      next: page.length < PAGE ? undefined : page.at(-1)!.id,
    }
  })

  server.post('/api/classifications', async (request, reply) => {
    const { variant, condition, names, assessment } = parsed(New, request.body, 'body')
    const chromosome = chromosomeOf(variant.chromosome)
    if (chromosome === undefined || !CHROMOSOMES.includes(chromosome))
      throw new Fault(
        'REQUEST_MALFORMED',
        'body.variant.chromosome',
        `"${variant.chromosome}" is no chromosome`,
        'Name it chr1 to chr22, chrX, chrY or chrM.',
      )
    const [ref, alt] = [variant.ref.toUpperCase(), variant.alt.toUpperCase()]
    if (ref === alt)
      throw new Fault(
        'REQUEST_MALFORMED',
        'body.variant.alt',
        'ALT is the same as REF: nothing is changed',
        'Name the bases that the variant has.',
      )
    const told = Object.entries(names).filter((one): one is [string, string] => one[1] !== undefined)
    const stored = await classifications.open(
      tenant,
      { variant: { ...variant, chromosome, ref, alt }, condition, names: Object.fromEntries(told) },
      saved(classified(assessment, rules())),
      act(services, request.caller.id),
    )
    return reply.code(201).send(await view(stored, request))
  })

  // What a draft would be classified as, before it is saved.
  server.post(
    '/api/classifications/preview',
    async (request): Promise<Classification> =>
      classified(parsed(Assessment, request.body, 'body'), rules()).classification,
  )

  server.get('/api/classifications/:classification', async (request): Promise<ClassificationView> => {
    const { version: wanted } = parsed(Asked, request.query, 'query')
    const stored = await classifications.get(tenant, idOf(request), wanted)
    if (stored === undefined) throw unknownClassification()
    return view(stored, request)
  })

  server.put('/api/classifications/:classification', async (request): Promise<ClassificationView> => {
    const { expected, assessment } = parsed(Change, request.body, 'body')
    const next = { state: 'draft' as const, ...saved(classified(assessment, rules())) }
    const by = act(services, request.caller.id)
    return view(await classifications.save(tenant, idOf(request), next, expected, by), request)
  })

  server.post('/api/classifications/:classification/sign', async (request): Promise<ClassificationView> => {
    const { expected } = parsed(Signing, request.body, 'body')
    const draft = await classifications.get(tenant, idOf(request))
    if (draft === undefined) throw unknownClassification()
    if (draft.state !== 'draft' && draft.version === expected)
      throw new Fault(
        'CLASSIFICATION_SIGNED',
        'classification',
        `version ${draft.version} is signed already`,
        'Change the draft first; an amendment is signed in its place.',
      )
    checkRules(keptOf(draft), packRefText(rules().pack))
    const by = act(services, request.caller.id)
    const next = { state: 'signed' as const, class: draft.class, json: draft.json }
    const signed = await classifications.save(tenant, draft.id, next, expected, by)
    await store.jobs.enqueue(tenant, [reclassified(signed)], by.at)
    wake()
    return view(signed, request)
  })
}

function saved(kept: KeptClassification): { class: string; json: string } {
  return { class: kept.classification.class, json: JSON.stringify(kept) }
}

/** What is signed is what the rules in force say: they may have changed since the draft was saved. */
function checkRules({ classification }: KeptClassification, inForce: string): void {
  const drafted = packRefText(classification.ruleSet)
  if (drafted === inForce) return
  throw new Fault(
    'CLASSIFICATION_RULES',
    'classification',
    `the draft was made under ${drafted}; ${inForce} is in force now`,
    'Save the draft again and look at its class; then sign it.',
  )
}
