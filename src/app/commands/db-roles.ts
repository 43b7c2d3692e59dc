import { makeRuntimeRole, runtimeRoleSql } from '../../store/database/runtime-role.ts'
import { openServer } from '../../store/database/server-database.ts'
import { Fault } from '../../terms/fault.ts'
import type { Arguments, ExitCode, Io } from '../command.ts'
import { withStore } from '../command-line/with-store.ts'
import { readConfig } from '../config.ts'

const USUAL = 'garrod_app'

/** "garrod db roles". */
export async function roles(input: Arguments, io: Io): Promise<ExitCode> {
  const { databaseUrl, clearNetwork } = readConfig()
  if (databaseUrl === undefined) {
    throw new Fault(
      'DATABASE_EMBEDDED',
      'garrod db roles',
      'the embedded database listens to this user of this machine alone, and has no other roles',
      'Set DATABASE_URL to a server, as its owner.',
    )
  }
  const role = input.text('runtime') ?? USUAL
  // So that every table is there.
  await withStore(async () => undefined)
  const database = await openServer(databaseUrl, clearNetwork)
  try {
    const apply = input.flag('apply')
    const statements = apply ? await makeRuntimeRole(database, role) : await runtimeRoleSql(database, role)
    await io.out(statements.map((one) => `${one};\n`).join(''))
    io.err(
      `${apply ? 'done' : 'nothing was changed: run these as the owner, or add --apply'}; give ${role} a password (\\password ${role} in psql) or a certificate, and let DATABASE_URL of the servers name it\n`,
    )
    return 0
  } finally {
    await database.close()
  }
}
