import { type DragEvent, useState } from 'react'

/** What makes an element take a file that is dropped on it, and show that it would. */
export function useDrop(take: (file: File | null) => void) {
  const [over, setOver] = useState(false)
  return {
    className: over ? 'drop over' : 'drop',
    onDragOver: (event: DragEvent) => {
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      setOver(false)
      take(event.dataTransfer.files.item(0))
    },
  }
}
