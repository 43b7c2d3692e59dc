import { Group, Loader, Text } from '@mantine/core'

/** Said aloud by screen readers; the picture is for the eye. */
export function Waiting({ what }: { readonly what: string }) {
  return (
    <Group gap="sm" role="status" py="md">
      <Loader size="sm" aria-hidden="true" />
      <Text c="dimmed">Reading {what} …</Text>
    </Group>
  )
}
