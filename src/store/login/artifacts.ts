import type { Database } from '../database/query.ts'
import { digestOf } from './digest.ts'
import type { Artifact, Artifacts } from './login-store.ts'

interface ArtifactRow {
  payload: Record<string, unknown>
  consumed: boolean
}

const digestOrNull = (text: string | undefined) => (text === undefined ? null : digestOf(text))
const artifactOf = (row: ArtifactRow | undefined): Artifact | undefined => row

export function artifactsIn(database: Database): Artifacts {
  return {
    async put(tenant, kind, id, payload, links, expiresAt) {
      await database.run(
        `insert into login_artifact
           (tenant_id, kind, id_digest, grant_digest, uid_digest, user_id, client_id, payload, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (tenant_id, kind, id_digest) do update set grant_digest = excluded.grant_digest,
           uid_digest = excluded.uid_digest, user_id = excluded.user_id, client_id = excluded.client_id,
           payload = excluded.payload, expires_at = excluded.expires_at`,
        // biome-ignore format: one value a column
        [tenant, kind, digestOf(id), digestOrNull(links.grant), digestOrNull(links.uid), links.user, links.client,
          JSON.stringify(payload), expiresAt],
      )
    },
    async find(tenant, kind, id) {
      return artifactOf(
        await database.first<ArtifactRow>(
          `select payload, consumed_at is not null as consumed from login_artifact
           where tenant_id = $1 and kind = $2 and id_digest = $3`,
          [tenant, kind, digestOf(id)],
        ),
      )
    },
    async findByUid(tenant, kind, uid) {
      return artifactOf(
        await database.first<ArtifactRow>(
          `select payload, consumed_at is not null as consumed from login_artifact
           where tenant_id = $1 and kind = $2 and uid_digest = $3`,
          [tenant, kind, digestOf(uid)],
        ),
      )
    },
    async consume(tenant, kind, id, at) {
      const touched = await database.run(
        `update login_artifact set consumed_at = $4
         where tenant_id = $1 and kind = $2 and id_digest = $3 and consumed_at is null`,
        [tenant, kind, digestOf(id), at],
      )
      return touched === 1
    },
    async destroy(tenant, kind, id) {
      await database.run('delete from login_artifact where tenant_id = $1 and kind = $2 and id_digest = $3', [
        tenant,
        kind,
        digestOf(id),
      ])
    },
    async destroyGrant(tenant, kind, grant) {
      await database.run(
        'delete from login_artifact where tenant_id = $1 and kind = $2 and grant_digest = $3',
        [tenant, kind, digestOf(grant)],
      )
    },
  }
}
