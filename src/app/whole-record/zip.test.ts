import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { sizeOf, zipOf, zipText } from './zip.ts'

const AT = new Date('2026-11-22T09:30:20Z')

async function bytesOf(...members: Parameters<typeof zipOf>[0]): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of zipOf(members, AT)) parts.push(part)
  return Buffer.concat(parts)
}

const MEMBERS = [
  zipText('README.txt', 'read me\n'),
  zipText('files/Größe é.vcf', '##x\n'),
  zipText('empty', ''),
]

test('the archive is as long as was said, and has the sizes and checksums before the bytes', async () => {
  const zip = await bytesOf(...MEMBERS)
  assert.equal(zip.length, sizeOf(MEMBERS))
  assert.equal(zip.readUInt32LE(0), 0x04034b50)
  assert.deepEqual([zip.readUInt32LE(18), zip.readUInt32LE(14)], [8, MEMBERS[0]!.crc])
  // No data descriptor, no compression.
  assert.deepEqual([zip.readUInt16LE(6) & 8, zip.readUInt16LE(8)], [0, 0])
})

const python = spawnSync('python3', ['--version']).status === 0 ? false : 'no python3 to read it with'
test('a program that nobody here wrote reads it whole', { skip: python }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'garrod-zip-'))
  try {
    const file = join(folder, 'a.zip')
    writeFileSync(file, await bytesOf(...MEMBERS))
    const code = `import zipfile, json
z = zipfile.ZipFile(${JSON.stringify(file)})
print(json.dumps([z.testzip(), [[i.filename, i.file_size, list(i.date_time)] for i in z.infolist()], z.read('README.txt').decode()]))`
    const ran = spawnSync('python3', ['-c', code], { encoding: 'utf8' })
    const when = [2026, 11, 22, 9, 30, 20]
    assert.deepEqual(JSON.parse(ran.stdout), [
      null,
      [
        ['README.txt', 8, when],
        ['files/Größe é.vcf', 4, when],
        ['empty', 0, when],
      ],
      'read me\n',
    ])
    assert.equal(readFileSync(file).length, sizeOf(MEMBERS))
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a member that is not what it said ends the archive: it is never silently another', async () => {
  const member = { ...zipText('a', 'abc'), read: zipText('a', 'abd').read }
  await assert.rejects(bytesOf(member), /is not what it was/)
  await assert.rejects(bytesOf({ ...zipText('a', 'abc'), bytes: 5e9 }), /more than a ZIP archive holds/)
})
