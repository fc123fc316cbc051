import { useEffect, useState } from 'react'
import type { Size } from './boxes'

/** The image's own size once it is loaded; null before, 'failed' when it cannot be. */
export function useImageSize(address: string | undefined): Size | 'failed' | null {
  const [state, setState] = useState<{ address?: string; size: Size | 'failed' | null }>({ size: null })
  useEffect(() => {
    if (!address) return
    const image = new Image()
    let wanted = true
    image.referrerPolicy = 'no-referrer'
    image.onload = () => wanted && setState({ address, size: image.naturalWidth > 0 ? { width: image.naturalWidth, height: image.naturalHeight } : 'failed' })
    image.onerror = () => wanted && setState({ address, size: 'failed' })
    image.src = address
    return () => {
      wanted = false
    }
  }, [address])
  if (!address) return 'failed'
  return state.address === address ? state.size : null
}
