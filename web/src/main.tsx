import '@mantine/core/styles.css'
import './styles/frame.css'
import './styles/table.css'
import './styles/access.css'
import './styles/advice.css'
import './styles/input.css'
import './styles/review.css'
import './styles/work.css'
import './styles/workbench.css'
import './styles/diagnosis.css'
import './styles/trials.css'
import './styles/tumor.css'
import './styles/phone.css'
import './styles/print.css'
import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { BrowserRouter } from 'react-router'
import { App } from './app.tsx'
import { resolver, theme } from './theme.ts'

const client = new QueryClient({
  defaultOptions: { queries: { retry: false, staleTime: 10_000, refetchOnWindowFocus: false } },
})

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={resolver} forceColorScheme="light">
      <QueryClientProvider client={client}>
        <BrowserRouter>
          <App />
        </BrowserRouter>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
