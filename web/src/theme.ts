import { type CSSVariablesResolver, createTheme } from '@mantine/core'

export const theme = createTheme({
  fontFamily: '"Segoe UI", -apple-system, Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Liberation Mono", Consolas, monospace',
  primaryColor: 'garrod',
  primaryShade: 7,
  defaultRadius: 'sm',
  black: '#1c2430',
  colors: {
    garrod: [
      '#eaf1f9',
      '#d0dfef',
      '#a9c4e2',
      '#7fa6d3',
      '#5b8bc5',
      '#3f74b4',
      '#2b60a0',
      '#1b4f8a',
      '#163b65',
      '#0f2a4a',
    ],
  },
  headings: { fontWeight: '650' },
})

/** Mantine's soft grey and placeholders are below 4.5:1 on white; these are not. */
export const resolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#51596a',
    '--mantine-color-placeholder': '#6b7280',
    '--mantine-color-error': '#a30d1b',
  },
  dark: {},
})
