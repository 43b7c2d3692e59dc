import { Button, Title } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import { useLocation } from 'react-router'

/** What a page leaves behind when it cannot go on; the frame around it stays, and another page begins anew. */
export function PageFault({ children }: { readonly children: ReactNode }) {
  const { pathname } = useLocation()
  return <Boundary at={pathname}>{children}</Boundary>
}

interface Props {
  readonly at: string
  readonly children: ReactNode
}

interface State {
  readonly at: string
  readonly error: unknown
}

class Boundary extends Component<Props, State> {
  override state: State = { at: this.props.at, error: undefined }

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error }
  }

  static getDerivedStateFromProps({ at }: Props, before: State): State | null {
    return at === before.at ? null : { at, error: undefined }
  }

  override render() {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return (
      <div role="alert">
        <Title order={1} mb="sm">
          This page cannot be shown
        </Title>
        <p>
          Either Garrod was updated while the page was open, or this is a defect of the page. Nothing was
          lost: what was saved is saved. Load the page again; if that does not help, tell whoever looks after
          Garrod.
        </p>
        <p className="mono soft">{String(error)}</p>
        <Button mt="sm" onClick={() => location.reload()}>
          Load the page again
        </Button>
      </div>
    )
  }
}
