import { purposesCovering } from '../../record/purpose.ts'
import type { ConsentQuestion } from '../../record/resource-query.ts'
import type { Bind } from './statement.ts'

const TYPE_TOKEN = 'http://hl7.org/fhir/resource-types|'

/**
 * The condition under which the row `alias` of a table of resources (tenant_id, patient_id, type, id, labels, codes)
 * may be seen, as the consents of its person say. It is part of the query, so results, totals, chains and pages are
 * what they would be if the hidden rows were not there. Equal, row for row, to the decision made in memory.
 * Rows about nobody in particular are not for consents to decide; "true" where consent does not govern.
 */
export function consentSql(question: ConsentQuestion | undefined, alias: string, bind: Bind): string {
  if (question === undefined) return 'true'
  const { reading = 'deny-overrides' } = question
  const verdicts = reading === 'newest-wins' ? byTurns(question, alias, bind) : byType(question, alias, bind)
  const silent = question.whenSilent === 'permit'
  return `(${alias}.patient_id = '' or coalesce((select bool_and(v.verdict) from (${verdicts}) v), ${silent}))`
}

/** Every consent in force, each provision doing what its type says. */
function byType(question: ConsentQuestion, alias: string, bind: Bind): string {
  const at = instant(question, bind)
  const actors = bind(askers(question))
  const purposes = bind(purposesCovering(question.purpose))
  const row = rowTokens(alias)
  const touches = `(not p.has_content or p.untestable or p.classes && ${row.classes}
    or p.labels_meant && ${row.labels} or p.codes && ${row.codes} or ${row.resource} = any (p.resources))`
  const holds = (list: string, tokens: string) => `(cardinality(${list}) = 0 or ${list} && ${tokens})`
  const covers = `(not p.has_content or (not p.untestable and ${holds('p.classes', row.classes)}
    and ${holds('p.labels_meant', row.labels)} and ${holds('p.codes', row.codes)}
    and (cardinality(p.resources) = 0 or ${row.resource} = any (p.resources))))`
  return `select case
      when bool_or(p.depth > 0 and p.type = 'deny' and ${touches}) then false
      when bool_or(p.depth > 0 and p.type = 'permit' and ${covers}) then true
      when bool_or(p.depth = 0 and p.type = 'deny' and ${touches}) then false
      when bool_or(p.depth = 0 and p.type = 'permit' and ${covers}) then true
      else c.policy = 'permit'
    end as verdict
    from consent_rule c left join consent_provision p on ${OF_ONE_CONSENT}
      and (p.actors is null or p.actors && ${actors} or (p.type = 'deny' and '*' = any (p.actors)))
      and (p.purposes is null or p.purposes && ${purposes})
      and (p.from_at is null or p.from_at <= ${at}) and (p.until_at is null or ${at} < p.until_at)
      and p.about_reading
    where ${OF_ONE_PERSON(alias)}
      and (c.from_at is null or c.from_at <= ${at}) and (c.until_at is null or ${at} < c.until_at)
      and (c.purposes is null or c.purposes && ${purposes})
      ${ofCategory(question, bind)}
    group by c.consent_id, c.policy`
}

/** The newest consent in force; an exception without contents turns its decision round. */
function byTurns(question: ConsentQuestion, alias: string, bind: Bind): string {
  const at = instant(question, bind)
  const actors = bind(askers(question))
  const purposes = bind([question.purpose])
  const row = rowTokens(alias)
  const asked = `(p.untestable or p.classes && ${row.classes} or p.labels && ${row.labels}
    or p.codes && ${row.codes} or ${row.resource} = any (p.resources))`
  return `select case
      when bool_or(p.depth > 1 and not p.has_content) then false
      when bool_or(p.has_content and ${asked}) then false
      else (c.base = 'permit') <> coalesce(bool_or(p.depth = 1 and not p.has_content), false)
    end as verdict
    from (
      select c.*, rank() over (order by c.stated_at desc nulls last) as age from consent_rule c
      where ${OF_ONE_PERSON(alias)}
        and (c.from_at is null or c.from_at <= ${at}) and (c.last_begins is null or ${at} <= c.last_begins)
        and (c.purposes is null or c.purposes && ${purposes})
        ${ofCategory(question, bind)}
    ) c left join consent_provision p on ${OF_ONE_CONSENT}
      and p.depth > 0
      and (p.actors is null or p.actors && ${actors})
      and (p.purposes is null or p.purposes && ${purposes})
      and (p.from_at is null or p.from_at <= ${at}) and (p.last_begins is null or ${at} <= p.last_begins)
      and (cardinality(p.classes) = 0 or p.classes && ${row.classes})
    where c.age = 1
    group by c.consent_id, c.base`
}

const OF_ONE_CONSENT =
  'p.tenant_id = c.tenant_id and p.patient_id = c.patient_id and p.consent_id = c.consent_id'

const OF_ONE_PERSON = (alias: string) =>
  `c.tenant_id = ${alias}.tenant_id and c.patient_id = ${alias}.patient_id`

function instant({ at }: ConsentQuestion, bind: Bind): string {
  const ms = Date.parse(at)
  if (Number.isNaN(ms)) throw new RangeError(`the question has no instant: "${at}"`)
  return `${bind(ms)}::bigint`
}

/** Nobody is called "*": that stands for everybody in a denial. */
function askers({ actors }: ConsentQuestion): readonly string[] {
  return actors.filter((one) => one !== '*')
}

function ofCategory({ categories }: ConsentQuestion, bind: Bind): string {
  return categories === undefined ? '' : `and c.categories && ${bind(categories)}::text[]`
}

function rowTokens(alias: string) {
  return {
    classes: `(array['${TYPE_TOKEN}' || ${alias}.type] || ${alias}.codes)`,
    labels: `${alias}.labels`,
    codes: `${alias}.codes`,
    resource: `${alias}.type || '/' || ${alias}.id`,
  }
}
