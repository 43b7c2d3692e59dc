import { Tabs, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useNavigate, useParams } from 'react-router'
import { CodesPart } from './codes-part.tsx'
import { MessageView } from './message-view.tsx'
import { MessagesPart } from './messages-part.tsx'
import { SendersPart } from './senders-part.tsx'

const PARTS = [
  ['messages', 'Messages', MessagesPart],
  ['codes', 'Unexplained codes', CodesPart],
  ['senders', 'Senders and code maps', SendersPart],
] as const

/** HL7 v2 messages of laboratories and EHRs, for whoever looks after the connection. */
export function ExchangePage() {
  const { part = 'messages', id } = useParams()
  const navigate = useNavigate()
  useDocumentTitle('Exchange · Garrod')
  if (part === 'messages' && id !== undefined) return <MessageView id={id} />
  const shown = PARTS.some(([name]) => name === part) ? part : 'messages'
  return (
    <>
      <Title order={1} mb="xs">
        Exchange
      </Title>
      <Tabs value={shown} onChange={(next) => navigate(`/exchange/${next ?? ''}`)} keepMounted={false}>
        <Tabs.List className="tabs" aria-label="Parts of the exchange">
          {PARTS.map(([name, title]) => (
            <Tabs.Tab key={name} value={name}>
              {title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {PARTS.map(([name, , Part]) => (
          <Tabs.Panel key={name} value={name} pt="md">
            <Part />
          </Tabs.Panel>
        ))}
      </Tabs>
    </>
  )
}
