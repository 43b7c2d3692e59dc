import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { Fault } from '../../../terms/fault.ts'
import { Hl7Fault, placeWords } from '../hl7-fault.ts'
import { readHeader } from '../segment/header.ts'
import { splitBatch } from './batch.ts'
import { readMessage } from './message.ts'

const MSH = 'MSH|^~\\&|LAB|SITE|EHR|HOSP|20261122093000+0100||ORU^R01^ORU_R01|7|P|2.5.1'
const read = (text: string, encoding: BufferEncoding = 'utf8') => readMessage(Buffer.from(text, encoding))
const refused = (code: string, place?: string) => (error: unknown) => {
  assert.ok(error instanceof Hl7Fault, String(error))
  assert.equal(error.code, code)
  if (place !== undefined) assert.equal(error.place && placeWords(error.place), place)
  return true
}

test('fields, repetitions, components and subcomponents are numbered as the standard numbers them', () => {
  const { segments, msh, notes } = read(`${MSH}\rPID|1||A^^^R0A&1.2.3&ISO^MR~B^^^NH||FAM&van^GIV`)
  assert.equal(msh.text(1), '|')
  assert.equal(msh.sent(2), '^~\\&')
  assert.equal(msh.text(3), 'LAB')
  assert.equal(msh.text(9, 2), 'R01')
  const pid = segments[1]!
  assert.deepEqual(
    pid.repetitions(3).map((one) => [one.text(1), one.text(4, 1), one.text(4, 2), one.text(5)]),
    [
      ['A', 'R0A', '1.2.3', 'MR'],
      ['B', 'NH', undefined, undefined],
    ],
  )
  assert.equal(pid.text(5, 1, 2), 'van')
  assert.equal(pid.text(30), undefined)
  assert.deepEqual(notes, [])
})

test('other delimiters are read from MSH-1 and MSH-2', () => {
  const { segments } = read('MSH#*!@%#LAB##EHR##2026##ORU*R01#7#P#2.5.1\rPID###A***R%1~B!C#x@F@y')
  const pid = segments[1]!
  assert.equal(pid.repetitions(3).length, 2)
  assert.equal(pid.text(3, 4, 2), '1~B')
  assert.equal(pid.text(4), 'x#y')
})

for (const [sent, meant] of [
  ['a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f', 'a|b^c&d~e\\f'],
  ['one\\.br\\two\\.sp2\\four', 'one\ntwo\n\nfour'],
  ['\\H\\bold\\N\\', 'bold'],
  ['\\X0D0A\\', undefined],
  ['caf\\XC3A9\\', 'café'],
  ['C:\\path\\file', 'C:\\path\\file'],
  ['\\Zlocal\\', '\\Zlocal\\'],
  ['half\\', 'half\\'],
  ['\\\\F\\', '\\|'],
  ['""', undefined],
] as const) {
  test(`escapes: ${sent}`, () => {
    const { segments } = read(`${MSH}\rNTE|1||${sent}`)
    assert.equal(segments[1]!.text(3), meant)
  })
}

test('CR is the standard; CR LF and LF are read with a note; a lone LF in a text stays', () => {
  for (const [end, note] of [
    ['\r', undefined],
    ['\r\n', /CR LF/],
    ['\n', /LF/],
  ] as const) {
    const { segments, notes } = read(`${MSH}${end}PID|1${end}OBR|1${end}`)
    assert.deepEqual(
      segments.map(({ name }) => name),
      ['MSH', 'PID', 'OBR'],
    )
    if (note === undefined) assert.deepEqual(notes, [])
    else assert.match(notes.join(), note)
  }
  const mixed = read(`${MSH}\rNTE|1||two\nlines\rPID|1\nOBR|1\r`)
  assert.deepEqual(
    mixed.segments.map(({ name }) => name),
    ['MSH', 'NTE', 'PID', 'OBR'],
  )
  assert.equal(mixed.segments[1]!.text(3), 'two\nlines')
})

test('MSH-18 names the character set; what does not fit it is refused', () => {
  const latin = (name: string) => `${MSH}||||||${name}\rNTE|1||Zo\xeb`
  assert.equal(read(latin('8859/1'), 'latin1').segments[1]!.text(3), 'Zoë')
  assert.equal(read(latin('UNICODE UTF-8')).segments[1]!.text(3), 'Zoë')
  assert.equal(read(latin('')).segments[1]!.text(3), 'Zoë')
  assert.match(read(latin('')).notes.join(), /MSH-18 is empty/)
  assert.throws(() => read(latin(''), 'latin1'), refused('HL7_CHARSET_BYTES', 'MSH-18'))
  assert.throws(() => read(latin('ASCII'), 'latin1'), refused('HL7_CHARSET_BYTES', 'MSH-18'))
  assert.throws(() => read(latin('UNICODE UTF-8'), 'latin1'), refused('HL7_CHARSET_BYTES', 'MSH-18'))
  assert.throws(() => read(latin('ISO IR87')), refused('HL7_CHARSET', 'MSH-18'))
})

for (const [text, code, place] of [
  ['', 'HL7_NO_MSH', 'MSH'],
  ['<ORU_R01/>', 'HL7_NO_MSH', 'MSH'],
  ['MSH', 'HL7_DELIMITERS', 'MSH-1'],
  ['MSH|', 'HL7_DELIMITERS', 'MSH-2'],
  ['MSH|^^\\&|x', 'HL7_DELIMITERS', 'MSH-2'],
  ['MSH|^~A&|x', 'HL7_DELIMITERS', 'MSH-2'],
  [`${MSH}\rbroken text`, 'HL7_SEGMENT_MALFORMED', undefined],
  [`${MSH}\rPIDx|1`, 'HL7_SEGMENT_MALFORMED', undefined],
  [`${MSH}\r${MSH}`, 'HL7_TWO_MESSAGES', 'MSH[2]'],
] as const) {
  test(`refused: ${JSON.stringify(text.slice(-20))} ${code}`, () => {
    assert.throws(() => read(text), refused(code, place))
  })
}

test('the header must name type, control id and a version that is read', () => {
  const header = (text: string) => readHeader(read(text))
  assert.equal(header(MSH).sender, 'LAB|SITE')
  assert.equal(header(MSH).controlId, '7')
  assert.throws(() => header(MSH.replace('|7|', '||')), refused('HL7_REQUIRED', 'MSH-10'))
  assert.throws(() => header(MSH.replace('ORU^R01^ORU_R01', '')), refused('HL7_REQUIRED', 'MSH-9'))
  assert.throws(() => header(MSH.replace('|2.5.1', '|3.0')), refused('HL7_VERSION', 'MSH-12.1'))
})

test('a batch is taken apart, and its count is checked', () => {
  const batch = (count: string) =>
    Buffer.from(`FHS|^~\\&|LAB\rBHS|^~\\&|LAB\r${MSH}\rPID|1\r${MSH}\rPID|2\rBTS|${count}\rFTS|1\r`)
  const { isBatch, messages } = splitBatch(batch('2'))
  assert.ok(isBatch)
  assert.deepEqual(
    messages.map((one) =>
      readMessage(one)
        .segments.map(({ name }) => name)
        .join(),
    ),
    ['MSH,PID', 'MSH,PID'],
  )
  assert.equal(splitBatch(batch('')).messages.length, 2)
  assert.throws(() => splitBatch(batch('3')), refused('HL7_BATCH_COUNT', 'BTS-1'))
  assert.equal(splitBatch(Buffer.from(`${MSH}\r`)).isBatch, false)
})

test('any bytes are read or refused with a fault, and no text is lost', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'MSH|^~\\&|',
      'PID|',
      'OBX|1|ED|',
      '\r',
      '\n',
      '\r\n',
      '|',
      '^',
      '~',
      '&',
      '\\',
      '\\X',
      'é',
      '\x1c',
    ),
    fc.string({ maxLength: 12 }),
  )
  const bytes = fc.oneof(
    fc.array(piece, { maxLength: 40 }).map((parts) => Buffer.from(`${MSH}\r${parts.join('')}`)),
    fc.array(piece, { maxLength: 40 }).map((parts) => Buffer.from(parts.join(''))),
    fc.uint8Array({ maxLength: 200 }).map((one) => Buffer.concat([Buffer.from('MSH|^~\\&|'), one])),
  )
  fc.assert(
    fc.property(bytes, (content) => {
      try {
        for (const one of splitBatch(content).messages) {
          const message = readMessage(one)
          for (const segment of message.segments)
            for (let field = 1; field <= segment.length; field++)
              for (const repetition of segment.repetitions(field))
                for (let part = 1; part <= repetition.components; part++) repetition.text(part)
          const kept = message.segments.map(({ raw }) => raw).join('')
          const bare = (text: string) => text.replace(/[\r\n\s]/g, '')
          assert.equal(bare(kept), bare(message.charset.decode(one)).replace('\ufeff', ''))
        }
      } catch (error) {
        if (!(error instanceof Fault)) throw error
      }
    }),
    { numRuns: 500 },
  )
})
