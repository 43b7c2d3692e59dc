import { Button, Menu } from '@mantine/core'
import { useApps, useLaunch, useSession } from '../api/session.ts'
import { ErrorNote } from '../parts/fault-note.tsx'

/** SMART apps that open on this person's record; nothing where none is registered. */
export function OpenApp({ id }: { readonly id: string }) {
  const session = useSession()
  const apps = useApps(session.data?.kind === 'user')
  const launch = useLaunch(id)
  const list = apps.data?.apps ?? []
  if (list.length === 0) return null
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button variant="default" size="xs" loading={launch.isPending}>
            Open an app
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {list.map((app) => (
            <Menu.Item key={app.id} onClick={() => launch.mutate(app.id)}>
              {app.name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {launch.isError && <ErrorNote error={launch.error} />}
    </>
  )
}
