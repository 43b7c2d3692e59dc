import { createContext, type ReactNode } from 'react'

/** What is offered below a refusal on this page; nothing where nothing can be done. */
export const OnRefusal = createContext<ReactNode>(undefined)
