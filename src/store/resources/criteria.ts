import type { Criterion, Restriction } from '../../record/resource-query.ts'
import type { TenantId } from '../../terms/ids.ts'
import { literally } from '../people/name-key.ts'
import type { Vault } from '../vault/vault.ts'
import { dateSql, instantSql, numberSql } from './comparison.ts'
import { codeDigest, isIdentifyingToken, startDigest, wholeDigest } from './identity-digest.ts'
import { codeOfToken } from './index-rows.ts'
import { afterAllOf, exactText, foldedText, indexedCode } from './indexed-text.ts'
import { restrictionSql } from './restriction.ts'
import type { Bind } from './statement.ts'

type Of<K extends Criterion['kind']> = Extract<Criterion, { kind: K }>

/**
 * Turns criteria into SQL conditions on a row of resource. Each looks rows up in resource_index under the same person
 * and resource; only a chain and `_has` lead to other resources, perhaps of other people, and those carry the
 * restriction again.
 */
export class CriteriaSql {
  readonly #tenant: TenantId
  readonly #vault: Vault
  readonly #within: Restriction
  readonly #bind: Bind
  #aliases = 0

  constructor(tenant: TenantId, vault: Vault, within: Restriction, bind: Bind) {
    this.#tenant = tenant
    this.#vault = vault
    this.#within = within
    this.#bind = bind
  }

  /** All criteria, on resources of this type in the row `alias`, as " and …". */
  all(criteria: readonly Criterion[], type: string, alias: string): string {
    return criteria.map((criterion) => ` and ${this.#one(criterion, type, alias)}`).join('')
  }

  /**
   * A criterion that at most one row of resource_index meets for each resource, as a condition on that row; undefined
   * for others. A join with it needs no duplicates taken out, so that a page is read off the index in its order.
   */
  unique(criterion: Criterion, type: string, i: string): string | undefined {
    const condition = this.#uniqueOf(criterion, type, i)
    if (condition === undefined) return undefined
    const { param } = criterion as Of<'token' | 'reference'>
    return `${i}.tenant_id = ${this.#bind(this.#tenant)} and ${i}.type = ${this.#bind(type)}
      and ${i}.param = ${this.#bind(param)} and ${condition}`
  }

  #uniqueOf(criterion: Criterion, type: string, i: string): string | undefined {
    if (criterion.kind === 'token') {
      const [value, ...others] = criterion.values
      if (value?.code === undefined || value.system === undefined) return undefined
      if (criterion.not || others.length > 0) return undefined
      const code = this.#code(criterion, type, value.code, i)
      return `${code} and ${i}.qualifier = ${this.#bind(indexedCode(value.system))}`
    }
    if (criterion.kind === 'reference') {
      const [value, ...others] = criterion.values
      if (value?.type === undefined || others.length > 0) return undefined
      return `${i}.value = ${this.#bind(indexedCode(value.id))} and ${i}.qualifier = ${this.#bind(value.type)}`
    }
    return undefined
  }

  /**
   * The resources that have a row of one code in a composite parameter, each once, for a search that goes by person and id:
   * the index holds them in that order, so that a page is read from its beginning. Undefined for other criteria.
   */
  ofOneCode(criterion: Criterion, type: string): string | undefined {
    if (criterion.kind !== 'composite') return undefined
    const [parts, ...others] = criterion.values
    if (parts === undefined || (parts[0] ?? '') === '' || others.length > 0) return undefined
    const i = this.#alias()
    return `select distinct ${i}.tenant_id, ${i}.patient_id, ${i}.type, ${i}.id from ${this.#rows(criterion, type, i)}`
  }

  /**
   * For `_has` on Patients by their own records: the people who can meet it, of whom the first are looked at until a page is
   * full. Undefined where the resource may lie in another record, or no criterion inside leads to few.
   */
  peopleHaving(criterion: Criterion): string | undefined {
    if (criterion.kind !== 'has' || criterion.own !== true) return undefined
    const leads = criterion.criteria.find(
      (one) => (one.kind === 'token' && !one.not) || one.kind === 'reference' || one.kind === 'uri',
    )
    if (leads === undefined) return undefined
    const i = this.#alias()
    return `select distinct ${i}.patient_id from ${this.#rows(leads, criterion.type, i)}`
  }

  /** Rows of the index that meet a criterion by themselves: "resource_index i where …". */
  #rows(criterion: Criterion, type: string, i: string): string {
    const { param } = criterion as Of<'token'>
    return `resource_index ${i} where ${i}.tenant_id = ${this.#bind(this.#tenant)} and ${i}.type = ${this.#bind(type)}
      and ${i}.param = ${this.#bind(param)} and ${this.#onRow(criterion, type, i)!}`
  }

  #one(criterion: Criterion, type: string, row: string): string {
    switch (criterion.kind) {
      case 'token': {
        const found = this.#indexed(row, criterion.param, (i) => this.#onRow(criterion, type, i)!)
        return criterion.not ? `not ${found}` : found
      }
      case 'reference':
      case 'uri':
      case 'date':
      case 'number':
      case 'quantity':
      case 'composite':
        return this.#indexed(row, criterion.param, (i) => this.#onRow(criterion, type, i)!)
      case 'string':
        return this.#string(criterion, type, row)
      case 'missing':
        return this.#missing(criterion, row)
      case 'id':
        return `${row}.id = any(${this.#bind(criterion.values)}::text[])`
      case 'last-updated':
        return either(criterion.values, (asked) => instantSql(asked, `${row}.last_updated`, this.#bind))
      case 'chain':
        return this.#chain(criterion, row)
      case 'has':
        return this.#has(criterion, row)
      case 'any':
        return either(criterion.of, (branch) => `true${this.all(branch, type, row)}`)
    }
  }

  /** What a criterion asks of one row of its parameter; undefined for one that asks for more than a row. */
  #onRow(criterion: Criterion, type: string, i: string): string | undefined {
    switch (criterion.kind) {
      case 'token':
        return either(criterion.values, ({ system, code }) => {
          const terms = code === undefined ? ['true'] : [this.#code(criterion, type, code, i)]
          if (system !== undefined) terms.push(`${i}.qualifier = ${this.#bind(indexedCode(system))}`)
          return terms.join(' and ')
        })
      case 'reference':
        return either(criterion.values, ({ type: target, id }) =>
          target === undefined
            ? `${i}.value = ${this.#bind(indexedCode(id))}`
            : `${i}.value = ${this.#bind(indexedCode(id))} and ${i}.qualifier = ${this.#bind(target)}`,
        )
      case 'uri':
        return either(criterion.values, (uri) => this.#uri(uri, criterion.match, i))
      case 'date':
        return either(criterion.values, (asked) => dateSql(asked, i, this.#bind))
      case 'number':
      case 'quantity':
        return either(criterion.values, ({ system, code, ...asked }) =>
          [
            numberSql(asked, i, this.#bind),
            ...(system === undefined ? [] : [`${i}.qualifier = ${this.#bind(indexedCode(system))}`]),
            ...(code === undefined ? [] : [`${i}.unit = ${this.#bind(indexedCode(code))}`]),
          ].join(' and '),
        )
      case 'composite':
        return this.#composite(criterion, i)
      default:
        return undefined
    }
  }

  #code({ param, identity }: Of<'token'>, type: string, code: string, i: string): string {
    const digest = () => codeDigest(this.#vault, { tenant: this.#tenant, type, param }, code)
    const known = identity ?? (isIdentifyingToken(param) ? true : undefined)
    if (known === undefined) return `${i}.value = any(${this.#bind([indexedCode(code), digest()])}::text[])`
    return `${i}.value = ${this.#bind(known ? digest() : indexedCode(code))}`
  }

  /** Of plain text its beginning, any part or all; of names the digest of a beginning of a word, or of all. */
  #string({ param, match, values }: Of<'string'>, type: string, row: string): string {
    const place = { tenant: this.#tenant, type, param }
    const i = this.#alias()
    const source = `from resource_index ${i} where ${i}.tenant_id = ${this.#bind(this.#tenant)}
      and ${i}.type = ${this.#bind(type)} and ${i}.param = ${this.#bind(param)}`
    const plain = either(values, (text) => {
      if (match === 'exact')
        return `${i}.value = ${this.#bind(foldedText(text))} and ${i}.qualifier = ${this.#bind(exactText(text))}`
      const folded = foldedText(text)
      if (folded === '') return 'false'
      if (match === 'contains') return `${i}.value like ${this.#bind(`%${literally(folded)}%`)}`
      return `${i}.value >= ${this.#bind(folded)} and ${i}.value < ${this.#bind(afterAllOf(folded))}`
    })
    const digests =
      match === 'contains'
        ? []
        : values.flatMap((text) => {
            const digest =
              match === 'exact'
                ? wholeDigest(this.#vault, place, text)
                : startDigest(this.#vault, place, text)
            return digest === undefined ? [] : [digest]
          })
    const names =
      digests.length === 0
        ? ''
        : ` union all select ${i}.patient_id, ${i}.id ${source}
            and ${i}.digests is not null and ${i}.digests && ${this.#bind(digests)}::bigint[]`
    return `(${row}.patient_id, ${row}.id) in (select ${i}.patient_id, ${i}.id ${source} and ${plain}${names})`
  }

  #uri(uri: string, match: 'exact' | 'below', i: string): string {
    const exact = `${i}.value = ${this.#bind(indexedCode(uri))}`
    if (match === 'exact') return exact
    const folder = uri.endsWith('/') ? uri : `${uri}/`
    return `(${exact} or (${i}.value >= ${this.#bind(folder)} and ${i}.value < ${this.#bind(afterAllOf(folder))}))`
  }

  #composite({ values, intervals }: Of<'composite'>, i: string): string {
    return either(
      values.map((parts, n) => ({ parts, interval: intervals?.[n] })),
      ({ parts, interval }) => {
        const terms = [`${i}.qualifier = ''`]
        for (const [n, part] of parts.entries()) {
          if (part === '') continue
          const code = () => this.#bind(indexedCode(codeOfToken(part)))
          if (n === 0) terms.push(`${i}.value = ${code()}`)
          if (part.includes('|')) terms.push(`${i}.parts[${n + 1}] = ${this.#bind(indexedCode(part))}`)
          else if (n > 0) {
            terms.push(`substr(${i}.parts[${n + 1}], strpos(${i}.parts[${n + 1}], '|') + 1) = ${code()}`)
          }
        }
        if (interval !== undefined) {
          terms.push(
            `${i}.low is not null`,
            (interval.of === 'date' ? dateSql : numberSql)(interval, i, this.#bind),
          )
          if (interval.unit !== undefined) terms.push(`${i}.unit = ${this.#bind(indexedCode(interval.unit))}`)
        }
        return terms.join(' and ')
      },
    )
  }

  #missing({ param, missing }: Of<'missing'>, row: string): string {
    if (param === '_id' || param === '_lastUpdated') return missing ? 'false' : 'true'
    const found = this.#indexed(row, param, () => 'true')
    return missing ? `not ${found}` : found
  }

  /** The resource that this one refers to may be anybody's: it is found by its id alone, and restricted anew. */
  #chain({ param, type, criteria }: Of<'chain'>, row: string): string {
    const target = this.#alias()
    const wanted = this.#bind(type)
    return this.#indexed(
      row,
      param,
      (i) => `${i}.qualifier = ${wanted} and exists (select 1 from resource ${target}
        where ${target}.tenant_id = ${i}.tenant_id and ${target}.type = ${wanted} and ${target}.id = ${i}.value
          and not ${target}.deleted ${restrictionSql(this.#within, target, this.#bind)}
          ${this.all(criteria, type, target)})`,
    )
  }

  #has({ param, type, criteria, own }: Of<'has'>, row: string): string {
    const i = this.#alias()
    const source = this.#alias()
    return `exists (select 1 from resource_index ${i} join resource ${source}
        on ${source}.tenant_id = ${i}.tenant_id and ${source}.patient_id = ${i}.patient_id
          and ${source}.type = ${i}.type and ${source}.id = ${i}.id
      where ${i}.tenant_id = ${row}.tenant_id and ${i}.type = ${this.#bind(type)} and ${i}.param = ${this.#bind(param)}
        ${own === true ? `and ${i}.patient_id = ${row}.patient_id` : ''} and ${i}.value = ${row}.id and ${i}.qualifier = ${row}.type
        and not ${source}.deleted ${restrictionSql(this.#within, source, this.#bind)}
        ${this.all(criteria, type, source)})`
  }

  /** That the resource of `row` has an indexed value of this parameter that meets a condition. */
  #indexed(row: string, param: string, condition: (alias: string) => string): string {
    const i = this.#alias()
    return `exists (select 1 from resource_index ${i}
      where ${i}.tenant_id = ${row}.tenant_id and ${i}.patient_id = ${row}.patient_id and ${i}.type = ${row}.type
        and ${i}.id = ${row}.id and ${i}.param = ${this.#bind(param)} and ${condition(i)})`
  }

  #alias(): string {
    this.#aliases += 1
    return `i${this.#aliases}`
  }
}

/** One of the conditions; of none, nothing is found. */
function either<T>(values: readonly T[], condition: (value: T) => string): string {
  if (values.length === 0) return 'false'
  return `(${values.map((value) => `(${condition(value)})`).join(' or ')})`
}
