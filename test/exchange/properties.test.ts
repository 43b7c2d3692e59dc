import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import * as fc from 'fast-check'
import { receive } from '../../src/app/exchange/exchange.ts'
import { validateResource } from '../../src/fhir/validate/validate.ts'
import { readContent } from '../../src/intake/hl7v2/content/read-content.ts'
import { GENOMIC_CODES } from '../../src/intake/hl7v2/genomics/genomic-code.ts'
import { Hl7Fault } from '../../src/intake/hl7v2/hl7-fault.ts'
import { messageContext } from '../../src/intake/hl7v2/message-context.ts'
import { readHeader } from '../../src/intake/hl7v2/segment/header.ts'
import { readMessage } from '../../src/intake/hl7v2/syntax/message.ts'
import { CodeMap } from '../../src/intake/hl7v2/value/code-map.ts'
import { Facts } from '../../src/knowledge/facts.ts'
import { fhirDefinitions } from '../../src/knowledge/fhir/definitions.ts'
import { geneIds } from '../../src/knowledge/gene-id.ts'
import { patientId } from '../../src/terms/ids.ts'
import { msh, PID, TENANT, type TestExchange, testExchange } from './exchange-home.ts'

const facts = Facts.find([join(import.meta.dirname, '..', '..', 'facts')])
const definitions = fhirDefinitions(facts)
const genes = geneIds(facts)

const word = fc.oneof(
  fc.constantFrom(
    '',
    '""',
    '*1/*2',
    'c.681G>A',
    '1',
    '-5',
    '<',
    '19581301',
    '20261120',
    'Benign',
    'CYP2C19',
    'HGNC:2621',
    'LA6705-3',
    'LA10317-8',
    'a\\T\\b',
    '\\X41\\',
    'NC_000010.11',
    'chr7',
    '%',
    'é',
    ' ',
    '0.5',
  ),
  fc.string({ maxLength: 10 }).map((text) => text.replace(/[|^~&]|\p{Cc}/gu, ' ')),
)
const system = fc.constantFrom('LN', 'HGNC', 'L', '99X', 'SCT', 'UCUM', '', 'http://x.example')
const coded = fc.tuple(word, word, system).map((parts) => parts.join('^'))
const genomic = fc.constantFrom(...Object.keys(GENOMIC_CODES))
const question = fc.oneof(
  genomic.map((code) => `${code}^x^LN`),
  coded.filter((text) => !text.startsWith('^^')),
)
const value = fc.oneof(
  fc.array(word, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('^')),
  fc.array(word, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('~')),
  coded,
)
const obx = fc
  .record({
    type: fc.constantFrom(
      'NM',
      'ST',
      'TX',
      'FT',
      'CWE',
      'CE',
      'SN',
      'ED',
      'RP',
      'DT',
      'TS',
      'DTM',
      'NR',
      'XX',
      '',
    ),
    question,
    sub: fc.constantFrom('', '1', '1a', '1a.a', '2b', '2b.a.c', '.'),
    value,
    unit: fc.constantFrom('', 'kg^kg^UCUM', 'mg/dl'),
    flag: fc.constantFrom('', 'H', 'N', 'odd'),
    status: fc.constantFrom('F', 'P', 'C', 'X', 'W', 'D', 'N', 'O', 'I', 'U', '', 'F', 'F'),
    at: fc.constantFrom('', '20261120', '202611201030', '20261120103000+0100', 'yesterday'),
  })
  .map(
    (one) =>
      `OBX|1|${one.type}|${one.question}|${one.sub}|${one.value}|${one.unit}||${one.flag}|||${one.status}|||${one.at}`,
  )
const others = fc.constantFrom(
  'NTE|1||a note',
  'NTE|1||',
  'SPM|1|S1&A^S2&B|x|119297000^Blood^SCT',
  'ZXX|1|anything',
  'ORC|RE|P1|F1',
)
const obr = fc
  .record({
    filler: fc.constantFrom('F1^LAB', 'F2', ''),
    placer: fc.constantFrom('P1^EHR', ''),
    code: coded,
    status: fc.constantFrom('F', 'P', 'C', 'X', 'A', ''),
  })
  .map(
    (one) =>
      `OBR|1|${one.placer}|${one.filler}|${one.code}|||20261120|||||||||||||||20261122100000+0100|||${one.status}`,
  )
const body = fc
  .tuple(
    obr,
    fc.array(
      fc.oneof(
        { weight: 6, arbitrary: obx },
        { weight: 1, arbitrary: others },
        { weight: 1, arbitrary: obr },
      ),
      { maxLength: 12 },
    ),
  )
  .map(([first, rest]) => [first, ...rest])

test('whatever a result says, it becomes valid FHIR, twice the same, or is refused with a fault', () => {
  let made = 0
  fc.assert(
    fc.property(body, (segments) => {
      const text = [msh('ORU^R01^ORU_R01', { id: 'X' }), PID, ...segments].join('\r')
      let twice: string | undefined
      for (let again = 0; again < 2; again++) {
        let resources: ReturnType<ReturnType<typeof readContent>['resources']>
        try {
          const message = readMessage(Buffer.from(text))
          const context = messageContext(message, readHeader(message), {
            codes: new CodeMap([]),
            offset: undefined,
            genes,
          })
          resources = readContent(context).resources(patientId('p1'))
        } catch (error) {
          assert.ok(error instanceof Hl7Fault, `${(error as Error).stack}`)
          return
        }
        const names = resources.map(({ resourceType, id }) => `${resourceType}/${id}`)
        assert.equal(
          new Set(names.filter((name) => !name.startsWith('Specimen'))).size,
          names.filter((name) => !name.startsWith('Specimen')).length,
          'no id twice',
        )
        for (const one of resources) {
          made += 1
          const errors = validateResource(definitions, one, {
            resolve: (reference) => resources[names.indexOf(reference)] as never,
          }).filter(({ severity }) => severity === 'error')
          assert.deepEqual(
            errors.map(({ expression, words }) => `${expression}: ${words}`),
            [],
            JSON.stringify(one),
          )
        }
        if (twice !== undefined) assert.equal(JSON.stringify(resources), twice)
        twice = JSON.stringify(resources)
      }
    }),
    { numRuns: 300 },
  )
  assert.ok(made > 500, `${made} resources were made`)
})

let home: TestExchange
before(async () => {
  home = await testExchange()
  await home.add('p1')
})
after(() => home.close())

const piece = fc.constantFrom(
  'MSH',
  'PID',
  '|',
  '^',
  '~',
  '&',
  '\\',
  '\r',
  '\n',
  '\x0b',
  '\x1c',
  'ORU^R01',
  '2.5.1',
  'OBX|1|ED|',
  '""',
  'é',
  '\u0000',
  'Base64',
)
const bytes = fc.oneof(
  fc.array(piece, { maxLength: 60 }).map((parts) => Buffer.from(parts.join(''))),
  fc.uint8Array({ maxLength: 300 }).map((one) => Buffer.from(one)),
  fc.tuple(body, fc.nat(), fc.nat()).map(([segments, at, length]) => {
    const whole = Buffer.from([msh('ORU^R01^ORU_R01'), PID, ...segments].join('\r'))
    const from = at % whole.length
    return Buffer.concat([whole.subarray(0, from), whole.subarray(from + (length % 20))])
  }),
)

test('whatever comes in is answered, kept byte for byte, and never an internal error', async () => {
  await fc.assert(
    fc.asyncProperty(bytes, async (content) => {
      const answer = await receive(home.services, content, { by: 'test' })
      assert.match(answer, /^(MSH|BHS)\|.*\rMSA\|A[AER]/s)
      assert.doesNotMatch(answer, /EXCHANGE_FAILED/, home.log.at(-1))
      const kept = await home.store.messages.list(TENANT, { limit: 500 })
      const found: Buffer[] = []
      for (const { id } of kept) found.push((await home.store.messages.read(TENANT, id)).raw)
      const whole = Buffer.concat(found)
      // A batch is kept message by message; what stands around the messages says nothing.
      if (!/^(FHS|BHS)/.test(content.toString('latin1'))) {
        assert.ok(found.some((raw) => raw.equals(content)) || whole.length >= content.length, 'kept')
      }
    }),
    { numRuns: 60 },
  )
})
